"""The committee's desk for people: who asks to be verified, who is in the register, who is found by name."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.accounts.models import Person
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import day_of
from xieshang.lib.paging import Page, page_from
from xieshang.lib.permits import has_perm
from xieshang.lib.text import mobile_number, one_line, shown_mobile
from xieshang.lib.waiting import Filter, Queue, Rows, Waiting
from xieshang.lib.workdays import add_workdays

from ..models import RESIDENCE_LABELS, Household, RegisteredResident, Residence
from ..rules import COMMITTEE_ROLES, OFFICER_ROLES, ResidenceKind, ResidenceState
from .places import standing_homes
from .rulesets import rules_to_confirm

ROWS_MOST = 30
# Working days within which the committee looks at who asks to be verified.
ANSWER_DAYS = 3


def asked_in(actor: Actor) -> QuerySet[Residence]:
    """Who asks to be verified in the places of this committee's office; nothing for anybody else."""
    if actor.office is None or actor.role not in COMMITTEE_ROLES:
        return Residence.objects.none()
    rows = Residence.objects.filter(
        state=ResidenceState.ASKED.value, community__path__startswith=actor.office.place_path
    )
    return rows.select_related("unit", "person", "community")


def asked_at(actor: Actor, key: str) -> Page[Residence]:
    """One page of those who ask, in their order, with what the register says about each; at most three queries."""
    page = page_from(asked_in(actor), key)
    units = {row.unit_id for row in page.rows}
    register: dict[int, list[RegisteredResident]] = {}
    for resident in RegisteredResident.objects.filter(household__unit__in=units).select_related("household"):
        register.setdefault(resident.household.unit_id, []).append(resident)
    for row in page.rows:
        row.hint = _hint(row, register.get(row.unit_id, []))
    return page


def _hint(row: Residence, register: list[RegisteredResident]) -> str:
    """What the register of the home says about who asks."""
    if not register:
        return _("这一户的名册是空的")
    if row.person.phone and any(resident.phone == row.person.phone for resident in register):
        return _("号码在这一户的名册里")
    names = {resident.name for resident in register}
    if row.person.real_name in names or any(name and name in row.note for name in names):
        return _("姓名在这一户的名册里")
    return _("名册里没有这个号码")


def waiting_for(actor: Actor) -> list[Waiting]:
    """What a person should do about homes: a newcomer asks to be verified, the committee looks at who asks."""
    if actor.office is None:
        return first_home(actor, standing_homes(actor.person_id or 0))
    line = _gathered(asked_in(actor).count()) if actor.role in COMMITTEE_ROLES else None
    return [line] if line else rules_to_confirm(actor)


def _gathered(count: int) -> Waiting | None:
    """One line for all who ask to be verified."""
    line = _("%(count)d位邻居等着核实住房") % {"count": count}
    return Waiting(_("住房认证"), line, reverse("community:residences"), _("去核实")) if count else None


def first_home(actor: Actor, homes: Collection[Residence]) -> list[Waiting]:
    """Whoever has no home here yet, nor asked for one, is led to it: without it one can only read."""
    if actor.helper or homes:
        return []
    line = _("认证以后才能支持和投票，说的事才会受理")
    return [Waiting(_("认证您的住房"), line, reverse("community:join"), _("去认证"))]


def queues(actor: Actor) -> list[Queue]:
    """The queue of those who ask to be verified."""
    if actor.office is None or actor.role not in COMMITTEE_ROLES:
        return []
    parts = [
        Filter(kind.value, str(RESIDENCE_LABELS[kind]), _pages(actor, Q(kind=kind.value))) for kind in ResidenceKind
    ]
    count = asked_in(actor).count()
    return [Queue("residences", _("待核实住房"), count, _pages(actor, Q()), tuple(parts), _gathered(count))]


def _pages(actor: Actor, part: Q) -> Rows:
    """Who asked first comes first."""

    def page(key: str) -> Page[Waiting]:
        found = page_from(asked_in(actor).filter(part), key)
        return Page([_waiting(row) for row in found.rows], found.next_key, found.is_first)

    return page


