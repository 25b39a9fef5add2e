"""Opening a meeting, going through its agenda, closing it."""

from django.db import transaction

from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.refusals import RuleViolation

from .. import hooks
from ..models import Meeting
from ..queries.facts import numbers_of, presence_of
from ..queries.motions import open_motions
from ..rules import State, Step
from ..rules.room import NO_ITEM, NOT_SPEAKING_TIME
from .motions import show_room
from .moving import _moving, audit, hands_down, locked, take_in_hand, tell_pages


def open_meeting(actor: Actor, meeting_id: int) -> Meeting:
    """Declare it open: enough are there, or its sides were asked twice and the absence of some is noted."""
    with _moving(actor, meeting_id, Step.OPEN) as meeting:
        meeting.opened_at = now()
        meeting.opened_with = numbers_of(presence_of(meeting))
        meeting.at_item = meeting.agenda.values_list("position", flat=True).first()
        for hear in hooks.on_opened:
            hear(meeting)
    return meeting


@transaction.atomic
def take_up(actor: Actor, meeting_id: int, *, position: int) -> Meeting:
    """Take an item of the agenda in hand; hands that were up on another go down."""
    meeting = locked(actor, meeting_id, "keep")
    if meeting.state != State.OPEN:
        raise RuleViolation(NOT_SPEAKING_TIME)
    item = meeting.agenda.filter(position=position).first()
    if item is None:
        raise RuleViolation(NO_ITEM)
    take_in_hand(meeting, item.position)
    audit(actor, meeting, "take_up", detail={"item": item.position})
    show_room(meeting)
    tell_pages(meeting, "moved")
    return meeting


def close_meeting(actor: Actor, meeting_id: int) -> Meeting:
    """Close it; nobody signs in any more, and its minutes can be drafted from what happened."""
    with _moving(actor, meeting_id, Step.CLOSE, motions_open=open_motions(meeting_id)) as meeting:
        at = now()
        meeting.closed_at, meeting.at_item = at, None
        meeting.code, meeting.key = "", ""
        hands_down(meeting, at)
        for hear in hooks.on_closed:
            hear(meeting)
    return meeting
