"""The joint meeting of a thread: called here, held, minuted and signed in `meetings`, heard of when that moves on."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from xieshang.community.queries import actor_for
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import today
from xieshang.lib.days import day_of
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.refusals import later as _later
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting, MinutesSignature
from xieshang.meetings.rules import Mark, MeetingKind

from ...models import Side, Thread
from ...queries.threads.facts import sides_of
from ...rules.threads import Origin, State, Step
from .moving import _moving, locked, refuse, set_due
from .promising import Word, _promised
from .seating import STANDS_IN

VENUE_MISSING = Refusal("venue_missing", _later("请写明在哪里开会。"))
GIVEN_NAMES = frozenset({Mark.SIGNED.value, Mark.ON_PAPER.value})


def call_meeting(actor: Actor, thread_id: int, *, starts_at: datetime, venue: str) -> Thread:
    """Call the sides together: a joint meeting is planned with them, and its notice goes out, three days before."""
    refuse(None if venue.strip() else VENUE_MISSING)
    day = day_of(starts_at)
    given: dict[str, Any] = {"meeting_on": day, "notice_days": (day - today()).days}
    with _moving(actor, thread_id, Step.CALL_MEETING, **given) as thread:
        meeting = meetings.call_meeting(
            actor,
            kind=MeetingKind.JOINT,
            place=thread.place,
            starts_at=starts_at,
            title=_("%s联席会议") % thread.title[:70],
            venue=venue,
            items=[meetings.Item(thread.title, of=thread.matter)],
            sides=[_seat(side) for side in sides_of(thread)],
            of_matter=thread.matter,
        )
        meetings.notify(actor, meeting.pk)
        thread.meeting, thread.meeting_at, thread.meeting_place = meeting.matter, starts_at, venue.strip()[:80]
        thread.adjourned = 0
    return thread


def _seat(side: Side) -> meetings.Side:
    """A side as the meeting seats it: the invited are heard, but it is held without them too."""
    body = None if side.is_filled else side.body
    stands_in = str(STANDS_IN) if side.is_filled else ""
    rows = side.representatives.filter(ended_at=None) if side.is_filled else side.representatives.none()
    people = tuple(rows.order_by("pk").values_list("person_id", flat=True))
    return meetings.Side(side.name, body, is_needed=side.is_standing, stands_in=stands_in, people=people)


def thread_of(meeting: Meeting, state: State) -> Thread | None:
    """The thread that this meeting is held about, while it stands there."""
    return Thread.objects.filter(meeting=meeting.matter_id, state=state.value).first()


def meeting_moved(meeting: Meeting) -> None:
    """It was put off, or adjourned because a side did not come: the thread waits for the other day."""
    thread = thread_of(meeting, State.MEETING)
    if thread is None:
        return
    if meeting.was_adjourned and not thread.adjourned:
        with _moving(SYSTEM, thread.pk, Step.ADJOURN, sides_present=0, meeting_on=today()) as thread:
            thread.adjourned, thread.meeting_at = 1, meeting.starts_at
        return
    thread = locked(SYSTEM, thread.pk)
    thread.meeting_at = meeting.starts_at
    set_due(thread)


def meeting_closed(meeting: Meeting) -> None:
    """The meeting is over: its minutes are drafted; who was absent stands with the step."""
    thread = thread_of(meeting, State.MEETING)
    if thread is None:
        return
    opened: dict[str, Any] = meeting.opened_with or {}
    missing = opened.get("missing") or []
    given: dict[str, Any] = {
        "sides": int(opened.get("expected") or 0),
        "sides_present": int(opened.get("present") or 0),
        "adjourned": int(meeting.was_adjourned),
        "absence_noted": True,
        "meeting_on": meeting.starts_on,
    }
    note = _("缺席：%s") % "、".join(missing) if missing else ""
    with _moving(SYSTEM, thread.pk, Step.DRAFT_MINUTES, note=note, **given):
        pass


def minutes_signed(meeting: Meeting) -> None:
    """Every side has signed, or said why not, or let the days pass: what a side signed to do binds it from here on."""
    thread = thread_of(meeting, State.MINUTES_DRAFT)
    if thread is None:
        return
    lines = list(MinutesSignature.objects.filter(minutes__meeting=meeting).select_related("body", "by"))
    marks = [line.mark for line in lines]
    given: dict[str, Any] = {
        "sides": len(lines),
        "signed": sum(mark in GIVEN_NAMES for mark in marks),
        "refused_with_reason": marks.count(Mark.REFUSED.value),
        "silent": marks.count(Mark.SILENT.value),
    }
    note = "；".join(f"{line.name}不签：{line.reason}" for line in lines if line.mark == Mark.REFUSED.value)
    with _moving(SYSTEM, thread.pk, Step.CONFIRM, note=note, **given) as thread:
        pass
    _bind_signers(thread, meeting, [line for line in lines if line.mark in GIVEN_NAMES])


def _bind_signers(thread: Thread, meeting: Meeting, signed: list[MinutesSignature]) -> None:
    """What the table of the minutes says a side will do, and was not promised before, by whoever signed for it."""
    known = set(thread.commitments.values_list("item__what", flat=True))
    sides = {side.body_id: side for side in thread.sides.select_related("body") if not side.is_filled}
    for row in meeting.minutes.actions:
        line = next((one for one in signed if one.body and _speaks_of(str(row["who"]), one)), None)
        side = sides.get(line.body_id) if line else None
        if line is None or side is None or row["what"] in known:
            continue
        actor = actor_for(line.by, line.office_id)
        word = Word(row["what"], _answerer(str(row["who"]), line), date.fromisoformat(row["due"]), row["proof"])
        side.thread = thread
        try:
            _promised(actor, side, word, Origin.MINUTES, None)
        except (NotAllowed, RuleViolation):
            # A day that has passed while the sides signed, or an office that ended meanwhile: it stands in the minutes.
            continue


def _speaks_of(who: str, line: MinutesSignature) -> bool:
    """Whether the words for who does it begin with the name of the side that signed."""
    body = line.body
    return body is not None and (who.startswith((body.name, body.short_name)))


def _answerer(who: str, line: MinutesSignature) -> str:
    """Who answers for it within the body; where nobody is named, whoever signed."""
    body = line.body
    for name in (body.name, body.short_name) if body else ():
        if who.startswith(name):
            who = who.removeprefix(name)
            break
    return who.strip(" ·，,") or (line.office.title if line.office else line.name)
