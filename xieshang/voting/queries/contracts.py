"""The calendar of property companies' contracts, for the committees and the street."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse

from xieshang.community.models import PropertyArea
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.lib.refusals import later as _
from xieshang.lib.waiting import Waiting

from ..models import Decision, ServiceContract
from ..rules import Item
from ..rules.contracts import MARKS, Mark, marks_of, reached, words_of
from ..rules.deciding import ENDS

MOST = 200


@dataclass(frozen=True, slots=True)
class ContractRow:
    """An estate with its running contract, the marks before its end, and whether the owners decide already."""

    area: PropertyArea
    contract: ServiceContract | None
    marks: list[Mark]
    words: str
    days_left: int | None
    is_deciding: bool
    may_set: bool

    @property
    def tone(self) -> str:
        """How near it is."""
        if self.days_left is None or self.is_deciding:
            return "plain"
        return "over" if self.days_left < 0 else "wait"


def contracts_page(actor: Actor) -> list[ContractRow]:
    """The estates of this office with their contracts, the nearest end first; refused to everybody else."""
    office = actor.office
    if office is None or not has_perm("voting.see_registers", actor, office.place_path):
        raise NotAllowed("voting.see_contracts", _("合同到期日历给业委会、物管会、居委会和街道看。"))
    rows = [_row(actor, area) for area in _areas(office.place_path)]
    return sorted(rows, key=lambda row: (row.days_left is None, row.days_left or 0, row.area.name))


def _areas(path: str) -> list[PropertyArea]:
    """Estates that this office works for: in its place, or for a committee of one estate the estate itself."""
    running = ServiceContract.objects.filter(closed_at=None)
    rows = PropertyArea.objects.filter(places__path__startswith=path).distinct()
    rows = rows.annotate(is_deciding=Exists(_deciding(OuterRef("pk"))))
    return list(rows.prefetch_related(Prefetch("contracts", running, "running"), "places").order_by("name")[:MOST])


def _deciding(area: OuterRef) -> QuerySet[Decision]:
    """Decisions about the company that are under way in an estate."""
    ended = [state.value for state in ENDS]
    return Decision.objects.filter(area=area, item=Item.COMPANY.value).exclude(state__in=ended)


def _row(actor: Actor, area: PropertyArea) -> ContractRow:
    today = shown_today()
    contract = next(iter(getattr(area, "running", [])), None)
    mark = reached(contract.ends, today) if contract else None
    return ContractRow(
        area=area,
        contract=contract,
        marks=marks_of(contract.ends, today) if contract else [],
        words=words_of(mark),
        days_left=(contract.ends - today).days if contract else None,
        is_deciding=bool(getattr(area, "is_deciding", False)),
        may_set=has_perm("voting.set_contract", actor, area),
    )


def contracts_waiting(actor: Actor) -> list[Waiting]:
    """Contracts of this office's estates that have reached a mark while nobody decides yet; one query."""
    office = actor.office
    if office is None or not has_perm("voting.see_registers", actor, office.place_path):
        return []
    today = shown_today()
    rows = ServiceContract.objects.filter(closed_at=None, ends__lte=today + timedelta(days=max(MARKS)))
    rows = rows.filter(
        Exists(PropertyArea.objects.filter(pk=OuterRef("area"), places__path__startswith=office.place_path))
    )
    rows = rows.exclude(Exists(_deciding(OuterRef("area")))).select_related("area").order_by("ends", "pk")
    return [_waiting(row, reached(row.ends, today)) for row in rows[:MOST]]


def _waiting(contract: ServiceContract, mark: int | None) -> Waiting:
    words = _("{area}的物业合同快到期") if mark else _("{area}的物业合同到期了")
    title = words.format(area=contract.area.name)
    return Waiting(title, words_of(mark), reverse("voting:contracts"), _("去看日历"), contract.ends)
