"""From the joint meeting to the end: minutes, doing, the residents' rating, and what is handed on elsewhere."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from xieshang.community.models import Office
from xieshang.lib.actor import Actor
from xieshang.lib.clock import day_of, today
from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _
from xieshang.matters.models import Matter
from xieshang.matters.rules import LinkKind
from xieshang.matters.services import link
from xieshang.notify.services import send
from xieshang.outcomes.services import open_rating

from ...models import Side, Thread
from ...rules.threads import Step, rated_until
from .moving import _moving, refuse

VENUE_MISSING = Refusal("venue_missing", _("请写明在哪里开会。"))


@transaction.atomic
def call_meeting(
    actor: Actor, thread_id: int, *, starts_at: datetime, venue: str, meeting: Matter | None = None
) -> Thread:
    """Call the sides together after notice of three days; a meeting that is kept elsewhere is tied to the thread."""
    refuse(None if venue.strip() else VENUE_MISSING)
    day = day_of(starts_at)
    given = {"meeting_on": day, "notice_days": (day - today()).days}
    with _moving(actor, thread_id, Step.CALL_MEETING, **given) as thread:
        thread.meeting_at, thread.meeting_place, thread.adjourned = starts_at, venue.strip(), 0
        thread.meeting = meeting
        if meeting is not None:
            link(thread.matter, meeting, LinkKind.RELATED)
    _tell_sides(thread, _("联席会议%(day)s在%(venue)s召开。") % {"day": f"{day.month}月{day.day}日", "venue": venue})
    return thread


def _tell_sides(thread: Thread, body: str) -> None:
    """Tell everybody in office at the table, and those who represent."""
    bodies = thread.sides.exclude(body=None).values("body")
    people = set(Office.objects.running(today()).filter(body__in=bodies).values_list("person_id", flat=True))
    named = thread.sides.filter(representatives__ended_at=None, representatives__isnull=False)
    people |= set(named.values_list("representatives__person_id", flat=True))
    send(people, title=thread.title, body=body, number=thread.matter.number, url=thread.get_absolute_url())


def adjourn(actor: Actor, thread_id: int, *, present: Collection[int], absence: str, starts_at: datetime) -> Thread:
    """Put the meeting off, once, because a side did not come; `present` are ids of sides."""
    given = {"sides_present": _standing_present(thread_id, present)}
    with _moving(actor, thread_id, Step.ADJOURN, note=absence, **given) as thread:
        thread.adjourned, thread.meeting_at = thread.adjourned + 1, starts_at
    return thread


def draft_minutes(actor: Actor, thread_id: int, *, present: Collection[int], absence: str = "") -> Thread:
    """The meeting was held: with every side, or after one adjournment with the absence noted and its reason."""
    given = {"sides_present": _standing_present(thread_id, present), "absence_noted": bool(absence.strip())}
    with _moving(actor, thread_id, Step.DRAFT_MINUTES, note=absence, **given) as thread:
        pass
    return thread


def _standing_present(thread_id: int, present: Collection[int]) -> int:
    return sum(side.is_standing for side in Side.objects.filter(thread=thread_id, pk__in=set(present)))


def confirm(actor: Actor, thread_id: int, *, signed: Collection[int], refusals: Mapping[int, str]) -> Thread:
    """Every side has signed the minutes, or has said why it does not; ids of sides, reasons by id."""
    reasons = {side: reason.strip() for side, reason in refusals.items() if reason.strip()}
    given = {
        "signed": _standing_present(thread_id, signed),
        "refused_with_reason": _standing_present(thread_id, set(reasons) - set(signed)),
    }
    with _moving(actor, thread_id, Step.CONFIRM, note="；".join(reasons.values()), **given) as thread:
        pass
    return thread


def talk_again(actor: Actor, thread_id: int, *, reason: str, positions_due: date) -> Thread:
    """Nothing was agreed: the sides take their stand once more."""
    given = {"reason_given": bool(reason.strip()), "positions_due": positions_due}
    with _moving(actor, thread_id, Step.TALK_AGAIN, note=reason, **given) as thread:
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
    """It is settled, and the time for rating is over."""
    with _moving(actor, thread_id, Step.CLOSE, note=note) as thread:
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
    with _moving(actor, thread_id, step, note=reason, reason_given=bool(reason.strip())) as thread:
        pass
    return thread


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
