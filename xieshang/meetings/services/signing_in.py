"""Signing in: one row each, whatever the room holds already; nothing is counted while people come in."""

from dataclasses import dataclass

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from xieshang.community.models import Household, Place, Residence
from xieshang.community.rules import ResidenceState
from xieshang.discussion.services import attach_closed
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.limits import require_within
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.lib.text import half_width, one_line
from xieshang.live.services import tell_crowd

from ..models import Attendance, Invitation, Meeting, MeetingProxy, MeetingSide
from ..queries.seats import Seat, seat_of
from ..rules import CODE_DIGITS, GATHERING, Base, Capacity, MeetingKind, State, Way, require_gathering, require_proxy
from ..rules.room import (
    AGENT_MISSING,
    ALREADY_IN,
    HOUSEHOLD_MISSING,
    NAME_MISSING,
    NOT_FOR_YOU,
    NOT_GATHERING,
    SAME_NAME_IN,
    SELF_PROXY,
    WRONG_CODE,
)
from .moving import audit, shared

MOST_TRIES, TRIES_SECONDS = 20, 600


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody without an account here, as the clerk writes them down."""

    name: str
    invitation_id: int | None = None
    side_id: int | None = None
    unit_id: int | None = None
    is_guest: bool = False


def meeting_of_code(actor: Actor, code: str) -> Meeting:
    """The meeting whose screen shows these digits; so many guesses in ten minutes."""
    if not has_perm("meetings.sign_in", actor):
        raise NotAllowed("meetings.sign_in")
    require_within("meeting-code", actor.person_id, MOST_TRIES, TRIES_SECONDS)
    digits = half_width(code).replace(" ", "").replace("-", "")
    found = Meeting.objects.with_frame().filter(code=digits).first() if len(digits) == CODE_DIGITS else None
    if found is None:
        raise RuleViolation(WRONG_CODE)
    return found


def sign_in_by_code(actor: Actor, code: str) -> Attendance:
    """Sign in with the digits on the screen."""
    return _sign_in(actor, meeting_of_code(actor, code).pk, Way.CODE)


def sign_in_by_key(actor: Actor, key: str) -> Attendance:
    """Sign in by the QR code on the screen."""
    if not has_perm("meetings.sign_in", actor):
        raise NotAllowed("meetings.sign_in")
    meeting = Meeting.objects.filter(key=key).exclude(key="").only("pk").first()
    if meeting is None:
        raise RuleViolation(WRONG_CODE)
    return _sign_in(actor, meeting.pk, Way.QR)


@transaction.atomic
def _sign_in(actor: Actor, meeting_id: int, way: Way) -> Attendance:
    """One's own seat; signing in again after having left takes it anew, signing in twice is the same seat."""
    meeting = shared(meeting_id)
    require_gathering(State(meeting.state), meeting.values, meeting.starts_at, now())
    seat = seat_of(actor, meeting)
    if not seat.may_enter:
        raise RuleViolation(NOT_FOR_YOU)
    row = _enter(meeting, actor.person_id or 0, seat, way)
    tell_room(meeting)
    return row


def _enter(meeting: Meeting, person_id: int, seat: Seat, way: Way) -> Attendance:
    own = Attendance.objects.filter(meeting=meeting, person_id=person_id).first()
    own = own or _entered_for(meeting, person_id)
    if own is not None:
        return _come_back(own, way)
    row = Attendance(meeting=meeting, person_id=person_id, way=way.value, arrived_at=now(), **seat.fields)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # The same person on a second phone, or somebody of the same household, was a moment faster.
        own = Attendance.objects.filter(meeting=meeting, person_id=person_id).first()
        if own is not None:
            return own
        row.household, row.counts = None, False
        row.save()
    return row


def _entered_for(meeting: Meeting, person_id: int) -> Attendance | None:
    """The seat that the clerk entered by name and home for the very person who comes now: it is one seat, not two."""
    if meeting.base not in {Base.PERSONS, Base.HOUSEHOLDS}:
        return None
    home = Residence.objects.filter(unit=OuterRef("unit"), person_id=person_id, state=ResidenceState.CONFIRMED.value)
    named = Attendance.objects.filter(Exists(home.filter(person__real_name=OuterRef("name"))), meeting=meeting)
    own = named.filter(person=None).select_for_update(of=("self",)).first()
    if own is not None:
        own.person_id, own.name = person_id, ""
    return own


def _come_back(own: Attendance, way: Way) -> Attendance:
    """Sit down again; whoever was represented comes in person now."""
    MeetingProxy.objects.filter(seat=own).delete()
    own.left_at, own.way = None, way.value
    own.save(update_fields=["left_at", "way", "person", "name"])
    return own


def tell_room(meeting: Meeting) -> None:
    """Let the screen and the clerk's list count anew, a few times a second at most."""
    tell_crowd(f"meeting.{meeting.pk}", "attendance")


@transaction.atomic
def sign_in_named(actor: Actor, meeting_id: int, named: Named) -> Attendance:
    """The clerk signs in somebody without a phone, or a guest, by name."""
    meeting = _kept(actor, meeting_id)
    name = one_line(named.name)[:40]
    if not name:
        raise RuleViolation(NAME_MISSING)
    row = Attendance(meeting=meeting, name=name, way=Way.CLERK.value, arrived_at=now(), entered_by_id=actor.person_id)
    if not named.is_guest:
        _place_named(meeting, row, named)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise RuleViolation(ALREADY_IN if row.unit_id else SAME_NAME_IN) from None
    audit(actor, meeting, "sign_in_named", detail={"counts": row.counts})
    tell_room(meeting)
    return row


