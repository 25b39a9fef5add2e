"""By when: the deadline of every state, what falls due by itself, and when the body above sees a delay."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from xieshang.lib.workdays import PUBLISHED, Calendar, add_workdays, count_days, workdays_between

from .course import TIMED
from .facts import Facts
from .guards import missing_for
from .settings import Values, value
from .states import PartyOpinion, State, Step, Who

Stated = Callable[[Facts], date | None]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The limit of a state and whose it is: a key of the rule set with its unit (wd or d), or a day stated somewhere.

    `since` is the day that starts the count when it is not the day the state began.
    """

    who: Who
    key: str = ""
    unit: str = ""
    stated: Stated | None = None
    since: Stated | None = None


def _opinion_since(facts: Facts) -> date | None:
    days = (facts.last_session_on, facts.discussion_last_day, facts.opinion_sent_back_on)
    return max((day for day in days if day is not None), default=None)


def _carrying_out(facts: Facts) -> date | None:
    days = [day for day in (facts.next_item_due, facts.feedback_by) if day is not None]
    return min(days, default=None)


def _polling(facts: Facts) -> date | None:
    return None if facts.poll_is_closed else facts.poll_last_day


DEADLINES: dict[State, Deadline] = {
    State.SUBMITTED: Deadline(Who.COMMITTEE, "topics.moderation_days", "wd"),
    State.REJECTED_CONTENT: Deadline(Who.AUTHOR, "topics.appeal_days", "d"),
    State.SCREENING: Deadline(Who.COMMITTEE, "topics.screening_days", "wd"),
    State.DISPATCHED: Deadline(Who.RESPONSIBLE, "topics.dispatch_days", "wd"),
    State.HANDLED: Deadline(Who.RESIDENTS, "topics.handled_days", "d"),
    State.REDIRECTED: Deadline(Who.RECEIVER, stated=lambda f: f.receiver_due),
    State.RETURNED: Deadline(Who.AUTHOR, "topics.returned_days", "d"),
    State.PARTY_REVIEW: Deadline(Who.SECRETARY, "topics.party_review_days", "wd"),
    State.ANNOUNCED: Deadline(Who.COMMITTEE, stated=lambda f: f.notice_last_day),
    State.DELIBERATING: Deadline(Who.COMMITTEE, "topics.opinion_days", "wd", since=_opinion_since),
    State.OPINION_FORMED: Deadline(Who.COMMITTEE, "topics.opinion_days", "wd", since=_opinion_since),
    State.VOTING: Deadline(Who.RESIDENTS, stated=_polling),
    State.ESCALATED: Deadline(Who.COMMITTEE, stated=lambda f: f.meeting_planned_on),
    State.PUBLICITY: Deadline(Who.SECRETARY, stated=lambda f: f.publicity_last_day),
    State.TO_OWNERS: Deadline(Who.CONVENER, stated=lambda f: f.owners_by),
    State.ADOPTED: Deadline(Who.SYSTEM, stated=lambda f: f.today),
    State.IMPLEMENTING: Deadline(Who.RESPONSIBLE, stated=_carrying_out),
    State.FEEDBACK: Deadline(Who.RESIDENTS, stated=lambda f: f.evaluation_last_day),
    State.EVALUATED: Deadline(Who.COMMITTEE, "topics.archive_days", "d"),
}

DANGER_STATES = frozenset({State.SCREENING, State.DISPATCHED})
OFFICIAL_STATES = frozenset(
    state for state, limit in DEADLINES.items() if limit.who not in (Who.AUTHOR, Who.RESIDENTS, Who.SYSTEM)
)
OPEN_WINDOWS: dict[State, Stated] = {
    State.ANNOUNCED: lambda f: f.notice_last_day,
    State.DELIBERATING: lambda f: f.discussion_last_day,
    State.VOTING: lambda f: f.poll_last_day,
    State.PUBLICITY: lambda f: f.publicity_last_day,
    State.FEEDBACK: lambda f: f.evaluation_last_day,
}


