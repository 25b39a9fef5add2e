"""The speakers' list: hands first, so many turns of so many minutes, one at a time (社区协商议事规则)."""

from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404

from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.refusals import RuleViolation
from xieshang.live.services import tell_crowd

from ..models import AgendaItem, Attendance, Hand, Meeting
from ..queries.speaking import turns_of, waiting_hands
from ..rules import State, require_hand
from ..rules.room import HAND_UP_ALREADY, ITEM_MISSING, NOT_IN_ROOM, NOT_SPEAKING_TIME, SOMEBODY_SPEAKS
from .moving import audit, locked, shared


@transaction.atomic
def raise_hand(actor: Actor, meeting_id: int) -> Hand:
    """Ask to speak on the item in hand."""
    meeting = shared(meeting_id)
    own = Attendance.objects.filter(meeting=meeting, person_id=actor.person_id, left_at__isnull=True).first()
    if own is None:
        raise RuleViolation(NOT_IN_ROOM)
    return _raise(meeting, own)


@transaction.atomic
def raise_hand_for(actor: Actor, meeting_id: int, *, attendance_id: int) -> Hand:
    """Whoever keeps the room puts somebody on the list who raised a real hand."""
    meeting = locked(actor, meeting_id, "keep")
    return _raise(meeting, get_object_or_404(Attendance, meeting=meeting, pk=attendance_id, left_at__isnull=True))


def _raise(meeting: Meeting, speaker: Attendance) -> Hand:
    item = item_in_hand(meeting)
    require_hand(meeting.values, turns_of(item, speaker))
    try:
        with transaction.atomic():
            hand = Hand.objects.create(meeting=meeting, item=item, speaker=speaker, raised_at=now())
    except IntegrityError:
        raise RuleViolation(HAND_UP_ALREADY) from None
    tell_crowd(f"meeting.{meeting.pk}", "hands")
    return hand


def item_in_hand(meeting: Meeting) -> AgendaItem:
    """The item that is talked over; RuleViolation while there is none."""
    if meeting.state != State.OPEN:
        raise RuleViolation(NOT_SPEAKING_TIME)
    item = meeting.agenda.filter(position=meeting.at_item).first() if meeting.at_item else None
    if item is None:
        raise RuleViolation(ITEM_MISSING)
    return item


@transaction.atomic
def lower_hand(actor: Actor, meeting_id: int) -> None:
    """Take one's hand down again, or say that one has finished."""
    meeting = shared(meeting_id)
    mine = meeting.hands.filter(speaker__person_id=actor.person_id, ended_at__isnull=True)
    mine.filter(called_at__isnull=True, lowered_at__isnull=True).update(lowered_at=now())
    mine.filter(called_at__isnull=False).update(ended_at=now())
    tell_crowd(f"meeting.{meeting.pk}", "hands")


@transaction.atomic
def call_speaker(actor: Actor, meeting_id: int, *, hand_id: int | None = None) -> Hand | None:
    """Give the floor to the next on the list, or to one named; nobody is called while somebody speaks."""
    meeting = locked(actor, meeting_id, "keep")
    item = item_in_hand(meeting)
    if meeting.hands.filter(called_at__isnull=False, ended_at__isnull=True).exists():
        raise RuleViolation(SOMEBODY_SPEAKS)
    waiting = waiting_hands(item)
    hand = next((hand for hand in waiting if hand_id in {None, hand.pk}), None)
    if hand is not None:
        hand.called_at = now()
        hand.save(update_fields=["called_at"])
        audit(actor, meeting, "call_speaker", detail={"item": item.position})
        tell_crowd(f"meeting.{meeting.pk}", "hands")
    return hand


@transaction.atomic
def end_turn(actor: Actor, meeting_id: int) -> None:
    """The turn is over: said by whoever keeps the room."""
    meeting = locked(actor, meeting_id, "keep")
    meeting.hands.filter(called_at__isnull=False, ended_at__isnull=True).update(ended_at=now())
    tell_crowd(f"meeting.{meeting.pk}", "hands")
