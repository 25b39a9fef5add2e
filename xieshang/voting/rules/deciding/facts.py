"""Everything the guards look at, as plain values; gathered by the queries, brought by the verbs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from xieshang.lib.workdays import add_workdays, period_after

from .states import State


def first_day_after(posted: date, days: int) -> date:
    """The day after so many clear days, which end on a working day."""
    return period_after(posted, days).last_day + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a decision at one moment."""

    today: date
    now: datetime

    # the draft
    text_given: bool = False
    entry_is_votable: bool = True
    paper_is_sound: bool = True
    is_election: bool = False
    is_whole_committee: bool = False
    candidates: int = 0
    seats: int | None = None
    seats_least: int = 5
    seats_most: int = 11
    is_smaller_scope: bool = False
    smaller_scope_allowed: bool = False
    scope_source_given: bool = False
    convener_is_owners_body: bool = True
    convener_source_given: bool = False
    deemed: bool = False
    deemed_clause_given: bool = False
    paper_place_given: bool = False
    drafted_by: int | None = None
    class_is_confirmed: bool = False

    # the advice
    opinion_due: date | None = None
    opinion_is_given: bool = False

    # the window
    opens_on: date | None = None
    closes_at: datetime | None = None
    closes_on: date | None = None
    opens_at: datetime | None = None
    notice_days: int = 15
    window_days_least: int = 5
    window_days_most: int = 60
    may_extend: bool = False
    was_extended: bool = False
    extension_days_most: int = 15

    # the roll
    roll_is_published: bool = False
    roll_last_day: date | None = None
    roll_objections_open: int = 0
    roll_is_frozen: bool = False
    key_is_there: bool = False

    # the count and its publicity
    counts: int = 0
    recounts: int = 0
    count_sheets: int = 0
    papers_waiting: int = 0
    conflicts_open: int = 0
    prelim_last_day: date | None = None
    objections_open: int = 0
    objections_sustained: int = 0
    official_required: bool = False

    # what a verb brings
    acting_person: int | None = None
    reason_given: bool = False
    opinion_text_given: bool = False
    document_given: bool = False
    new_closes_at: datetime | None = None
    new_closes_on: date | None = None

    @property
    def first_open_day(self) -> date:
        """The first day on which a window may open if the notice goes out today: so many clear days lie between.

        A last day of leave moves on to the next working day, so that the clear days only ever get more (民法典第203条).
        """
        return first_day_after(self.today, self.notice_days)

    @property
    def is_heard(self) -> bool:
        """Whether the Party organisation has given its opinion, or had its time for it."""
        return self.opinion_is_given or (self.opinion_due is not None and self.today > self.opinion_due)

    @property
    def window_days(self) -> int:
        """Days of the window, the first and the last both counted."""
        if self.opens_on is None or self.closes_on is None:
            return 0
        return (self.closes_on - self.opens_on).days + 1

    @property
    def is_counted(self) -> bool:
        """Whether there is a count, or the official result, that no recount has been asked of since."""
        return self.counts > self.recounts


def due_on(state: State, since: date, facts: Facts, *, count_workdays: int, announce_days: int) -> date | None:
    """The last day of a state, None where the law and the rules set none."""
    return {
        State.PARTY_CONSULTED: facts.opinion_due,
        State.ROSTER_OPEN: None if facts.roll_is_frozen else facts.roll_last_day,
        State.NOTICE: facts.opens_on,
        State.VOTING: facts.closes_on,
        State.COUNTING: add_workdays(since, count_workdays),
        State.PRELIM_PUBLICITY: facts.prelim_last_day,
        State.DECIDED: since + timedelta(days=announce_days),
    }.get(state)