@dataclass(frozen=True, slots=True)
class Clock:
    """What days are counted with: the numbers in force and the calendar."""

    values: Values
    calendar: Calendar = PUBLISHED


def due_on(state: State, entered_on: date, facts: Facts, clock: Clock) -> date | None:
    """The last day of the present state; None where no limit is set or the clock stands. Extensions only lengthen."""
    limit = DEADLINES.get(state)
    if limit is None or facts.suspended:
        return None
    last_day = limit.stated(facts) if limit.stated else _counted(limit, state, entered_on, facts, clock)
    if last_day is None or facts.extended_to is None:
        return last_day
    return max(last_day, facts.extended_to)


def _counted(limit: Deadline, state: State, entered_on: date, facts: Facts, clock: Clock) -> date:
    """Count the days of the rule set from the day the state began, leaving out the days on which the clock stood."""
    start = (limit.since(facts) if limit.since else None) or entered_on
    urgent = facts.danger and state in DANGER_STATES
    days = value(clock.values, "topics.danger_days" if urgent else limit.key)
    if limit.unit == "wd":
        return count_days(start, days, lambda day: clock.calendar.is_workday(day) and not _stood(day, facts))
    last_day = count_days(start, days, lambda day: not _stood(day, facts))
    while not clock.calendar.is_workday(last_day) or _stood(last_day, facts):
        last_day += timedelta(days=1)
    return last_day


def _stood(day: date, facts: Facts) -> bool:
    return any(stop.first_day <= day <= stop.last_day for stop in facts.stops)


def open_until(state: State, facts: Facts) -> date | None:
    """The last day on which people can still read, speak, take part, object or rate in this state."""
    window = OPEN_WINDOWS.get(state)
    return window(facts) if window else None


def posted_on(net: date | None, boards: tuple[date | None, ...], *, net_is_enough: bool) -> date | None:
    """The day a notice counts as posted: the later of the net and its boards, None while one is missing.

    `boards` holds the day of the dated photo per board; a place may say that the net alone is enough.
    """
    if net is None or net_is_enough:
        return net
    days = [day for day in boards if day is not None]
    return max(net, *days) if boards and len(days) == len(boards) else None


@dataclass(frozen=True, slots=True)
class FallsDue:
    """A step that time takes: which, and the first day on which it holds however late it is recorded."""

    step: Step
    on: date


def falls_due(state: State, entered_on: date, facts: Facts, clock: Clock) -> FallsDue | None:
    """What time does next in this state and from which day; None when time alone does nothing here."""
    step = TIMED.get(state)
    if step is None:
        return None
    if step == Step.START_IMPLEMENTING:
        return FallsDue(step, entered_on)
    last_day = due_on(state, entered_on, facts, clock)
    return FallsDue(step, last_day + timedelta(days=1)) if last_day else None


def timed_step(state: State, entered_on: date, facts: Facts, clock: Clock) -> FallsDue | None:
    """The step that time takes today: it has fallen due and nothing is missing for it. `facts.due` must be filled."""
    due = falls_due(state, entered_on, facts, clock)
    if due is None or facts.today < due.on or missing_for(state, due.step, facts):
        return None
    return due


def workdays_left(due: date, today: date, calendar: Calendar = PUBLISHED) -> int:
    """Working days until a last day, 0 on the day itself, negative when it has gone by (已超几天)."""
    return workdays_between(today, due, calendar)


def is_overdue(due: date | None, today: date) -> bool:
    """Whether a last day has gone by."""
    return due is not None and today > due


def is_shown_above(state: State, facts: Facts, clock: Clock) -> bool:
    """Whether the body above sees it: a study left unanswered at once, any other delay after the set working days."""
    if state == State.PARTY_REVIEW and facts.party_opinion == PartyOpinion.NO_ANSWER:
        return True
    if facts.due is None or facts.suspended or state not in OFFICIAL_STATES:
        return False
    days = value(clock.values, "topics.escalation_visible_days")
    return facts.today > add_workdays(facts.due, days, clock.calendar)
