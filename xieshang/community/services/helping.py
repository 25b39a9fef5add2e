"""Doing something for a neighbour without a phone at hand (代办)."""

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.accounts.models import Person
from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation

from ..queries import homes_of
from ..rules import ConsentKind, belonging


@transaction.atomic
def help_neighbour(actor: Actor, person_id: int, *, consent: ConsentKind) -> Actor:
    """The actor that works for this neighbour from now on: their person, the officer as helper, how they agreed.

    Raises NotAllowed outside the officer's own place, RuleViolation for oneself and for who has no home here.
    """
    person = get_object_or_404(Person, pk=person_id, is_active=True)
    path = _where_to_help(actor, person)
    record(actor, "community.help", place=path, detail={"for": person.pk, "consent": consent.value})
    return Actor(person, None, actor, consent.value)


def _where_to_help(actor: Actor, person: Person) -> str:
    """The stored path of the community in which this officer may act for this person."""
    if person.pk == actor.hands:
        raise RuleViolation(belonging.OFFICERS_HELP_THEMSELVES)
    homes = homes_of(person.pk)
    if not homes:
        raise RuleViolation(belonging.NOT_A_NEIGHBOUR)
    for home in homes:
        if has_perm("community.help", actor, home.community.path):
            return home.community.path
    raise NotAllowed("community.help")


def stop_helping(actor: Actor) -> None:
    """Act for oneself again."""
    if actor.helper:
        record(actor, "community.help_ended")
