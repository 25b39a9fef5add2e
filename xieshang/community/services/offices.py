"""Offices: who is appointed, whose term ends. Powers run with the term, so nothing else has to be switched."""

import datetime

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.accounts.models import Person
from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation

from .. import hooks
from ..models import Body, Office
from ..rules import BodyKind, Role
from ..rules.terms import OVERLAPS, OWN_OFFICE, require_office, require_running_on, terms_overlap
from .seeing import require_seen


@transaction.atomic
def appoint(
    actor: Actor,
    person_id: int,
    body_id: int,
    *,
    role: Role,
    starts: datetime.date,
    ends: datetime.date | None = None,
) -> Office:
    """Let a person hold a role in a body from one day to another, both included; nobody appoints themselves.

    Raises RuleViolation when the body has no such role or a term of theirs in it overlaps.
    """
    body = get_object_or_404(Body.objects.select_related("place").select_for_update(of=("self",)), pk=body_id)
    require_seen(actor, body.place.path)
    if not has_perm("community.appoint", actor, body.place.path):
        raise NotAllowed("community.appoint")
    person = get_object_or_404(Person, pk=person_id, is_active=True)
    require_office(BodyKind(body.kind), role, starts, ends)
    if person.pk == actor.hands:
        raise RuleViolation(OWN_OFFICE)
    held = Office.objects.filter(person=person, body=body, role=role.value)
    if any(terms_overlap((starts, ends), (other.starts, other.ends)) for other in held):
        raise RuleViolation(OVERLAPS)
    office = Office(person=person, body=body, role=role.value, starts=starts, ends=ends)
    store_office(actor, office, "community.appoint")
    return office


@transaction.atomic
def end_office(actor: Actor, office_id: int, *, on: datetime.date) -> Office:
    """Let a term end with this day, the last on which its powers hold."""
    offices = Office.objects.select_related("body__place", "person").select_for_update(of=("self",))
    office = get_object_or_404(offices, pk=office_id)
    require_seen(actor, office.place_path)
    if not has_perm("community.end_office", actor, office.place_path):
        raise NotAllowed("community.end_office")
    require_running_on(office.starts, office.ends, on)
    before, office.ends = office.ends, on
    store_office(actor, office, "community.end_office", before=before)
    return office


def store_office(actor: Actor, office: Office, verb: str, *, before: datetime.date | None = None) -> None:
    """Save an office, record it, and let upper apps follow; inside the verb's transaction."""
    office.save()
    record(
        actor,
        verb,
        place=office.place_path,
        before=str(before or ""),
        after=str(office.ends or ""),
        detail={"office": office.pk, "body": office.body_id, "role": office.role, "starts": office.starts},
    )
    for follow in hooks.on_office_changed:
        follow(office)
