"""From the signed minutes to the end: doing, the residents' rating, and what is handed on elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import today
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting
from xieshang.meetings.rules import State as MeetingState
from xieshang.outcomes.services import open_rating

from ...models import Thread
from ...rules.threads import STEP_LABELS, Step, rated_until
from .moving import _moving


def talk_again(actor: Actor, thread_id: int, *, reason: str, positions_due: date) -> Thread:
    """Nothing was agreed: the sides take their stand once more."""
    with _leaving_meeting(actor, thread_id, Step.TALK_AGAIN, reason, positions_due=positions_due) as thread:
        thread.positions_due, thread.meeting_at, thread.meeting = positions_due, None, None
    return thread


def start_actions(actor: Actor, thread_id: int, *, note: str = "") -> Thread:
    """What was agreed is carried out; refused for what only the owners decide."""
    with _moving(actor, thread_id, Step.START_ACTIONS, note=note) as thread:
        pass
    return thread


def verify(actor: Actor, thread_id: int, *, note: str = "") -> Thread:
    """The committee has found every commitment done: the residents concerned are asked how it went."""
    with _moving(actor, thread_id, Step.VERIFY, note=note) as thread:
        thread.rated_until = rated_until(today(), thread.values)
        open_rating(thread.matter, thread.rated_until)
    return thread


def not_solved(actor: Actor, thread_id: int, *, reason: str) -> Thread:
    """The residents say that it is not solved: it goes on, with new commitments or old ones reopened."""
    with _moving(actor, thread_id, Step.NOT_SOLVED, note=reason, reason_given=bool(reason.strip())) as thread:
        thread.rated_until = None
    return thread


def close(actor: Actor, thread_id: int, *, note: str = "") -> Thread:
    """It is settled, and the time for rating is over; where more found it unsolved, the note says why all the same."""
    with _moving(actor, thread_id, Step.CLOSE, note=note, reason_given=bool(note.strip())) as thread:
        thread.result = note.strip()
    return thread


def escalate(actor: Actor, thread_id: int, *, reason: str) -> Thread:
    """The street is asked to bring the sides together."""
    return _hand_on(actor, thread_id, Step.ESCALATE, reason)


def hand_to_owners(actor: Actor, thread_id: int, *, reason: str) -> Thread:
    """Only the owners together decide it: what the sides said is advice to them."""
    return _hand_on(actor, thread_id, Step.HAND_TO_OWNERS, reason)


def mediate(actor: Actor, thread_id: int, *, reason: str) -> Thread:
    """The people's mediation committee takes it on."""
    return _hand_on(actor, thread_id, Step.MEDIATE, reason)


def go_to_law(actor: Actor, thread_id: int, *, reason: str) -> Thread:
    """It goes to a court or to arbitration."""
    return _hand_on(actor, thread_id, Step.GO_TO_LAW, reason)


def _hand_on(actor: Actor, thread_id: int, step: Step, reason: str) -> Thread:
    with _leaving_meeting(actor, thread_id, step, reason) as thread:
        pass
    return thread


@contextmanager
def _leaving_meeting(actor: Actor, thread_id: int, step: Step, reason: str, **given: Any) -> Iterator[Thread]:
    """Go another way than the joint meeting: one that is still called is called off, those asked to come hear why.

    The meeting is locked before the thread, as it is when the meeting moves the thread.
    """
    with transaction.atomic():
        called = Meeting.objects.filter(matter__in=Thread.objects.filter(pk=thread_id).values("meeting"))
        meeting = called.filter(state__in=[MeetingState.NOTICED, MeetingState.ADJOURNED]).select_for_update().first()
        with _moving(actor, thread_id, step, note=reason, reason_given=bool(reason.strip()), **given) as thread:
            yield thread
        if meeting:
            meetings.cancel(
                SYSTEM, meeting.pk, reason=_("%(step)s：%(why)s") % {"step": STEP_LABELS[step], "why": reason}
            )


def send_back(actor: Actor, thread_id: int, *, reason: str, positions_due: date) -> Thread:
    """Street or mediators give it back: the sides take their stand anew."""
    given = {"reason_given": bool(reason.strip()), "positions_due": positions_due}
    with _moving(actor, thread_id, Step.SEND_BACK, note=reason, **given) as thread:
        thread.positions_due, thread.meeting_at, thread.meeting = positions_due, None, None
    return thread


def settle(actor: Actor, thread_id: int, *, result: str) -> Thread:
    """What came of it elsewhere, and the end."""
    return _with_result(actor, thread_id, Step.SETTLE, result)


def owners_passed(actor: Actor, thread_id: int, *, result: str) -> Thread:
    """The owners have decided for it: the sides carry it out."""
    return _with_result(actor, thread_id, Step.OWNERS_PASSED, result)


def owners_failed(actor: Actor, thread_id: int, *, result: str) -> Thread:
    """The owners' vote has formed no decision."""
    return _with_result(actor, thread_id, Step.OWNERS_FAILED, result)


def _with_result(actor: Actor, thread_id: int, step: Step, result: str) -> Thread:
    with _moving(actor, thread_id, step, note=result, result_given=bool(result.strip())) as thread:
        thread.result = result.strip()
    return thread
