"""Rows of 任职: who holds which role in which body, from when to when."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xieshang.accounts.models import Person
from xieshang.lib.actor import Actor
from xieshang.lib.text import joined

from ...models import BODY_LABELS, Office
from ...rules import Role, Sheet, day_from, is_open_end
from ...rules.terms import ENDS_BEFORE_START, OVERLAPS, OWN_OFFICE, terms_overlap
from ...rules.workbook import role_named, role_words
from ..offices import store_office
from .bodies import Bodies, BodyPlan, place_meant
from .people import People
from .report import SetUpReport
from .tables import Row


@dataclass(slots=True, eq=False)
class OfficePlan:
    """An office as it will be, from which row; `before` is the last day it had."""

    office: Office
    row: Row | None = None
    changed: bool = False
    before: datetime.date | None = None

    @property
    def is_new(self) -> bool:
        """Whether it is not stored yet."""
        return self.office.pk is None


class Offices:
    """The offices of the people in the file, and what the file says of them."""

    def __init__(self, actor: Actor, bodies: Bodies, people: People, report: SetUpReport) -> None:
        """Load the offices that these people hold in these bodies."""
        self.actor = actor
        self.bodies = bodies
        self.people = people
        self.report = report
        self.plans: list[OfficePlan] = []
        self._held: dict[tuple[str, BodyPlan, str], list[OfficePlan]] = defaultdict(list)
        stored = {plan.body.pk: plan for plan in bodies.plans if not plan.is_new}
        for office in Office.objects.filter(person__in=people.known_ids, body__in=stored).select_related("person"):
            key = str(office.person.phone), stored[office.body_id], office.role
            self._held[key].append(OfficePlan(office))

    def take(self, rows: Iterable[Row]) -> None:
        """Take all rows."""
        for row in rows:
            self._take(row)

    def _take(self, row: Row) -> None:
        body = self._body(row)
        role = self._role(row, body)
        term = self._term(row)
        person = self.people.meant(row, role)
        if body is None or role is None or term is None or person is None:
            return
        plan = self._plan(row, body, role, term, person)
        if plan is None:
            return
        self.plans.append(plan)
        changed = plan.changed or self.people.has_changed(person)
        self.report.count(Sheet.OFFICES, is_new=plan.is_new, is_changed=changed)

    # Cells ------------------------------------------------------------------------------------------------------

    def _body(self, row: Row) -> BodyPlan | None:
        text = row["组织"]
        found = self.bodies.named(text) if text else []
        if row["所在地点"] and found:
            node = place_meant(self.bodies.tree, self.report, row, row["所在地点"])
            if node is None:
                return None
            found = [plan for plan in found if plan.node is node]
        if len(found) != 1:
            several = _("有%(count)d个组织都叫“%(text)s”，请写全称，或者在“所在地点”一列写明是哪里的。")
            none = _("没有找到“%(text)s”这个组织，请写成和“组织”表里一样的名称。")
            sentence = several if found else none if text else _("没有写组织，请补上。")
            self.report.fault(row, "组织", sentence % {"text": text[:30], "count": len(found)})
            return None
        if not self.bodies.tree.is_within_reach(found[0].node):
            sentence = _("“%(text)s”不在您负责的范围里，请删去这一行，或者请区里导入。")
            self.report.fault(row, "组织", sentence % {"text": text[:30]})
            return None
        return found[0]

    def _role(self, row: Row, body: BodyPlan | None) -> Role | None:
        if body is None:
            return None
        role = role_named(body.kind, row["职务"])
        if role is None:
            words = {"body": BODY_LABELS[body.kind], "text": row["职务"][:20], "roles": joined(role_words(body.kind))}
            sentence = _("%(body)s没有“%(text)s”这个职务，可以写：%(roles)s。")
            self.report.fault(row, "职务", sentence % words)
        return role

    def _term(self, row: Row) -> tuple[datetime.date, datetime.date | None] | None:
        starts, ends = day_from(row["开始日期"]), day_from(row["结束日期"])
        sentence = _("请写完整的年月日，例如2026年3月1日或2026.3.1。")
        if starts is None:
            self.report.fault(row, "开始日期", sentence)
        if ends is None and not is_open_end(row["结束日期"]):
            self.report.fault(row, "结束日期", sentence + _("任期没有定就空着。"))
            return None
        if starts and ends and ends < starts:
            self.report.fault(row, "结束日期", _(ENDS_BEFORE_START.sentence))
            return None
        return (starts, ends) if starts else None

    # Terms ------------------------------------------------------------------------------------------------------

    def _plan(
        self,
        row: Row,
        body: BodyPlan,
        role: Role,
        term: tuple[datetime.date, datetime.date | None],
        person: Person,
    ) -> OfficePlan | None:
        """The office of a row, new or stored; None when it contradicts another (which is told)."""
        held = self._held[str(person.phone), body, role.value]
        plan = next((other for other in held if other.office.starts == term[0]), None)
        if plan is None:
            office = Office(person=person, body=body.body, role=role.value, starts=term[0])
            plan = OfficePlan(office, changed=True)
            held.append(plan)
        elif plan.row:
            self.report.fault(row, "职务", _("和第%(row)d行重复，请只留一行。") % {"row": plan.row.number})
            return None
        plan.row, plan.before = row, plan.office.ends
        # An empty cell says nothing of a stored term; 至今 opens it again.
        if plan.is_new or row["结束日期"]:
            plan.changed = plan.is_new or plan.office.ends != term[1]
            plan.office.ends = term[1]
        return plan if self._stands(row, plan, held, person) else None

    def _stands(self, row: Row, plan: OfficePlan, held: list[OfficePlan], person: Person) -> bool:
        mine = plan.office.starts, plan.office.ends
        others = [other.office for other in held if other is not plan]
        if any(terms_overlap(mine, (other.starts, other.ends)) for other in others):
            self.report.fault(row, "开始日期", _(OVERLAPS.sentence))
            return False
        if plan.changed and person.pk is not None and person.pk == self.actor.hands:
            self.report.fault(row, "姓名", _(OWN_OFFICE.sentence))
            return False
        return True

    def save(self) -> None:
        """Store new and changed offices, each recorded."""
        for plan in self.plans:
            if plan.changed:
                verb = "community.appoint" if plan.is_new else "community.change_office"
                store_office(self.actor, plan.office, verb, before=plan.before)
