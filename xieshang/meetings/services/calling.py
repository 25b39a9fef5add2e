"""The notice that calls a meeting, its being put off, its being called off; and who confirms to have read it."""

import secrets
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404

from xieshang.community.models import Body, Office
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.days import day_of
from xieshang.lib.days import deadline as when
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.notify.services import send

from .. import hooks
from ..models import Invitation, Meeting
from ..queries.facts import numbers_of, presence_of
from ..rules import CODE_DIGITS, GATHERING, Answer, Capacity, State, Step
from ..rules.room import NOT_ASKED, REASON_MISSING
from .moving import _moving, asked_people, audit, locked, tell_asked, tell_pages
from .requesting import answer_demand, reopen_demand

TRIES = 20


def notify(actor: Actor, meeting_id: int) -> Meeting:
    """Send the notice out: complete by the rules or not at all; everybody asked to come is told, the plan is fixed."""
    with _moving(actor, meeting_id, Step.NOTIFY) as meeting:
        answer_demand(meeting)
        at = now()
        meeting.noticed_at = at
        meeting.key = secrets.token_urlsafe(12)
        meeting.code = _free_code()
        meeting.invitations.update(told_at=at)
        tell_asked(meeting, _("会议通知：{when}，{where}。").format(when=when(meeting.starts_at), where=where(meeting)))
        for hear in hooks.on_noticed:
            hear(meeting)
    return meeting


def where(meeting: Meeting) -> str:
    """Where it is held, in words."""
    return meeting.venue or str(_("网络会议"))


def _free_code() -> str:
    """Digits that no other meeting uses now."""
    for _attempt in range(TRIES):
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        if not Meeting.objects.filter(code=code).exists():
            return code
    raise RuntimeError("no sign-in code is free")


@transaction.atomic
def renew_code(actor: Actor, meeting_id: int) -> Meeting:
    """New digits and a new QR code: what was photographed and sent around leads nowhere any more."""
    meeting = locked(actor, meeting_id, "keep")
    if meeting.state not in GATHERING:
        return meeting
    meeting.code, meeting.key = _free_code(), secrets.token_urlsafe(12)
    meeting.save(update_fields=["code", "key"])
    audit(actor, meeting, "renew_code")
    return meeting


def postpone(actor: Actor, meeting_id: int, *, starts_at: datetime, reason: str, venue: str = "") -> Meeting:
    """Put it off to another day, with its full notice again."""
    given = _to(starts_at) | {"reason_given": bool(reason.strip())}
    with _moving(actor, meeting_id, Step.POSTPONE, note=reason, **given) as meeting:
        meeting.starts_at = starts_at
        meeting.venue = venue.strip()[:120] or meeting.venue
        meeting.noticed_at, meeting.reminded_at = now(), None
        _empty_room(meeting)
        meeting.invitations.update(confirmed_at=None, answer="", reason="")
        body = _("会议改期：改到{when}，{where}。原因：{reason}")
        tell_asked(meeting, body.format(when=when(starts_at), where=where(meeting), reason=reason.strip()))
        for hear in hooks.on_moved:
            hear(meeting)
    return meeting


def adjourn(actor: Actor, meeting_id: int, *, starts_at: datetime, venue: str = "") -> Meeting:
    """Too few came: it is held another day, once. Whoever signed in today signs in again then."""
    with _moving(actor, meeting_id, Step.ADJOURN, **_to(starts_at)) as meeting:
        meeting.reminded_at = None
        meeting.adjourned_from, meeting.adjourned_with = meeting.starts_at, numbers_of(presence_of(meeting))
        meeting.starts_at = starts_at
        meeting.venue = venue.strip()[:120] or meeting.venue
        _empty_room(meeting)
        meeting.invitations.update(confirmed_at=None, answer="", reason="")
        body = _("到会的人不够，会议改日再开：{when}，{where}。")
        tell_asked(meeting, body.format(when=when(starts_at), where=where(meeting)))
        for hear in hooks.on_moved:
            hear(meeting)
    return meeting


def _empty_room(meeting: Meeting) -> None:
    """Whoever signed in for a day on which it is not held signs in again on the day on which it is."""
    meeting.proxies.all().delete()
    meeting.attendance.all().delete()


def _to(starts_at: datetime) -> dict[str, Any]:
    return {"new_starts_at": starts_at, "new_starts_on": day_of(starts_at)}


