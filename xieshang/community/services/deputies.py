"""Standing in for somebody in office: named with days and a reason, ended early; recorded either way."""

import datetime

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import short_day
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.notify.services import send

from ..models import Deputy, Office
from ..rules import Role
from ..rules.terms import DEPUTY_OF_DEPUTY, DEPUTY_TWICE, OVER_ALREADY, Standing, deputy_faults, terms_overlap
from .seeing import require_seen

NOT_YOURS = _("代理由任职的人自己安排，来不了的由街道安排。")


@transaction.atomic
def name_deputy(
    actor: Actor,
    office_id: int,
    *,
    person_id: int,
    starts: datetime.date,
    ends: datetime.date,
    reason: str,
) -> Deputy:
    """Let a colleague act in an office from one day to another, both included; RuleViolation for what cannot be."""
    office = _office(actor, office_id)
    own = Office.objects.running(today()).filter(body=office.body_id, person=person_id)
    asked = Standing(
        starts=starts,
        ends=ends,
        office_ends=office.ends,
        role=Role(office.role),
        deputy_roles=frozenset(Role(role) for role in own.values_list("role", flat=True)),
        is_holder=person_id == office.person_id,
        reason=reason,
    )
    wrong = deputy_faults(asked, today())
    held = Deputy.objects.filter(office=office)
    if any(terms_overlap((starts, ends), (other.starts, other.ends)) for other in held):
        wrong.append(DEPUTY_TWICE)
    if wrong:
        raise RuleViolation(*wrong)
    deputy = Deputy(office=office, person_id=person_id, starts=starts, ends=ends, reason=reason.strip()[:200])
    deputy.named_by_id, deputy.named_in_id = actor.person_id or 0, actor.office.id if actor.office else None
    deputy.named_at = now()
    deputy.save()
    write_down(actor, "community.name_deputy", deputy)
    days = f"{short_day(starts)}到{short_day(ends)}"
    _tell(deputy, _("{days}由您代理，请在右上角换成这个身份办事，留的是您自己的名字。").format(days=days))
    return deputy


@transaction.atomic
def end_deputy(actor: Actor, deputy_id: int) -> Deputy | None:
    """Let a deputyship end with yesterday; one that had not begun is taken back whole. Gives what is left of it."""
    found = get_object_or_404(Deputy, pk=deputy_id)
    office = _office(actor, found.office_id)
    deputy = get_object_or_404(Deputy.objects.select_for_update(), pk=deputy_id)
    if deputy.ends < today():
        raise RuleViolation(OVER_ALREADY)
    deputy.office = office
    before, deputy.ends = deputy.ends, today() - datetime.timedelta(days=1)
    write_down(actor, "community.end_deputy", deputy, before=before)
    _tell(deputy, _("代理到此结束，谢谢您。"))
    if deputy.ends < deputy.starts:
        deputy.delete()
        return None
    deputy.save(update_fields=["ends"])
    return deputy


def _office(actor: Actor, office_id: int) -> Office:
    """A running office under lock, if this actor may say who stands in for it."""
    rows = Office.objects.running(today()).select_related("body__place").select_for_update(of=("self",))
    office = get_object_or_404(rows, pk=office_id)
    require_seen(actor, office.place_path)
    if actor.office is not None and getattr(actor.office, "is_deputised", False) and actor.office.id == office.pk:
        raise RuleViolation(DEPUTY_OF_DEPUTY)
    if not has_perm("community.name_deputy", actor, office):
        raise NotAllowed("community.name_deputy", NOT_YOURS)
    return office


def write_down(actor: Actor, verb: str, deputy: Deputy, *, before: datetime.date | None = None) -> None:
    """Into the record of the place: whose office, who stands in, until when."""
    detail = {"office": deputy.office_id, "deputy": deputy.person_id, "starts": deputy.starts}
    place = deputy.office.place_path
    states = {"before": str(before or ""), "after": str(deputy.ends)}
    record(actor, verb, place=place, reason=deputy.reason, detail=detail, **states)


def _tell(deputy: Deputy, body: str) -> None:
    people = {deputy.person_id, deputy.office.person_id}
    send(people, title=deputy.office.title, body=body)