def doors_of(actor: Actor) -> list[tuple[str, str]]:
    """The pages about people, bodies and setting up that this office works with: label and address."""
    if actor.office is None:
        return []
    doors = [
        ("community.confirm_home", _("核实住房"), "community:residences"),
        ("community.keep_register", _("居民和代办"), "community:people"),
        ("community.keep_register", _("居民名册"), "community:register"),
        ("community.set_up", _("批量建社区"), "community:set_up"),
        ("community.set_rules", _("各地的规则"), "community:rule_books"),
    ]
    path = actor.office.place_path
    mine = [(label, reverse(name)) for verb, label, name in doors if has_perm(verb, actor, path)]
    return mine + ([(_("组织和任职"), reverse("community:bodies"))] if actor.role in OFFICER_ROLES else [])


def _waiting(row: Residence) -> Waiting:
    url = f"{reverse('community:residences')}#residence-{row.pk}"
    line = f"{row.person.get_short_name()} · {row.kind_word}"
    return Waiting(str(row.unit), line, url, _("去核实"), add_workdays(day_of(row.asked_at), ANSWER_DAYS))


@dataclass(slots=True)
class FoundPerson:
    """Somebody at the committee's desk: as the register knows them, as a person of the platform, or both."""

    name: str
    nickname: str = ""
    phone: str = ""
    homes: list[Residence] = field(default_factory=list)
    where: str = ""
    person_id: int | None = None
    registered_id: int | None = None
    shares_phone: bool = False
    is_minor: bool = False


def find_people(actor: Actor, words: str) -> list[FoundPerson]:
    """People of the office's own place by name, nickname, number or home; at most thirty, in three queries."""
    wanted = one_line(words)
    if actor.office is None or len(wanted) < 1:
        return []
    path, phone = actor.office.place_path, mobile_number(wanted)
    match = Q(real_name__contains=wanted) | Q(nickname__contains=wanted) | Q(residences__unit__label__contains=wanted)
    match |= Q(phone=phone) if phone else Q()
    here = Q(residences__community__path__startswith=path, residences__state=ResidenceState.CONFIRMED.value)
    people = Person.objects.filter(here & match, is_active=True).distinct().order_by("pk")
    found = [_found(person) for person in people.prefetch_related(_homes_in(path))[:ROWS_MOST]]
    return found + _register_rows(path, wanted, phone, found)


def _homes_in(path: str) -> "Prefetch[str]":
    homes = Residence.objects.filter(state=ResidenceState.CONFIRMED.value, community__path__startswith=path)
    return Prefetch("residences", homes.select_related("unit").order_by("pk"), to_attr="homes_here")


def _found(person: Person) -> FoundPerson:
    homes: list[Residence] = getattr(person, "homes_here", [])
    return FoundPerson(
        name=person.real_name or person.get_short_name(),
        nickname=person.get_short_name(),
        phone=shown_mobile(person.phone or ""),
        homes=homes,
        where="、".join(str(home.unit) for home in homes),
        person_id=person.pk,
        shares_phone=person.shares_phone,
        is_minor=bool(person.minor_until and person.minor_until > shown_today()),
    )


def _register_rows(path: str, wanted: str, phone: str | None, found: list[FoundPerson]) -> list[FoundPerson]:
    """Rows of the register that none of the people found stands for."""
    match = Q(name__contains=wanted) | Q(household__unit__label__contains=wanted)
    match |= Q(phone=phone) if phone else Q()
    rows = RegisteredResident.objects.filter(match, household__community__path__startswith=path)
    known = {(person.name, home.unit_id) for person in found for home in person.homes}
    return [
        FoundPerson(
            name=row.name,
            phone=shown_mobile(row.phone),
            where=str(row.household.unit),
            registered_id=row.pk,
            is_minor=bool(row.minor_until and row.minor_until > shown_today()),
        )
        for row in rows.select_related("household__unit").order_by("pk")[:ROWS_MOST]
        if (row.name, row.household.unit_id) not in known
    ]


def found_person(actor: Actor, person_id: int) -> FoundPerson | None:
    """One person of the office's own place; None when they have no home here."""
    if actor.office is None:
        return None
    path = actor.office.place_path
    here = Q(residences__community__path__startswith=path, residences__state=ResidenceState.CONFIRMED.value)
    person = Person.objects.filter(here, pk=person_id, is_active=True).distinct().prefetch_related(_homes_in(path))
    return next((_found(one) for one in person), None)


def register_of(actor: Actor, unit_id: int) -> Household | None:
    """The household of a unit in the office's own place, with its register."""
    if actor.office is None:
        return None
    homes = Household.objects.filter(unit_id=unit_id, community__path__startswith=actor.office.place_path)
    return homes.select_related("unit", "community").prefetch_related("registered").first()