def cancel(actor: Actor, meeting_id: int, *, reason: str) -> Meeting:
    """Call it off, with the reason; who was told of it is told of this too."""
    with _moving(actor, meeting_id, Step.CANCEL, note=reason, reason_given=bool(reason.strip())) as meeting:
        meeting.code, meeting.key = "", ""
        reopen_demand(meeting)
        if meeting.noticed_at:
            tell_asked(meeting, _("会议取消了。原因：{reason}").format(reason=reason.strip()))
    return meeting


def seat_body(meeting: Meeting, name: str, body: Body) -> None:
    """A side without a body of its own has one now, which is asked to come; whoever was asked in its place is a guest.

    Once somebody has signed in for the side, or the meeting has begun, those who came hold it to its end.
    """
    side = meeting.sides.filter(name=name[:60], body=None).first()
    if side is None or meeting.state not in {State.NOTICED, State.ADJOURNED} or side.attendance.exists():
        return
    meeting.invitations.filter(side=side).update(side=None, capacity=Capacity.GUEST.value)
    side.name, side.body, side.stands_in = body.name[:60], body, ""
    side.save(update_fields=["name", "body", "stands_in"])
    people = Office.objects.running(day_of(now())).filter(body=body).values_list("person_id", flat=True)
    words = _("请参加会议：{when}，{where}。").format(when=when(meeting.starts_at), where=where(meeting))
    matter = meeting.matter
    send(set(people), title=matter.title, body=words, number=matter.number, url=meeting.get_absolute_url())
    tell_pages(meeting, "moved")


def vacate_seat(meeting: Meeting, body: Body, name: str, stands_in: str) -> None:
    """A body has nobody in office any more: others come in its place, and whoever of it had answered is a guest."""
    side = meeting.sides.filter(body=body).first()
    if side is None or meeting.state not in {State.NOTICED, State.ADJOURNED} or side.attendance.exists():
        return
    meeting.invitations.filter(side=side).update(side=None, capacity=Capacity.GUEST.value)
    side.name, side.body, side.stands_in = name[:60], None, stands_in[:120]
    side.save(update_fields=["name", "body", "stands_in"])
    tell_pages(meeting, "moved")


@transaction.atomic
def confirm(actor: Actor, meeting_id: int, *, answer: Answer, reason: str = "") -> Invitation:
    """Confirm to have read the notice, and say whether one comes; whoever does not says why. May be changed."""
    meeting = get_object_or_404(Meeting.objects.visible_to(actor).with_frame(), pk=meeting_id)
    if not has_perm("meetings.sign_in", actor, meeting):
        raise NotAllowed("meetings.confirm")
    if meeting.state not in {State.NOTICED, State.ADJOURNED}:
        raise RuleViolation(NOT_ASKED)
    if answer == Answer.ABSENT and not reason.strip():
        raise RuleViolation(REASON_MISSING)
    invitation = _invitation_of(actor, meeting)
    invitation.confirmed_at, invitation.answer, invitation.reason = now(), answer.value, reason.strip()[:120]
    invitation.assisted_by_id = actor.helper.person_id if actor.helper else None
    invitation.consent = actor.consent
    invitation.save()
    audit(actor, meeting, "confirm", detail={"answer": answer.value})
    return invitation


def _invitation_of(actor: Actor, meeting: Meeting) -> Invitation:
    """One's own row on the list, made for whoever is asked as one of all, or speaks for a side."""
    own = meeting.invitations.filter(person_id=actor.person_id).first()
    if own is not None:
        return own
    if actor.person_id not in asked_people(meeting):
        raise RuleViolation(NOT_ASKED)
    side = meeting.sides.filter(body_id=actor.office.body_id).first() if actor.office else None
    # Who is one of all stays a guest of the list: the number that should come stands elsewhere.
    row = Invitation(meeting=meeting, person_id=actor.person_id, side=side, capacity=Capacity.GUEST.value)
    row.told_at = meeting.noticed_at
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return meeting.invitations.get(person_id=actor.person_id)
    return row


@transaction.atomic
def confirm_for(actor: Actor, meeting_id: int, *, invitation_id: int, answer: Answer, reason: str = "") -> Invitation:
    """Whoever keeps the room writes down what somebody on the list answered by word of mouth or by phone."""
    meeting = locked(actor, meeting_id, "keep")
    invitation = get_object_or_404(meeting.invitations, pk=invitation_id)
    if meeting.state not in {State.NOTICED, State.ADJOURNED}:
        raise RuleViolation(NOT_ASKED)
    invitation.confirmed_at, invitation.answer, invitation.reason = now(), answer.value, reason.strip()[:120]
    invitation.assisted_by_id, invitation.consent = actor.person_id, "phone"
    invitation.save()
    audit(actor, meeting, "confirm_for", detail={"answer": answer.value})
    return invitation
