"""The course of a thread: every pair of state and step, and each thing that a step asks for, one at a time."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from xieshang.coordination.rules.threads import (
    ASKED,
    COURSE,
    ENDS,
    HANDED_ON,
    NEXT_WORDS,
    NOT_IN_COURSE,
    STATE_LABELS,
    STEP_LABELS,
    WHO,
    Facts,
    State,
    Step,
    due_on,
    is_stale,
    missing_for,
    next_state,
    positions_by,
    progress,
)
from xieshang.lib.refusals import RuleViolation

S = State
# A Tuesday without leave near it.
TODAY = date(2026, 11, 24)
# The procedure's table (三方联席会议), in the words of the reader: where each state may lead.
TALKED = {S.ESCALATED, S.TO_OWNERS, S.MEDIATION, S.LEGAL}
NEXT = {
    S.RAISED: {S.ACCEPTED, S.DECLINED, S.WITHDRAWN},
    S.ACCEPTED: {S.ASSIGNED, S.TO_OWNERS},
    S.ASSIGNED: {S.POSITIONS, S.TO_OWNERS},
    S.POSITIONS: {S.MEETING, *TALKED},
    S.MEETING: {S.MEETING, S.MINUTES_DRAFT, S.POSITIONS, *TALKED},
    S.MINUTES_DRAFT: {S.CONFIRMED, *TALKED},
    S.CONFIRMED: {S.ACTIONS, S.POSITIONS, *TALKED},
    S.ACTIONS: {S.VERIFIED, *TALKED},
    S.VERIFIED: {S.CLOSED, S.ACTIONS},
    S.ESCALATED: {S.POSITIONS, S.CLOSED, S.MEDIATION, S.LEGAL},
    S.TO_OWNERS: {S.ACTIONS, S.CLOSED},
    S.MEDIATION: {S.POSITIONS, S.CLOSED, S.LEGAL},
    S.LEGAL: {S.CLOSED},
    S.CLOSED: set(),
    S.DECLINED: set(),
    S.WITHDRAWN: set(),
}
# Everything in order: each step may happen from the states that know it. What two steps ask for in opposite ways
# (the owners decide or not, a side absent or not) is set per step.
READY = Facts(
    today=TODAY,
    reason_given=True,
    sides=3,
    at_table=4,
    lead_chosen=True,
    positions_due=TODAY,
    positions_latest=TODAY + timedelta(days=7),
    positions=3,
    meeting_on=TODAY,
    notice_days=3,
    sides_present=3,
    signed=2,
    refused_with_reason=1,
    promises=2,
    rated_until=TODAY - timedelta(days=1),
    result_given=True,
)
FOR_STEP = {
    Step.HAND_TO_OWNERS: {"is_for_owners": True},
    Step.ADJOURN: {"sides_present": 2},
}


def ready(step, **other):
    return replace(READY, **(FOR_STEP.get(step, {}) | other))


@pytest.mark.parametrize("state", State)
def test_each_state_leads_where_the_table_says(state):
    assert {after for (before, _step), after in COURSE.items() if before == state} == NEXT[state]


@pytest.mark.parametrize(("state", "step"), list(COURSE))
def test_a_listed_step_is_taken_when_everything_is_in_order(state, step):
    assert next_state(state, step, ready(step)) == COURSE[state, step]


@pytest.mark.parametrize(("state", "step"), [pair for pair in product(State, Step) if pair not in COURSE])
def test_every_other_step_is_refused(state, step):
    with pytest.raises(RuleViolation) as refused:
        next_state(state, step, ready(step))
    assert refused.value.refusals == (NOT_IN_COURSE,)


# One thing missing at a time: step, from where, what is so instead, and the code that answers.
LACKS = [
    (Step.DECLINE, S.RAISED, {"reason_given": False}, "reason_missing"),
    (Step.ASSIGN, S.ACCEPTED, {"sides_unfilled": 1}, "sides_missing"),
    (Step.ASSIGN, S.ACCEPTED, {"at_table": 1}, "sides_missing"),
    (Step.ASSIGN, S.ACCEPTED, {"lead_chosen": False}, "lead_missing"),
    (Step.ASK_POSITIONS, S.ASSIGNED, {"positions_due": None}, "positions_day_missing"),
    (Step.ASK_POSITIONS, S.ASSIGNED, {"positions_due": TODAY - timedelta(days=1)}, "positions_day_missing"),
    (Step.ASK_POSITIONS, S.ASSIGNED, {"positions_due": TODAY + timedelta(days=8)}, "positions_day_late"),
    (Step.TALK_AGAIN, S.CONFIRMED, {"positions_due": TODAY + timedelta(days=8)}, "positions_day_late"),
    (Step.SEND_BACK, S.ESCALATED, {"positions_due": TODAY + timedelta(days=8)}, "positions_day_late"),
    (Step.CALL_MEETING, S.POSITIONS, {"positions": 2}, "positions_open"),
    (Step.CALL_MEETING, S.POSITIONS, {"meeting_on": None}, "meeting_day_missing"),
    (Step.CALL_MEETING, S.POSITIONS, {"notice_days": 2}, "meeting_notice_short"),
    (Step.ADJOURN, S.MEETING, {"sides_present": 3}, "nobody_absent"),
    (Step.ADJOURN, S.MEETING, {"adjourned": 1}, "adjourned_already"),
    (Step.ADJOURN, S.MEETING, {"meeting_on": TODAY + timedelta(days=1)}, "meeting_not_held"),
    (Step.DRAFT_MINUTES, S.MEETING, {"sides_present": 2}, "sides_absent"),
    (Step.DRAFT_MINUTES, S.MEETING, {"sides_present": 2, "adjourned": 1}, "sides_absent"),
    (Step.DRAFT_MINUTES, S.MEETING, {"sides_present": 2, "absence_noted": True}, "sides_absent"),
    (Step.DRAFT_MINUTES, S.MEETING, {"meeting_on": TODAY + timedelta(days=1)}, "meeting_not_held"),
    (Step.CONFIRM, S.MINUTES_DRAFT, {"refused_with_reason": 0}, "signatures_missing"),
    (Step.CONFIRM, S.MINUTES_DRAFT, {"sides": 0, "signed": 0, "refused_with_reason": 0}, "signatures_missing"),
    (Step.TALK_AGAIN, S.CONFIRMED, {"reason_given": False}, "reason_missing"),
    (Step.TALK_AGAIN, S.MEETING, {"meeting_sits": True}, "meeting_sits"),
    (Step.ESCALATE, S.MEETING, {"meeting_sits": True}, "meeting_sits"),
    (Step.HAND_TO_OWNERS, S.MEETING, {"meeting_sits": True}, "meeting_sits"),
    (Step.MEDIATE, S.MEETING, {"meeting_sits": True}, "meeting_sits"),
    (Step.GO_TO_LAW, S.MEETING, {"meeting_sits": True}, "meeting_sits"),
    (Step.START_ACTIONS, S.CONFIRMED, {"is_for_owners": True}, "owners_decide"),
    (Step.START_ACTIONS, S.CONFIRMED, {"promises": 0}, "no_promise"),
    (Step.VERIFY, S.ACTIONS, {"promises_open": 1}, "promises_open"),
    (Step.VERIFY, S.ACTIONS, {"promises": 0}, "promises_open"),
    (Step.NOT_SOLVED, S.VERIFIED, {"reason_given": False}, "reason_missing"),
    (Step.CLOSE, S.VERIFIED, {"rated_until": TODAY}, "rating_runs"),
    (Step.CLOSE, S.VERIFIED, {"rated_until": None}, "rating_runs"),
    (Step.CLOSE, S.VERIFIED, {"found_unsolved": True, "reason_given": False}, "found_unsolved"),
    (Step.ESCALATE, S.ACTIONS, {"reason_given": False}, "reason_missing"),
    (Step.HAND_TO_OWNERS, S.POSITIONS, {"is_for_owners": False}, "not_for_owners"),
    (Step.MEDIATE, S.POSITIONS, {"reason_given": False}, "reason_missing"),
    (Step.GO_TO_LAW, S.MEDIATION, {"reason_given": False}, "reason_missing"),
    (Step.SEND_BACK, S.ESCALATED, {"positions_due": None}, "positions_day_missing"),
    (Step.SETTLE, S.LEGAL, {"result_given": False}, "result_missing"),
    (Step.OWNERS_PASSED, S.TO_OWNERS, {"result_given": False}, "result_missing"),
    (Step.OWNERS_FAILED, S.TO_OWNERS, {"result_given": False}, "result_missing"),
]


@pytest.mark.parametrize(("step", "state", "instead", "code"), LACKS)
def test_one_thing_missing_is_named(step, state, instead, code):
    assert [refusal.code for refusal in missing_for(state, step, ready(step, **instead))] == [code]


def test_everything_a_step_asks_is_tried():
    asked = {(step, demand.refusal.code) for step, demands in ASKED.items() for demand in demands}
    tried = {(step, code) for step, _state, _instead, code in LACKS}
    # A reason is asked in the same words wherever a thread goes on elsewhere.
    assert asked - tried == {
        (Step.HAND_TO_OWNERS, "reason_missing"),
        (Step.SEND_BACK, "reason_missing"),
        (Step.TALK_AGAIN, "positions_day_missing"),
    }


def test_a_side_that_stays_silent_holds_up_nobody_after_its_day():
    late = ready(Step.CALL_MEETING, positions=2, positions_due=TODAY - timedelta(days=1))
    assert missing_for(S.POSITIONS, Step.CALL_MEETING, late) == []


def test_after_one_adjournment_the_meeting_is_held_with_the_absence_noted():
    held = ready(Step.DRAFT_MINUTES, sides_present=2, adjourned=1, absence_noted=True)
    assert missing_for(S.MEETING, Step.DRAFT_MINUTES, held) == []


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (S.RAISED, date(2026, 11, 26)),
        (S.ACCEPTED, date(2026, 11, 26)),
        (S.MINUTES_DRAFT, date(2026, 12, 1)),
        (S.CONFIRMED, date(2026, 11, 26)),
        (S.POSITIONS, date(2026, 11, 27)),
        (S.MEETING, date(2026, 11, 30)),
        (S.ACTIONS, None),
        (S.LEGAL, None),
    ],
)
def test_the_days_of_a_state_are_working_days(state, expected):
    facts = Facts(today=TODAY, positions_due=date(2026, 11, 27), meeting_on=date(2026, 11, 30))
    assert due_on(state, TODAY, facts, {}) == expected


def test_a_place_may_set_other_days():
    assert due_on(S.RAISED, TODAY, Facts(today=TODAY), {"coordination.accept_days": 1}) == date(2026, 11, 25)
    assert positions_by(TODAY, {}) == date(2026, 12, 1)


@pytest.mark.parametrize(("days", "stale"), [(9, False), (10, True), (11, True)])
def test_silence_is_told_from_the_tenth_day(days, stale):
    assert is_stale(TODAY - timedelta(days=days), TODAY, {}) is stale


def test_every_state_and_step_has_its_words_and_its_actor():
    assert set(STATE_LABELS) == set(State)
    assert set(STEP_LABELS) == set(Step)
    assert set(WHO) == set(Step)
    assert set(NEXT_WORDS) == set(State) - ENDS
    assert frozenset() == HANDED_ON & ENDS


def test_the_line_shows_what_was_passed_and_where_it_went():
    def marks(state, *been):
        return [(point.label, point.mark.value) for point in progress(state, frozenset(been))]

    assert marks(S.POSITIONS, S.RAISED, S.ACCEPTED)[:4] == [
        ("提出", "done"),
        ("受理", "done"),
        ("各方表态", "now"),
        ("联席会议", "todo"),
    ]
    aside = marks(S.MEDIATION, S.RAISED, S.ACCEPTED, S.POSITIONS)
    assert aside == [("提出", "done"), ("受理", "done"), ("各方表态", "done"), ("人民调解", "now"), ("办结", "todo")]
    assert ("联席会议", "skipped") in marks(S.CLOSED, S.RAISED, S.ACCEPTED, S.ESCALATED)
