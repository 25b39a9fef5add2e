"""Predicates about people, homes and offices that all apps build theirs from. None asks for the state of a matter.

A thing is anything with a `place_path`: a matter, a topic, a notice.
"""

from collections.abc import Callable

import rules

from xieshang.lib.actor import SYSTEM, Actor

from .models import Residence
from .rules import (
    ABOVE_ROLES,
    COMMITTEE_ROLES,
    OFFICER_ROLES,
    OWNERS_ROLES,
    PARTY_ROLES,
    PROPERTY_ROLES,
    ResidenceState,
    Role,
)

Predicate = rules.predicates.Predicate


def _covers(actor: Actor, thing: object) -> bool:
    path = thing if isinstance(thing, str) else getattr(thing, "place_path", None)
    return bool(actor.office and path and path.startswith(actor.office.place_path))


def holds(roles: frozenset[Role]) -> Predicate:
    """A predicate: acts in an office with one of these roles, in a body whose place contains the thing's place."""

    def acts_in(actor: Actor, thing: object) -> bool:
        return actor.role in roles and _covers(actor, thing)

    return rules.predicate(acts_in, name="holds " + "|".join(sorted(roles)))


sits_on_committee = holds(COMMITTEE_ROLES)
is_party_secretary = holds(frozenset({Role.PARTY_SECRETARY}))
sits_in_party_org = holds(PARTY_ROLES)
is_above = holds(ABOVE_ROLES)
is_officer = holds(OFFICER_ROLES)
is_property = holds(PROPERTY_ROLES)
sits_on_owners_committee = holds(OWNERS_ROLES)


@rules.predicate
def is_time(actor: Actor, thing: object) -> bool:
    """What falls due by itself, and what is done at the machine by whoever runs it."""
    return actor.office is SYSTEM.office


@rules.predicate
def is_signed_in(actor: Actor, thing: object) -> bool:
    """Somebody known, in whatever office."""
    return actor.person_id is not None


@rules.predicate
def acts_as_neighbour(actor: Actor, thing: object) -> bool:
    """Acts for themselves, not for a body."""
    return actor.person_id is not None and actor.office is None


@rules.predicate
def acts_in_office(actor: Actor, thing: object) -> bool:
    """Acts in some office whose place contains the thing's place."""
    return _covers(actor, thing)


@rules.predicate
def lives_in_community(actor: Actor, thing: object) -> bool:
    """Has a confirmed home in the thing's community (takes a thing with `community_id`)."""
    return actor.person_id is not None and confirmed_homes(actor.person_id, getattr(thing, "community_id", None))


@rules.predicate
def is_adult(actor: Actor, thing: object) -> bool:
    """Not marked as under age; the day itself is judged by the rules that ask for it."""
    return actor.person is not None and getattr(actor.person, "minor_until", None) is None


def confirmed_homes(person_id: int, community_id: int | None) -> bool:
    """Whether a person has a confirmed home in this community."""
    homes = Residence.objects.filter(person_id=person_id, state=ResidenceState.CONFIRMED.value)
    return homes.filter(community_id=community_id).exists()


@rules.predicate
def holds_it(actor: Actor, office: object) -> bool:
    """Acts in this very office and holds it, not as a deputy."""
    held = actor.office is not None and actor.office.id == getattr(office, "pk", 0)
    return held and actor.person_id == getattr(office, "person_id", None)


def add(name: str, predicate: Callable[..., bool]) -> None:
    """Register a named permission; registering it anew replaces it, so that reloading is harmless."""
    rules.set_perm(name, predicate)


add("community.confirm_home", sits_on_committee)
add("community.keep_register", sits_on_committee | holds(frozenset({Role.GRID_WORKER})))
add("community.help", sits_on_committee | holds(frozenset({Role.GRID_WORKER})))
add("community.set_up", is_above | is_time)
add("community.found_body", is_above | is_time)
add("community.appoint", is_above | is_time)
add("community.end_office", is_above | is_time)
add("community.name_deputy", holds_it | is_above)
add("community.set_rules", is_above | is_time)