def _place_named(meeting: Meeting, row: Attendance, named: Named) -> None:
    """As whom somebody is counted whom the clerk knows by sight."""
    base = Base(meeting.base)
    if named.unit_id:
        row.unit = get_object_or_404(Place, pk=named.unit_id, path__startswith=meeting.place_path)
        home = {"person__residences__unit": row.unit, "person__residences__state": ResidenceState.CONFIRMED.value}
        if Attendance.objects.filter(meeting=meeting, person__real_name=row.name, **home).exists():
            raise RuleViolation(ALREADY_IN)
    if base == Base.SIDES:
        row.side = MeetingSide.objects.filter(meeting=meeting, pk=named.side_id or 0).first()
        row.counts = row.side is not None
        return
    if base == Base.HOUSEHOLDS:
        row.household = Household.objects.filter(unit_id=named.unit_id or 0).first()
        if row.household is None:
            raise RuleViolation(HOUSEHOLD_MISSING)
    row.counts = base != Base.MEMBERS


@transaction.atomic
def sign_in_listed(actor: Actor, meeting_id: int, *, invitation_id: int) -> Attendance:
    """The clerk ticks somebody off the list."""
    meeting = _kept(actor, meeting_id)
    invitation = get_object_or_404(Invitation, pk=invitation_id, meeting=meeting)
    own = Attendance.objects.filter(meeting=meeting, invitation=invitation).first()
    own = own or Attendance.objects.filter(meeting=meeting, person_id=invitation.person_id or 0).first()
    if own is None:
        own = Attendance.objects.create(
            meeting=meeting,
            invitation=invitation,
            person_id=invitation.person_id,
            name=invitation.name,
            side=invitation.side,
            counts=invitation.capacity == Capacity.MEMBER,
            way=Way.CLERK.value,
            entered_by_id=actor.person_id,
            arrived_at=now(),
        )
    elif own.left_at is not None:
        _come_back(own, Way.CLERK)
    audit(actor, meeting, "sign_in_listed")
    tell_room(meeting)
    return own


def _kept(actor: Actor, meeting_id: int) -> Meeting:
    """The meeting whose room this actor keeps, gathering now; not locked against those who sign in themselves."""
    meeting = get_object_or_404(Meeting.objects.visible_to(actor), pk=meeting_id)
    if not has_perm("meetings.keep", actor, meeting):
        raise NotAllowed("meetings.keep")
    meeting = shared(meeting.pk)
    require_gathering(State(meeting.state), meeting.values, meeting.starts_at, now())
    return meeting


@transaction.atomic
def leave(actor: Actor, meeting_id: int) -> None:
    """Leave before the end; one counts no longer, nor do those one stands for. Who was there at the end stays there."""
    meeting = shared(meeting_id)
    if meeting.state not in GATHERING:
        raise RuleViolation(NOT_GATHERING)
    own = get_object_or_404(Attendance, meeting=meeting, person_id=actor.person_id, left_at__isnull=True)
    _gone(meeting, own)


@transaction.atomic
def mark_left(actor: Actor, meeting_id: int, *, attendance_id: int) -> None:
    """The clerk notes that somebody has left."""
    meeting = _kept(actor, meeting_id)
    _gone(meeting, get_object_or_404(Attendance, meeting=meeting, pk=attendance_id, left_at__isnull=True))
    audit(actor, meeting, "mark_left")


def _gone(meeting: Meeting, own: Attendance) -> None:
    at = now()
    own.left_at = at
    own.save(update_fields=["left_at"])
    Attendance.objects.filter(proxy__agent=own, left_at__isnull=True).update(left_at=at)
    own.hands.filter(called_at__isnull=True, lowered_at__isnull=True).update(lowered_at=at)
    own.hands.filter(called_at__isnull=False, ended_at__isnull=True).update(ended_at=at)
    tell_room(meeting)


@transaction.atomic
def accept_proxy(
    actor: Actor, meeting_id: int, *, seat: Named, agent_id: int, powers: str, paper: File | None = None
) -> MeetingProxy:
    """Somebody in the room stands for somebody who is not, by a written authority that the clerk keeps.

    Its picture is opened by whoever keeps the room alone.
    """
    meeting = _kept(actor, meeting_id)
    agent = Attendance.objects.select_for_update().filter(meeting=meeting, pk=agent_id, left_at__isnull=True).first()
    if agent is None or hasattr(agent, "proxy"):
        raise RuleViolation(AGENT_MISSING)
    held = MeetingProxy.objects.filter(agent=agent).count()
    require_proxy(MeetingKind(meeting.kind), Base(meeting.base), meeting.values, held=held, powers=powers)
    if one_line(seat.name) and one_line(seat.name) == agent.name:
        raise RuleViolation(SELF_PROXY)
    row = sign_in_named(actor, meeting_id, seat)
    kept = attach_closed(actor, meeting.matter, paper, caption=str(_("参会委托书"))) if paper else None
    words = {"powers": powers.strip()[:200], "paper": kept, "at": now()}
    proxy = MeetingProxy.objects.create(meeting=meeting, seat=row, agent=agent, **words)
    audit(actor, meeting, "accept_proxy")
    return proxy
