"""The course of an owners' decision over all pairs, and its guards by tables."""

import datetime
import itertools
from dataclasses import replace

import pytest

from xieshang.lib.refusals import RuleViolation
from xieshang.voting.rules.deciding import (
    ACTORS,
    ASKED,
    COURSE,
    ENDS,
    Facts,
    State,
    Step,
    Who,
    next_state,
    next_step,
    require_step,
    unmet,
)

DAY = datetime.date(2026, 11, 2)
NOON = datetime.datetime(2026, 11, 2, 4, tzinfo=datetime.UTC)
END = datetime.datetime(2026, 11, 28, 10, tzinfo=datetime.UTC)
# A decision in which nothing is missing.
WHOLE = Facts(
    today=DAY,
    now=NOON,
    text_given=True,
    paper_place_given=True,
    drafted_by=1,
    acting_person=2,
    class_is_confirmed=True,
    opinion_is_given=True,
    opens_on=DAY + datetime.timedelta(days=16),
    closes_at=END,
    closes_on=datetime.date(2026, 11, 28),
    roll_is_published=True,
    roll_last_day=DAY - datetime.timedelta(days=1),
    roll_is_frozen=True,
    key_is_there=True,
)


@pytest.mark.parametrize(("state", "step"), list(itertools.product(State, Step)))
def test_a_step_off_the_course_is_refused_and_one_on_it_leads_on(state, step):
    if (state, step) in COURSE:
        assert next_state(state, step) == COURSE[state, step]
        return
    with pytest.raises(RuleViolation) as refused:
        next_state(state, step)
    assert refused.value.refusal.code == ("decision_at_its_end" if state in ENDS else "decision_out_of_course")


def test_every_step_has_its_actor_and_its_demands_and_the_party_only_advises():
    assert set(ACTORS) == set(Step) == set(ASKED)
    assert [step for step, who in ACTORS.items() if who == Who.PARTY] == [Step.GIVE_OPINION]


def test_every_state_but_the_ends_goes_on():
    assert {state for state, _step in COURSE} | ENDS == set(State)


def codes(step, **facts):
    return [check.refusal.code for check in unmet(step, replace(WHOLE, **facts))]


# What is missing blocks the notice and is named.
NOTICE = [
    ({}, []),
    ({"text_given": False}, ["text_missing"]),
    ({"paper_is_sound": False}, ["paper_not_sound"]),
    ({"entry_is_votable": False}, ["needs_everybody"]),
    ({"class_is_confirmed": False}, ["class_not_confirmed"]),
    ({"roll_is_frozen": False}, ["roll_not_frozen"]),
    ({"opens_on": None}, ["window_missing"]),
    ({"opens_on": DAY + datetime.timedelta(days=15)}, ["notice_too_short"]),
    ({"notice_days": 7, "opens_on": DAY + datetime.timedelta(days=8)}, []),
    ({"closes_on": DAY + datetime.timedelta(days=19)}, ["window_too_short"]),
    ({"closes_on": DAY + datetime.timedelta(days=20)}, []),
    ({"closes_on": DAY + datetime.timedelta(days=76)}, ["window_too_long"]),
    ({"paper_place_given": False}, ["paper_place_missing"]),
    ({"deemed": True}, ["deemed_clause_missing"]),
    ({"deemed": True, "deemed_clause_given": True}, []),
    ({"key_is_there": False}, ["key_missing"]),
    ({"convener_is_owners_body": False}, ["convener_source_missing"]),
    ({"convener_is_owners_body": False, "convener_source_given": True}, []),
    ({"is_smaller_scope": True}, ["smaller_scope_not_allowed", "scope_source_missing"]),
    ({"is_smaller_scope": True, "smaller_scope_allowed": True, "scope_source_given": True}, []),
    ({"is_election": True}, ["seats_missing", "candidates_missing"]),
    ({"is_election": True, "seats": 2, "candidates": 3}, []),
    ({"is_election": True, "is_whole_committee": True, "seats": 6, "candidates": 8}, ["seats_missing"]),
    ({"is_election": True, "is_whole_committee": True, "seats": 5, "candidates": 8}, []),
    ({"is_election": True, "seats": 5, "candidates": 4}, ["candidates_missing"]),
]


# Posted on a Friday, the fifteenth clear day is a Saturday: it moves to Monday, and the window opens on Tuesday.
FRIDAY = datetime.date(2026, 11, 6)
# Posted on 16 September, the fifteenth day is the first of the National Day leave, which ends on 7 October.
BEFORE_LEAVE = datetime.date(2026, 9, 16)


