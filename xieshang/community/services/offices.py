"""Offices: who is appointed, whose term ends. Powers run with the term, so nothing else has to be switched."""

import datetime

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.accounts.models import Person
from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.clock import today
from xieshang.lib.days import full_day
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.notify.services import send

from .. import hooks
from ..models import Body, Office, Place
from ..rules import ABOVE_ROLES, BodyKind, Role
from ..rules.terms import NOBODY_ABOVE, OVERLAPS, OWN_OFFICE, require_office, require_running_on, terms_overlap
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
    words = _("%(office)s的任期到%(day)s为止。") % {"office": office.title, "day": full_day(on)}
    send([office.person_id], title=_("任期结束日期登记了"), body=words, url=reverse("accounts:me"))
    return office


@transaction.atomic
def ask_to_leave(actor: Actor, office_id: int) -> Office:
    """Somebody wants to leave an office: those who may end its term are told. Raises RuleViolation where nobody is."""
    mine = Office.objects.running(today()).filter(person_id=actor.person_id or 0)
    office = get_object_or_404(mine.select_related("body__place"), pk=office_id)
    path = office.place_path
    steps = [path[:end] for end in range(Place.steplen, len(path) + 1, Place.steplen)]
    above = Office.objects.running(today()).filter(role__in=ABOVE_ROLES, body__place__path__in=steps)
    told = set(above.values_list("person_id", flat=True)) - {actor.person_id}
    if not told:
        raise RuleViolation(NOBODY_ABOVE)
    record(actor, "community.ask_to_leave", place=path, detail={"office": office.pk})
    title = _("%(office)s想离任") % {"office": office.title}
    url = reverse("community:body", args=[office.body_id])
    send(told, title=title, body=_("请和本人商量好日子，登记任期结束。"), number=f"leave:{office.pk}", url=url)
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
