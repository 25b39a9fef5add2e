"""By when: working days, leave, danger, suspension, and what falls due by itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.topics.rules_ready import READY, TODAY
from xieshang.lib.workdays import Calendar
from xieshang.topics.rules import (
    COURSE,
    DEADLINES,
    DEFAULTS,
    ENDS,
    SETTINGS,
    Clock,
    Facts,
    FallsDue,
    PartyOpinion,
    State,
    Step,
    Stop,
    due_on,
    falls_due,
    is_lifted,
    is_overdue,
    is_shown_above,
    least_notice_days,
    next_state,
    open_until,
    posted_on,
    timed_step,
    value,
    workdays_left,
)

CLOCK = Clock({})
FRIDAY = date(2026, 11, 20)
PLAIN = Facts(today=FRIDAY)


@pytest.mark.parametrize(
    ("state", "entered_on", "last_day"),
    [
        (State.SUBMITTED, FRIDAY, date(2026, 11, 23)),
        (State.REJECTED_CONTENT, FRIDAY, date(2026, 12, 7)),
        (State.SCREENING, FRIDAY, date(2026, 11, 27)),
        (State.SCREENING, date(2026, 9, 30), date(2026, 10, 13)),
        (State.SCREENING, date(2026, 2, 12), date(2026, 2, 26)),
        (State.DISPATCHED, FRIDAY, date(2026, 11, 27)),
        (State.HANDLED, date(2026, 3, 28), date(2026, 4, 7)),
        (State.RETURNED, FRIDAY, date(2026, 12, 21)),
        (State.PARTY_REVIEW, FRIDAY, date(2026, 11, 27)),
        (State.EVALUATED, FRIDAY, date(2026, 12, 7)),
    ],
)
def test_a_state_lasts_as_long_as_the_rules_say(state, entered_on, last_day):
    assert due_on(state, entered_on, PLAIN, CLOCK) == last_day


@pytest.mark.parametrize("state", [State.SCREENING, State.DISPATCHED])
def test_danger_goes_out_the_same_day_even_on_a_holiday(state):
    holiday = date(2026, 10, 1)
    assert due_on(state, holiday, replace(PLAIN, danger=True), CLOCK) == holiday


def test_danger_shortens_nothing_but_the_first_help():
    assert due_on(State.PARTY_REVIEW, FRIDAY, replace(PLAIN, danger=True), CLOCK) == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("state", "fact"),
    [
        (State.REDIRECTED, "receiver_due"),
        (State.ANNOUNCED, "notice_last_day"),
        (State.VOTING, "poll_last_day"),
        (State.ESCALATED, "meeting_planned_on"),
        (State.PUBLICITY, "publicity_last_day"),
        (State.TO_OWNERS, "owners_by"),
        (State.FEEDBACK, "evaluation_last_day"),
        (State.IMPLEMENTING, "feedback_by"),
        (State.IMPLEMENTING, "next_item_due"),
    ],
)
def test_a_day_that_was_promised_is_the_deadline(state, fact):
    assert due_on(state, FRIDAY, PLAIN, CLOCK) is None
    assert due_on(state, FRIDAY, replace(PLAIN, **{fact: date(2026, 12, 1)}), CLOCK) == date(2026, 12, 1)


def test_the_nearest_promise_counts_while_work_goes_on():
    facts = replace(PLAIN, feedback_by=date(2026, 12, 20), next_item_due=date(2026, 12, 3))
    assert due_on(State.IMPLEMENTING, FRIDAY, facts, CLOCK) == date(2026, 12, 3)


@pytest.mark.parametrize("state", [State.DELIBERATING, State.OPINION_FORMED])
def test_the_opinion_is_due_five_working_days_after_the_last_session_or_the_window(state):
    facts = replace(PLAIN, last_session_on=date(2026, 11, 18), discussion_last_day=FRIDAY)
    assert due_on(state, date(2026, 11, 2), facts, CLOCK) == date(2026, 11, 27)
    later = replace(facts, opinion_sent_back_on=date(2026, 12, 4))
    assert due_on(state, date(2026, 11, 2), later, CLOCK) == date(2026, 12, 11)


@pytest.mark.parametrize("state", sorted({State.DRAFT, State.CORRECTED, *ENDS}))
def test_some_states_have_no_limit(state):
    assert state not in DEADLINES
    assert due_on(state, FRIDAY, PLAIN, CLOCK) is None


def test_a_place_may_set_its_own_days():
    clock = Clock({"topics.screening_days": 2})
    assert due_on(State.SCREENING, FRIDAY, PLAIN, clock) == date(2026, 11, 24)


def test_a_suspended_clock_shows_no_last_day():
    assert due_on(State.SCREENING, FRIDAY, replace(PLAIN, suspended=True), CLOCK) is None


def test_days_on_which_the_clock_stood_are_not_counted():
    stopped = replace(PLAIN, stops=(Stop(date(2026, 11, 23), date(2026, 11, 25)),))
    assert due_on(State.SCREENING, FRIDAY, stopped, CLOCK) == date(2026, 12, 2)
    assert due_on(State.HANDLED, FRIDAY, stopped, CLOCK) == date(2026, 11, 30)


def test_a_suspension_after_the_last_day_changes_nothing():
    stopped = replace(PLAIN, stops=(Stop(date(2026, 12, 20), date(2026, 12, 30)),))
    assert due_on(State.SCREENING, FRIDAY, stopped, CLOCK) == date(2026, 11, 27)


@pytest.mark.parametrize(("to", "last_day"), [(date(2026, 12, 4), date(2026, 12, 4)), (FRIDAY, date(2026, 11, 27))])
def test_an_extension_only_lengthens(to, last_day):
    assert due_on(State.SCREENING, FRIDAY, replace(PLAIN, extended_to=to), CLOCK) == last_day


def test_a_table_loaded_later_moves_the_day():
    loaded = Calendar(holidays=frozenset({date(2027, 1, 1)}), years=frozenset({2027}))
    entered = date(2026, 12, 31)
    assert due_on(State.SUBMITTED, entered, PLAIN, CLOCK) == date(2027, 1, 1)
    assert due_on(State.SUBMITTED, entered, PLAIN, Clock({}, loaded)) == date(2027, 1, 4)


# what time does


@pytest.mark.parametrize(
    ("state", "facts", "step", "on"),
    [
        (State.RETURNED, PLAIN, Step.EXPIRE, date(2026, 12, 22)),
        (State.REJECTED_CONTENT, PLAIN, Step.EXPIRE, date(2026, 12, 8)),
        (State.HANDLED, PLAIN, Step.TAKE_AS_SOLVED, date(2026, 11, 28)),
        (State.PARTY_REVIEW, PLAIN, Step.RECORD_NO_ANSWER, date(2026, 11, 28)),
        (State.ANNOUNCED, replace(PLAIN, notice_last_day=FRIDAY), Step.OPEN_DISCUSSION, date(2026, 11, 21)),
        (State.VOTING, replace(PLAIN, poll_last_day=FRIDAY), Step.CLOSE_POLL, date(2026, 11, 21)),
        (State.TO_OWNERS, replace(PLAIN, owners_by=FRIDAY), Step.CLOSE_UNCONVENED, date(2026, 11, 21)),
        (State.ADOPTED, PLAIN, Step.START_IMPLEMENTING, FRIDAY),
        (State.FEEDBACK, replace(PLAIN, evaluation_last_day=FRIDAY), Step.EVALUATE, date(2026, 11, 21)),
        (State.EVALUATED, PLAIN, Step.ARCHIVE, date(2026, 12, 8)),
    ],
)
def test_a_step_of_time_falls_due_the_day_after_the_last_day(state, facts, step, on):
    assert falls_due(state, FRIDAY, facts, CLOCK) == FallsDue(step, on)
    assert (state, step) in COURSE


def test_time_does_nothing_where_people_must_act():
    assert falls_due(State.SCREENING, FRIDAY, PLAIN, CLOCK) is None
    assert falls_due(State.ANNOUNCED, FRIDAY, PLAIN, CLOCK) is None


@pytest.mark.parametrize(("days", "done"), [(0, False), (7, False), (8, True), (90, True)])
def test_a_late_tick_says_the_same_day_as_a_punctual_one(days, done):
    today = FRIDAY + timedelta(days=days)
    facts = replace(PLAIN, today=today, due=due_on(State.HANDLED, FRIDAY, PLAIN, CLOCK))
    step = timed_step(State.HANDLED, FRIDAY, facts, CLOCK)
    assert step == (FallsDue(Step.TAKE_AS_SOLVED, date(2026, 11, 28)) if done else None)
    if step:
        assert next_state(State.HANDLED, step.step, facts) == State.EVALUATED


def test_time_waits_where_something_is_missing():
    facts = replace(READY, rated_unsolved=3)
    assert timed_step(State.FEEDBACK, FRIDAY, READY, CLOCK) is not None
    assert timed_step(State.FEEDBACK, FRIDAY, facts, CLOCK) is None


# overdue


def test_a_matter_is_overdue_from_the_day_after():
    assert not is_overdue(None, TODAY)
    assert not is_overdue(TODAY, TODAY)
    assert is_overdue(TODAY - timedelta(days=1), TODAY)
    assert workdays_left(date(2026, 11, 27), TODAY) == 3
    assert workdays_left(FRIDAY, TODAY) == -2


@pytest.mark.parametrize(("today", "shown"), [(date(2026, 11, 25), False), (date(2026, 11, 26), True)])
def test_a_delay_shows_above_after_the_days_of_the_rule_set(today, shown):
    facts = replace(PLAIN, today=today, due=FRIDAY)
    assert is_shown_above(State.SCREENING, facts, CLOCK) == shown
    assert not is_shown_above(State.RETURNED, facts, CLOCK)
    assert not is_shown_above(State.SCREENING, replace(facts, suspended=True), CLOCK)


def test_a_study_without_answer_shows_above_at_once():
    facts = replace(PLAIN, party_opinion=PartyOpinion.NO_ANSWER)
    assert is_shown_above(State.PARTY_REVIEW, facts, CLOCK)
    assert not is_shown_above(State.PARTY_REVIEW, PLAIN, CLOCK)


# posting, windows, rule set


@pytest.mark.parametrize(
    ("net", "boards", "enough", "day"),
    [
        (FRIDAY, (TODAY,), False, TODAY),
        (TODAY, (FRIDAY,), False, TODAY),
        (FRIDAY, (FRIDAY, TODAY), False, TODAY),
        (FRIDAY, (TODAY, None), False, None),
        (FRIDAY, (), False, None),
        (FRIDAY, (), True, FRIDAY),
        (None, (TODAY,), False, None),
        (None, (), True, None),
    ],
)
def test_a_notice_counts_as_posted_at_the_later_of_net_and_board(net, boards, enough, day):
    assert posted_on(net, boards, net_is_enough=enough) == day


def test_people_are_told_until_when_they_can_take_part():
    facts = replace(PLAIN, discussion_last_day=TODAY, publicity_last_day=FRIDAY)
    assert open_until(State.DELIBERATING, facts) == TODAY
    assert open_until(State.PUBLICITY, facts) == FRIDAY
    assert open_until(State.SCREENING, facts) is None


def test_every_counted_deadline_has_its_key_and_unit():
    for limit in DEADLINES.values():
        assert bool(limit.key) != bool(limit.stated)
        assert not limit.key or SETTINGS[limit.key].unit == limit.unit


def test_every_setting_says_where_it_comes_from():
    assert DEFAULTS.keys() == SETTINGS.keys()
    assert [key for key, setting in SETTINGS.items() if not (setting.source and setting.label)] == []


def test_a_silent_rule_set_leaves_the_defaults():
    assert value({}, "topics.publicity_days") == 7
    assert value({"topics.publicity_days": 10}, "topics.publicity_days") == 10
    assert least_notice_days({}, wide_impact=False) == 3
    assert least_notice_days({}, wide_impact=True) == 7


def test_many_supporters_lift_a_matter_in_the_queue():
    assert not is_lifted(9, {})
    assert is_lifted(10, {})
    assert is_lifted(3, {"topics.support_threshold": 3})
