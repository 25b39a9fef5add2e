"""Rows of 地点: every home with the places that contain it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ...models import Place
from ...rules import COMMUNITY_KINDS, LEVELS, PlaceKind, Sheet, area_from, short_place
from ...rules.homes import misplaced, steps_below
from ...rules.naming import community_kind, community_name, street_kind
from .report import SetUpReport
from .tables import Row
from .tree import Node, Tree

_LONGEST = 40
_LONGEST_SHORT = 12


class Places:
    """Finds, or makes in memory, the places that rows name; what is wrong with a place above the homes is told once."""

    def __init__(self, tree: Tree, report: SetUpReport) -> None:
        """Work on this tree and tell this report."""
        self.tree = tree
        self.report = report
        self._told: set[tuple[str, str]] = set()
        # The first row of each community, and the row that gives its short name.
        self._first_rows: dict[Node, Row] = {}
        self._short_rows: dict[Node, Row] = {}

    def take(self, rows: Iterable[Row]) -> None:
        """Place the homes of all rows, or tell what stands in the way."""
        for row in rows:
            self._take(row)
        self._require_different_shorts()

    @property
    def communities(self) -> list[Node]:
        """The communities that rows name."""
        return list(self._first_rows)

    def _take(self, row: Row) -> None:
        community = self._community(row)
        node = self._below(row, community) if community else None
        if community is None or node is None:
            return
        if node.row:
            what = _("和第%(row)d行是同一户，请只留一行。") if node.kind == PlaceKind.UNIT else _("和第%(row)d行重复。")
            self.report.fault(row, "房号", what % {"row": node.row})
            return
        node.row = row.number
        renamed = self._name_short(row, community)
        self._measure(row, node)
        self.report.count(Sheet.PLACES, is_new=node.is_new, is_changed=node.changed or renamed)

    def _tell_once(self, row: Row, column: str, sentence: str) -> None:
        if (column, sentence) not in self._told:
            self._told.add((column, sentence))
            self.report.fault(row, column, sentence)

    def _fits(self, row: Row, column: str, name: str) -> bool:
        if len(name) > _LONGEST:
            self.report.fault(row, column, _("名称太长，请不超过%(most)d个字。") % {"most": _LONGEST})
        return len(name) <= _LONGEST

    # From the district to the community -----------------------------------------------------------------------

    def _community(self, row: Row) -> Node | None:
        name = community_name(row["社区/村"])
        if not name:
            self.report.fault(row, "社区/村", _("没有写社区或村，请补上全称，例如“和顺社区”。"))
            return None
        street = self._street(row)
        if street is None or not self._fits(row, "社区/村", name):
            return None
        node = self.tree.placed(street, community_kind(name), name)
        if not self.tree.is_within_reach(node):
            sentence = _("“%(name)s”不在您负责的范围里，请删去这些行，或者请区里导入。")
            self._tell_once(row, "街道/乡镇", sentence % {"name": street.place.name})
            return None
        if node not in self._first_rows:
            self._first_rows[node] = row
            self.tree.load_below(node)
        return node

    def _street(self, row: Row) -> Node | None:
        district = self._district(row)
        if district is None:
            return None
        name = row["街道/乡镇"]
        if name:
            fits = self._fits(row, "街道/乡镇", name)
            return self.tree.placed(district, street_kind(name), name) if fits else None
        stored = [node for node in district.children.values() if not node.is_new]
        if len(stored) == 1:
            return stored[0]
        self._tell_once(row, "街道/乡镇", _("没有写街道或乡镇，请补上全称，例如“示例街道”。"))
        return None

    def _district(self, row: Row) -> Node | None:
        name = row["区县"]
        if name:
            return self.tree.placed(None, PlaceKind.DISTRICT, name) if self._fits(row, "区县", name) else None
        stored = [node for node in self.tree.roots.values() if not node.is_new]
        if len(stored) == 1:
            return stored[0]
        self._tell_once(row, "区县", _("没有写区县，请在第一列补上，例如“示例区”。"))
        return None

    # From the community to the home ---------------------------------------------------------------------------

    def _below(self, row: Row, community: Node) -> Node | None:
        node = community
        for column, kind, name in steps_below(row.cells, community.kind):
            obstacle = misplaced(kind, node.kind)
            if obstacle:
                self.report.fault(row, column, _(obstacle))
            if obstacle or not self._fits(row, column, name):
                return None
            node = self.tree.placed(node, kind, name)
        if node.level > LEVELS[PlaceKind.COMPOUND] and node.kind != PlaceKind.UNIT:
            self.report.fault(row, "房号", _("没有写房号，请补上，一户写一行。"))
            return None
        return node

    # What a row says of its places ----------------------------------------------------------------------------

    def _measure(self, row: Row, node: Node) -> None:
        text = row["建筑面积"]
        area = area_from(text)
        if text and area is None:
            sentence = _("“%(text)s”不是面积，请写大于0的平方米数，例如106.35；不知道就空着。")
            self.report.fault(row, "建筑面积", sentence % {"text": text[:20]})
        elif area and node.kind == PlaceKind.UNIT and node.place.area_centi != area:
            node.place.area_centi, node.changed = area, True

    def _name_short(self, row: Row, community: Node) -> bool:
        """Take the short name used in numbers, as written, else derived if there is none; tells whether it changed."""
        place, wanted = community.place, row["简称"]
        if len(wanted) > _LONGEST_SHORT:
            self.report.fault(row, "简称", _("简称太长，请不超过%(most)d个字。") % {"most": _LONGEST_SHORT})
            return False
        if wanted and community in self._short_rows and place.short_name != wanted:
            number = self._short_rows[community].number
            self.report.fault(row, "简称", _("和第%(row)d行写的简称不一样，请写成一样的。") % {"row": number})
            return False
        if wanted:
            self._short_rows.setdefault(community, row)
        short = wanted or place.short_name or short_place(place.name)
        changed = short != place.short_name
        place.short_name, community.changed = short, community.changed or changed
        return changed

    def _require_different_shorts(self) -> None:
        """Two communities with one short name would number their matters alike."""
        mine = [node.place.pk for node in self._first_rows]
        others = Place.objects.filter(kind__in=[kind.value for kind in COMMUNITY_KINDS]).exclude(pk__in=mine)
        taken = set(others.values_list("short_name", flat=True))
        for node, row in self._first_rows.items():
            if node.place.short_name in taken:
                sentence = _("简称“%(short)s”已经有别的社区在用，编号会混，请在“简称”一列另写一个。")
                self.report.fault(self._short_rows.get(node, row), "简称", sentence % {"short": node.place.short_name})
            taken.add(node.place.short_name)
