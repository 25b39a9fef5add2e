"""Rows of 组织: bodies, where they stand, and the Party organisation above."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xieshang.lib.text import joined

from ...models import BODY_LABELS, PLACE_LABELS, Body
from ...rules import BODY_PLACES, BodyKind, Sheet, short_body
from ...rules.workbook import BODY_WORDS, body_kind_named
from .report import SetUpReport
from .tables import Row
from .tree import Node, Tree

_LONGEST = {"全称": 60, "简称": 20, "电话": 30}


@dataclass(slots=True, eq=False)
class BodyPlan:
    """A body as it will be: stored or new, where, from which row."""

    body: Body
    node: Node
    row: Row | None = None
    changed: bool = False

    @property
    def is_new(self) -> bool:
        """Whether it is not stored yet."""
        return self.body.pk is None

    @property
    def kind(self) -> BodyKind:
        """What kind of body it is."""
        return BodyKind(self.body.kind)

    def change(self, field: str, wanted: object) -> None:
        """Set a field; remember when that is new."""
        if getattr(self.body, field) != wanted:
            setattr(self.body, field, wanted)
            self.changed = True


def place_meant(tree: Tree, report: SetUpReport, row: Row, text: str) -> Node | None:
    """The one place that a cell 所在地点 names, or None with the fault told."""
    found = tree.spelt(text)
    if len(found) == 1:
        return found[0]
    if not found:
        sentence = _("没有找到“%(text)s”这个地点，请写成和“地点”表里一样的名称。")
    else:
        sentence = _("有%(count)d处都叫“%(text)s”，请把上一级也写上，例如“和顺社区明湖家园”。")
    report.fault(row, "所在地点", sentence % {"text": text[:30], "count": len(found)})
    return None


class Bodies:
    """The bodies within reach and above it, and what the file says of them."""

    def __init__(self, tree: Tree, report: SetUpReport) -> None:
        """Load the stored bodies of all places of the tree."""
        self.tree = tree
        self.report = report
        nodes = {node.place.pk: node for node in tree.walk() if not node.is_new}
        stored = Body.objects.filter(place__in=nodes) if len(nodes) < 500 else Body.objects.all()
        self.plans = [
            BodyPlan(body, nodes[body.place_id])
            for body in stored.select_related("parent").order_by("pk")
            if body.place_id in nodes
        ]

    def take(self, rows: Iterable[Row]) -> None:
        """Take all rows: first the bodies, then which stands above which."""
        taken = [(row, plan) for row in rows if (plan := self._take(row))]
        for row, plan in taken:
            if row["上级党组织"]:
                self._hang(row, plan)
        for _row, plan in taken:
            self.report.count(Sheet.BODIES, is_new=plan.is_new, is_changed=plan.changed)

    def _take(self, row: Row) -> BodyPlan | None:
        kind = self._kind(row)
        node = self._node(row, kind) if self._is_filled(row) else None
        if kind is None or node is None:
            return None
        plan = next((p for p in self.plans if p.node is node and p.body.name == row["全称"]), None)
        if plan and plan.row:
            self.report.fault(row, "全称", _("和第%(row)d行是同一个组织，请只留一行。") % {"row": plan.row.number})
            return None
        if plan and plan.kind != kind:
            sentence = _("这个组织原来登记的类型是“%(kind)s”，类型不能改，请核对。")
            self.report.fault(row, "类型", sentence % {"kind": BODY_LABELS[plan.kind]})
            return None
        if plan is None:
            plan = BodyPlan(Body(kind=kind.value, name=row["全称"], place=node.place), node, changed=True)
            self.plans.append(plan)
        plan.row = row
        plan.change("short_name", row["简称"] or plan.body.short_name or short_body(plan.body.name))
        plan.change("phone", row["电话"] or plan.body.phone)
        return plan

    def _kind(self, row: Row) -> BodyKind | None:
        kind = body_kind_named(row["类型"])
        if kind is None:
            words = joined(words[0] for words in BODY_WORDS.values())
            sentence = _("不认得“%(text)s”，请写：%(words)s。") if row["类型"] else _("没有写类型，请写：%(words)s。")
            self.report.fault(row, "类型", sentence % {"text": row["类型"][:20], "words": words})
        return kind

    def _is_filled(self, row: Row) -> bool:
        empty = [column for column in ("全称", "所在地点") if not row[column]]
        long = [column for column, most in _LONGEST.items() if len(row[column]) > most]
        for column in empty:
            self.report.fault(row, column, _("这一格没有写，请补上。"))
        for column in long:
            self.report.fault(row, column, _("太长了，请不超过%(most)d个字。") % {"most": _LONGEST[column]})
        return not empty and not long

    def _node(self, row: Row, kind: BodyKind | None) -> Node | None:
        node = place_meant(self.tree, self.report, row, row["所在地点"])
        if node is None or kind is None:
            return None
        if not self.tree.is_within_reach(node):
            sentence = _("“%(name)s”不在您负责的范围里，请删去这一行，或者请区里导入。")
            self.report.fault(row, "所在地点", sentence % {"name": node.place.name})
            return None
        if node.kind not in BODY_PLACES[kind]:
            levels = joined(dict.fromkeys(str(label) for k, label in PLACE_LABELS.items() if k in BODY_PLACES[kind]))
            sentence = _("“%(kind)s”要设在%(levels)s，“%(name)s”不是，请核对地点或类型。")
            words = {"kind": BODY_LABELS[kind], "levels": levels, "name": node.place.name}
            self.report.fault(row, "所在地点", sentence % words)
            return None
        return node

    def _hang(self, row: Row, plan: BodyPlan) -> None:
        """Put a body under the Party organisation that its row names."""
        above = [p for p in self.named(row["上级党组织"]) if p.kind == BodyKind.PARTY_ORG]
        text = row["上级党组织"][:30]
        if len(above) != 1:
            sentence = (
                _("没有找到“%(text)s”这个党组织，请写全称。")
                if not above
                else _("有几个党组织都叫“%(text)s”，请写全称。")
            )
            self.report.fault(row, "上级党组织", sentence % {"text": text})
            return
        if plan.body in _line_of(above[0].body):
            self.report.fault(row, "上级党组织", _("上级不能是它自己或者它的下级，请核对。"))
            return
        plan.change("parent", above[0].body)

    def named(self, text: str) -> list[BodyPlan]:
        """Bodies with this full name, else with this short name."""
        full = [plan for plan in self.plans if plan.body.name == text]
        return full or [plan for plan in self.plans if plan.body.short_name == text]

    def save(self) -> list[Body]:
        """Store new and changed bodies, each after the one above it; gives them."""
        wanted = [plan.body for plan in self.plans if plan.is_new or plan.changed]
        for body in sorted(wanted, key=lambda body: len(_line_of(body))):
            body.save()
        return wanted


def _line_of(body: Body) -> list[Body]:
    """A body and those above it."""
    line = [body]
    while line[-1].parent is not None and line[-1].parent not in line:
        line.append(line[-1].parent)
    return line