@pytest.mark.parametrize(
    ("posted", "opens", "missing"),
    [
        (FRIDAY, datetime.date(2026, 11, 22), ["notice_too_short"]),
        (FRIDAY, datetime.date(2026, 11, 23), ["notice_too_short"]),
        (FRIDAY, datetime.date(2026, 11, 24), []),
        (BEFORE_LEAVE, datetime.date(2026, 10, 8), ["notice_too_short"]),
        (BEFORE_LEAVE, datetime.date(2026, 10, 9), []),
    ],
)
def test_a_last_clear_day_of_leave_moves_on_and_the_window_with_it(posted, opens, missing):
    ends = opens + datetime.timedelta(days=10)
    assert codes(Step.PUBLISH, today=posted, opens_on=opens, closes_on=ends) == missing


@pytest.mark.parametrize(("facts", "missing"), NOTICE)
def test_what_is_missing_blocks_the_notice_and_is_named(facts, missing):
    assert codes(Step.PUBLISH, **facts) == missing


OTHERS = [
    (Step.CONFIRM_CLASS, {"class_is_confirmed": False}, []),
    (Step.CONFIRM_CLASS, {"class_is_confirmed": False, "acting_person": 1}, ["class_by_two"]),
    (Step.CONFIRM_CLASS, {}, ["class_is_confirmed"]),
    (Step.CONSULT, {"class_is_confirmed": False}, ["class_not_confirmed"]),
    (Step.OPEN_ROLL, {"opinion_is_given": False, "opinion_due": DAY}, ["opinion_waited_for"]),
    (Step.OPEN_ROLL, {"opinion_is_given": False, "opinion_due": DAY - datetime.timedelta(days=1)}, []),
    (Step.OPEN_ROLL, {"opinion_due": DAY}, []),
    (Step.EXTEND, {"reason_given": True, "new_closes_at": END}, ["may_not_extend", "extension_not_later"]),
    (
        Step.EXTEND,
        {
            "may_extend": True,
            "was_extended": True,
            "new_closes_at": END + datetime.timedelta(days=16),
            "new_closes_on": datetime.date(2026, 12, 14),
        },
        ["was_extended", "extension_too_long", "reason_missing"],
    ),
    (Step.ABORT, {"reason_given": True}, []),
    (Step.ABORT, {"reason_given": True, "now": END}, ["too_late"]),
    (Step.CLOSE, {}, ["still_voting"]),
    (Step.CLOSE, {"now": END}, []),
    (Step.PUBLISH_COUNT, {"counts": 1}, ["count_sheet_missing"]),
    (Step.PUBLISH_COUNT, {"counts": 1, "count_sheets": 1}, []),
    (Step.PUBLISH_COUNT, {"counts": 1, "count_sheets": 1, "recounts": 1}, ["not_counted", "count_sheet_missing"]),
    (
        Step.PUBLISH_COUNT,
        {"papers_waiting": 2, "conflicts_open": 1},
        ["papers_waiting", "conflicts_open", "not_counted", "count_sheet_missing"],
    ),
    (Step.DECIDE, {"prelim_last_day": DAY}, ["inquiry_running"]),
    (Step.DECIDE, {"prelim_last_day": DAY - datetime.timedelta(days=1)}, []),
    (
        Step.DECIDE,
        {"prelim_last_day": DAY - datetime.timedelta(days=1), "objections_open": 1, "objections_sustained": 1},
        ["objections_open", "objection_sustained"],
    ),
    (Step.ANNUL, {"reason_given": True}, ["document_missing"]),
]


@pytest.mark.parametrize(("step", "facts", "missing"), OTHERS)
def test_each_step_names_what_it_lacks(step, facts, missing):
    assert codes(step, **facts) == missing


def test_a_refused_step_says_everything_at_once():
    with pytest.raises(RuleViolation) as refused:
        require_step(State.ROSTER_OPEN, Step.PUBLISH, replace(WHOLE, text_given=False, paper_place_given=False))
    assert [one.code for one in refused.value.refusals] == ["text_missing", "paper_place_missing"]


def test_the_next_step_follows_what_is_done():
    assert next_step(State.PROPOSED, replace(WHOLE, class_is_confirmed=False)) == Step.CONFIRM_CLASS
    assert next_step(State.PROPOSED, WHOLE) == Step.CONSULT
    assert next_step(State.ROSTER_OPEN, WHOLE) == Step.PUBLISH
    assert next_step(State.ANNOUNCED, WHOLE) is None
