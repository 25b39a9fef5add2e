"""Motions: brought under an item of the agenda, put to those present, counted, told to the room at once."""

from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse

from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.refusals import RuleViolation
from xieshang.live.services import show
from xieshang.voting import services as voting
from xieshang.voting.models import RightUsed, Vote, VoteCount
from xieshang.voting.queries import my_seat
from xieshang.voting.rules import Kind, room

from ..models import Meeting, Motion
from ..queries.facts import facts_of
from ..queries.motions import ShownMotion, latest, minutes_are_out, open_motions, people_present, shown_motions
from ..rules import MeetingKind, MotionState, MotionStep, MotionWay, State
from ..rules.motions import (
    ADVICE,
    BASES,
    MINUTES_SIGNED,
    NOT_IN_SESSION,
    Asked,
    next_motion_state,
    require_motion,
    require_put,
    rule_of_motion,
    seats_of,
)
from .moving import audit, locked, take_in_hand, tell_pages

WORDS_MOST = 80
# The pieces of a page that the room is shown, and for whom each is drawn.
SLOTS: dict[str, tuple[str, dict[str, object]]] = {
    "motion": ("meetings/parts/motion_now.html", {}),
    "motion-watch": ("meetings/parts/motion_now.html", {"watch": True}),
    "motion-screen": ("meetings/parts/motion_screen.html", {}),
}


@transaction.atomic
def bring_motion(
    actor: Actor, meeting_id: int, *, item_id: int | None, words: str, way: MotionWay, text: str = ""
) -> Motion:
    """Write down what is to be voted on: only under an item that the notice named."""
    meeting = locked(actor, meeting_id, "keep")
    if meeting.state != State.OPEN:
        raise RuleViolation(NOT_IN_SESSION)
    item = meeting.agenda.filter(pk=item_id or 0).first()
    kind, said = MeetingKind(meeting.kind), " ".join(words.split())[:WORDS_MOST]
    require_motion(Asked(kind, said, item.title if item else None, bool(item and item.is_voted)))
    number = (meeting.motions.aggregate(last=Max("number"))["last"] or 0) + 1
    motion = Motion.objects.create(
        meeting=meeting,
        item=item,
        number=number,
        words=said,
        text=text.strip(),
        way=MotionWay(way).value,
        brought_by_id=actor.person_id,
        brought_in_id=actor.office.id if actor.office else None,
        brought_at=now(),
    )
    audit(actor, meeting, "bring_motion", detail={"number": number, "way": motion.way})
    tell_pages(meeting, "motions")
    return motion


def _locked_motion(actor: Actor, motion_id: int) -> Motion:
    """The motion with its meeting, alone, for whoever keeps the room."""
    motion = get_object_or_404(Motion.objects.filter(meeting__in=Meeting.objects.visible_to(actor)), pk=motion_id)
    meeting = locked(actor, motion.meeting_id, "keep")
    motion = Motion.objects.select_related("vote__matter__place", "item").get(pk=motion_id)
    motion.meeting = meeting
    return motion


@transaction.atomic
def withdraw_motion(actor: Actor, motion_id: int) -> Motion:
    """Take back a motion that was not put yet."""
    motion = _locked_motion(actor, motion_id)
    motion.state = next_motion_state(MotionState(motion.state), MotionStep.WITHDRAW).value
    motion.save(update_fields=["state"])
    audit(actor, motion.meeting, "withdraw_motion", detail={"number": motion.number})
    tell_pages(motion.meeting, "motions")
    return motion


