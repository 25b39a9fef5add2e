"""Rows of 居民: who the committee's register knows to live where."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xieshang.lib.clock import today

from ...models import Household, RegisteredResident
from ...rules import LEVELS, PlaceKind, Sheet, coming_of_age, day_from
from ...rules.homes import misplaced, steps_below
from ...rules.naming import community_name
from .people import Numbers
from .report import SetUpReport
from .tables import Row
from .tree import BATCH, Node, Tree


@dataclass(slots=True, eq=False)
class ResidentPlan:
    """A row of the register as it will be, in which home, from which row of the file."""

    resident: RegisteredResident
    node: Node
    row: Row | None = None
    changed: bool = False

    @property
    def is_new(self) -> bool:
        """Whether it is not stored yet."""
        return self.resident.pk is None

    def change(self, field: str, wanted: object) -> None:
        """Set a field; remember when that is new."""
        if getattr(self.resident, field) != wanted:
            setattr(self.resident, field, wanted)
            self.changed = True


class Residents:
    """The register of the communities in the file, and what the file says of it."""

    def __init__(self, tree: Tree, numbers: Numbers, report: SetUpReport) -> None:
        """Work on this tree and tell this report."""
        self.tree = tree
        self.numbers = numbers
        self.report = report
        self.today = today()
        self._communities: dict[tuple[str, str], list[Node]] = {}
        self._homes: dict[Node, list[ResidentPlan]] = defaultdict(list)
        self._by_phone: dict[str, ResidentPlan] = {}
        self._loaded: set[Node] = set()

    def take(self, rows: Iterable[Row]) -> None:
        """Take all rows."""
        for row in rows:
            self._take(row)

    def _take(self, row: Row) -> None:
        home = self._home(row)
        name, phone = self.numbers.name(row), self.numbers.phone(row)
        adult_on = self._adult_on(row)
        if home is None or not name or phone is None or adult_on is None:
            return
        plan = self._plan(row, home, name, phone)
        if plan is None:
            return
        plan.change("name", name)
        if phone:
            plan.change("phone", phone)
        if row["出生日期"]:
            plan.change("minor_until", adult_on if adult_on > self.today else None)
        self.report.count(Sheet.RESIDENTS, is_new=plan.is_new, is_changed=plan.changed)

    def _plan(self, row: Row, home: Node, name: str, phone: str) -> ResidentPlan | None:
        """Who is meant: by name in the home, else by number in it, so that a corrected name doubles nobody."""
        here = self._homes[home]
        plan = next((other for other in here if other.resident.name == name), None)
        elsewhere = self._by_phone.get(phone) if phone else None
        if plan is None and elsewhere and elsewhere.node is home and elsewhere.row is None:
            plan = elsewhere
        if plan and plan.row:
            self.report.fault(
                row, "姓名", _("这一户的这个人在第%(row)d行写过了，请只留一行。") % {"row": plan.row.number}
            )
            return None
        if elsewhere and elsewhere.resident.name != name and elsewhere is not plan:
            self.report.fault(row, "手机号", _("登记册里这个号码在另一个人名下，请核对；没有自己的手机就空着。"))
            return None
        if plan is None:
            plan = ResidentPlan(RegisteredResident(name=name), home, changed=True)
            here.append(plan)
        plan.row = row
        return plan

    # Cells ------------------------------------------------------------------------------------------------------

    def _adult_on(self, row: Row) -> datetime.date | None:
        """The eighteenth birthday, the first of all days when no birthday is written, None when it cannot be (told)."""
        if not row["出生日期"]:
            return datetime.date.min
        born = day_from(row["出生日期"])
        if born is None or born > self.today:
            self.report.fault(row, "出生日期", _("请写完整的年月日，例如2012年5月6日；不知道就空着。"))
            return None
        return coming_of_age(born)

    def _home(self, row: Row) -> Node | None:
        community = self._community(row)
        if community is None:
            return None
        self._load(community)
        node: Node | None = community
        for column, kind, name in steps_below(row.cells, community.kind):
            if node and misplaced(kind, node.kind):
                self.report.fault(row, column, _(misplaced(kind, node.kind)))
                return None
            node = self.tree.found(node, kind, name) if node else None
        if node is None or node.kind != PlaceKind.UNIT:
            sentence = _("没有找到这一户。请核对小区、楼栋、单元和房号，或者先在“地点”表里补上这一户。")
            self.report.fault(row, "房号", sentence)
            return None
        return node

    def _community(self, row: Row) -> Node | None:
        """The community a row names; the only one there is when it names none."""
        name, street = community_name(row["社区/村"]), row["街道/乡镇"]
        if (name, street) not in self._communities:
            level = LEVELS[PlaceKind.COMMUNITY]
            self._communities[name, street] = [
                node
                for node in self.tree.walk()
                if node.level == level
                and (not name or node.place.name == name)
                and (not street or (node.parent and node.parent.place.name == street))
                and self.tree.is_within_reach(node)
            ]
        found = self._communities[name, street]
        if len(found) == 1:
            return found[0]
        none = _("没有找到“%(name)s”，请写成和“地点”表里一样的名称。")
        several = _("有%(count)d个社区都可能是，请写明社区和街道。")
        sentence = several if found else none
        self.report.fault(row, "社区/村", sentence % {"name": name[:30], "count": len(found)})
        return None

    def _load(self, community: Node) -> None:
        if community in self._loaded or community.is_new:
            return
        self._loaded.add(community)
        self.tree.load_below(community)
        homes = {node.place.pk: node for node in community.walk() if node.kind == PlaceKind.UNIT and not node.is_new}
        stored = RegisteredResident.objects.filter(household__community=community.place)
        for resident in stored.select_related("household"):
            node = homes.get(resident.household.unit_id)
            if node:
                plan = ResidentPlan(resident, node)
                self._homes[node].append(plan)
                if resident.phone:
                    self._by_phone[resident.phone] = plan

    # Writing ----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Store new and changed rows of the register in a few statements; a home without a household gets one."""
        plans = [plan for home in self._homes.values() for plan in home if plan.row and plan.changed]
        households = self._households({plan.node for plan in plans})
        for plan in plans:
            plan.resident.household_id = households[plan.node.place.pk]
        new = [plan.resident for plan in plans if plan.is_new]
        old = [plan.resident for plan in plans if not plan.is_new]
        RegisteredResident.objects.bulk_create(new, BATCH)
        RegisteredResident.objects.bulk_update(old, ["name", "phone", "minor_until"], BATCH)

    def _households(self, homes: set[Node]) -> dict[int, int]:
        """Households by the id of their home."""
        communities = {home.place.community_id for home in homes}
        stored = Household.objects.filter(community__in=communities)
        found = dict(stored.values_list("unit_id", "pk"))
        missing = [home.place for home in homes if home.place.pk not in found]
        made = Household.objects.bulk_create(
            [Household(unit=unit, community_id=unit.community_id) for unit in missing], BATCH
        )
        return found | {household.unit_id: household.pk for household in made}
