"""Who acts and where: offices, homes, rules that hold, the base of counts."""

import datetime
from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet

from xieshang.accounts.models import Person
from xieshang.lib.actor import NOBODY, Actor
from xieshang.lib.clock import shown_today

from ..models import Body, Deputy, Household, Office, Place, RegisteredResident, Residence, RuleSet
from ..rules import COMMITTEE_ROLES, BodyKind, PlaceKind, ResidenceState


def actor_for(person: Person | None, office_id: int | None) -> Actor:
    """The actor of a request: the person in the chosen office while its term runs, else as a neighbour."""
    if person is None or not person.is_authenticated or not person.is_active:
        return NOBODY
    if office_id is None:
        return Actor(person)
    # All of them, since the header shows them all: the frame goes on with what was read here.
    person.running_offices = offices_of(person.pk)
    return Actor(person, next((office for office in person.running_offices if office.pk == office_id), None))


def offices_of(person_id: int) -> list[Office]:
    """The offices a person holds today and those they stand in for, for the switch in the header."""
    deputised = Exists(Deputy.objects.running(shown_today()).filter(person_id=person_id, office=OuterRef("pk")))
    offices = Office.objects.running(shown_today()).annotate(as_deputy=deputised)
    offices = offices.filter(Q(person_id=person_id) | Q(as_deputy=True))
    return list(offices.select_related("body__place").order_by("as_deputy", "pk"))


def homes_of(person_id: int) -> list[Residence]:
    """The confirmed homes of a person, unit and community loaded."""
    homes = Residence.objects.filter(person_id=person_id, state=ResidenceState.CONFIRMED.value)
    return list(homes.select_related("unit", "community").order_by("pk"))


def units_of(person_id: int, community_id: int) -> list[Place]:
    """The units of a person's confirmed homes in one community, each with its household."""
    homes = Residence.objects.filter(person_id=person_id, state=ResidenceState.CONFIRMED.value)
    rows = homes.filter(community_id=community_id).select_related("unit__household").order_by("pk")
    return [home.unit for home in rows]


def standing_homes(person_id: int) -> list[Residence]:
    """The homes of a person that are confirmed or asked for, unit and community loaded."""
    standing = [ResidenceState.ASKED.value, ResidenceState.CONFIRMED.value]
    homes = Residence.objects.filter(person_id=person_id, state__in=standing)
    return list(homes.select_related("unit", "community").order_by("pk"))


def rules_for(place: Place, kind: str, on: datetime.date, defaults: Mapping[str, object]) -> dict[str, object]:
    """The values of one kind of rule at a place on a day: defaults, overlaid from the outermost place inward."""
    sets = RuleSet.objects.filter(place__path__in=place.ancestor_paths, kind=kind, effective_from__lte=on)
    values = dict(defaults)
    for rule_set in sets.order_by("place__depth", "effective_from"):
        values.update(rule_set.values)
    return values


def households_under(path: str) -> int:
    """How many households the register and the verified homes know in a place: the base of counts by household."""
    return Household.objects.filter(unit__path__startswith=path).count()


def adults_under(path: str, on: datetime.date) -> QuerySet[Residence]:
    """Confirmed homes of adults in a place: the base of a poll by person."""
    living = Residence.objects.filter(state=ResidenceState.CONFIRMED.value, unit__path__startswith=path)
    return living.filter(Q(person__minor_until=None) | Q(person__minor_until__lte=on), person__is_active=True)


def officers_of(path: str, roles: Iterable[str]) -> QuerySet[Office]:
    """Running offices with one of these roles in bodies whose place is this one or contains it."""
    steps = [path[:end] for end in range(Place.steplen, len(path) + 1, Place.steplen)]
    offices = Office.objects.running(shown_today()).filter(role__in=list(roles), body__place__path__in=steps)
    return offices.select_related("person", "body__place").order_by("-body__place__depth", "pk")


def first_officer(place: Place) -> Office | None:
    """Who takes a neighbour's matter first: of the nearest committee the one who has been in office longest."""
    return officers_of(place.path, COMMITTEE_ROLES).first()


def community_of(place: Place) -> Place | None:
    """The community or village that a place lies in."""
    return place if place.is_community else place.community


def compounds_of(community_id: int) -> list[Place]:
    """The compounds and villagers' groups of a community, by path."""
    kinds = [PlaceKind.COMPOUND.value, PlaceKind.GROUP.value]
    return list(Place.objects.filter(community_id=community_id, kind__in=kinds).order_by("path"))


def register_matches(phone: str, unit: Place) -> QuerySet[RegisteredResident]:
    """Rows of the register with this number in this unit."""
    return RegisteredResident.objects.filter(household__unit=unit, phone=phone).exclude(phone="")


def committee_of(community: Place) -> Body | None:
    """The residents' or villagers' committee of a community."""
    kinds = [BodyKind.RESIDENTS_COMMITTEE.value, BodyKind.VILLAGERS_COMMITTEE.value]
    return Body.objects.filter(place=community, kind__in=kinds).first()