@transaction.atomic
def put_motion(actor: Actor, motion_id: int) -> Motion:
    """Put it to those who are there at this instant: they are its roll, and enough of them there must be."""
    motion = _locked_motion(actor, motion_id)
    meeting, state = motion.meeting, MotionState(motion.state)
    facts = facts_of(meeting, now())
    enough = facts.has_quorum or facts.may_note_absence
    after = require_put(state, State(meeting.state), another_open=open_motions(meeting.pk) > 0, has_quorum=enough)
    kind, base = facts.kind, facts.base
    seats = seats_of(base, people_present(meeting))
    rule = rule_of_motion(kind, base, meeting.values, expected=facts.presence.expected, present=len(seats))
    given = voting.Motion(
        question=motion.words,
        scope=meeting.matter.place,
        base=BASES[base],
        rule=rule,
        url=reverse("meetings:motions", args=[meeting.pk]),
        is_secret=motion.way == MotionWay.SECRET,
        is_advice=kind in ADVICE,
    )
    motion.vote, motion.state = voting.put_to_room(actor, meeting.matter, given, seats), after.value
    motion.save(update_fields=["vote", "state"])
    if meeting.at_item != motion.item.position:
        take_in_hand(meeting, motion.item.position)
        tell_pages(meeting, "moved")
    audit(actor, meeting, "put_motion", detail={"number": motion.number, "present": len(seats)})
    show_room(meeting)
    return motion


def show_room(meeting: Meeting) -> None:
    """After commit, put the motion or its result before everybody in the room, on every phone and on the screen."""
    current = latest(shown_motions(meeting))
    show(f"meeting.{meeting.pk}", {slot: _piece(slot, current, meeting) for slot in SLOTS})
    tell_pages(meeting, "motions")


def _piece(slot: str, current: ShownMotion | None, meeting: Meeting) -> str:
    template, more = SLOTS[slot]
    return render_to_string(template, {"now": current, "meeting": meeting, **more}).strip()


@transaction.atomic
def vote_on_motion(actor: Actor, motion_id: int, *, option_id: int, right_id: int | None = None) -> None:
    """Vote as one who is there; whoever acts for another names whose right it is for the second time."""
    vote = get_object_or_404(Vote.objects.visible_to(actor), motion=motion_id)
    seat = my_seat(actor, vote)
    if right_id is None and seat.used:
        raise RuleViolation(room.VOTED_HERE)
    right_id = right_id or seat.right_id
    if vote.kind == Kind.ROOM_SECRET:
        voting.cast_in_room(actor, vote.pk, option_id, right_id=right_id)
        return
    voting.cast(actor, vote.pk, option_ids=[option_id], key=f"room-{right_id}", right_id=right_id)


@transaction.atomic
def hand_out_slip(actor: Actor, motion_id: int, *, right_id: int) -> RightUsed:
    """A paper in a secret motion for somebody who has no phone."""
    motion = _locked_motion(actor, motion_id)
    return voting.hand_out_slip(actor, motion.vote_id or 0, right_id)


@transaction.atomic
def count_motion(actor: Actor, motion_id: int, counted: voting.Counted | None = None) -> VoteCount:
    """End the vote and count it, with the hands or papers counted in the room; the room sees the result at once."""
    motion = _locked_motion(actor, motion_id)
    next_motion_state(MotionState(motion.state), MotionStep.COUNT)
    kept = voting.close_room(actor, motion.vote_id or 0, counted)
    audit(actor, motion.meeting, "count_motion", detail={"number": motion.number, "outcome": kept.outcome})
    return kept


def motion_closed(vote: Vote) -> None:
    """A vote is over, by its chair or by time: if it is a motion, the meeting moves on and the room is told."""
    motion = Motion.objects.filter(vote=vote).first()
    if motion is None:
        return
    motion.state = next_motion_state(MotionState(motion.state), MotionStep.COUNT).value
    motion.save(update_fields=["state"])
    show_room(Meeting.objects.with_frame().get(pk=motion.meeting_id))


@transaction.atomic
def recount_motion(actor: Actor, motion_id: int, counted: voting.Counted, *, reason: str) -> VoteCount:
    """Count hands or papers once more, with the reason, until the minutes leave the desk."""
    motion = _locked_motion(actor, motion_id)
    if minutes_are_out(motion.meeting):
        raise RuleViolation(MINUTES_SIGNED)
    kept = voting.recount_room(actor, motion.vote_id or 0, counted, reason=reason)
    audit(actor, motion.meeting, "recount_motion", detail={"number": motion.number, "outcome": kept.outcome})
    show_room(motion.meeting)
    return kept
