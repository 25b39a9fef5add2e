"""The table of the course, every pair of state and step, listed and unlisted."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xieshang.lib.refusals import RuleViolation
from xieshang.topics.rules import (
    COURSE,
    DEADLINES,
    ENDS,
    MOVES,
    NOT_IN_COURSE,
    RECORDS,
    STATE_LABELS,
    STEP_LABELS,
    STOPPABLE,
    TIMED,
    WHO,
    Facts,
    State,
    Step,
    Who,
    draw_mermaid,
    is_open,
    missing_for,
    next_state,
    possible_steps,
)

S = State
TODAY = date(2026, 11, 24)

# The column "Next" of the procedure's table, in the words of the law's reader.
NEXT = {
    S.DRAFT: {S.SUBMITTED, S.WITHDRAWN},
    S.SUBMITTED: {S.SCREENING, S.REJECTED_CONTENT, S.WITHDRAWN},
    S.REJECTED_CONTENT: {S.SCREENING, S.WITHDRAWN},
    S.SCREENING: {S.PARTY_REVIEW, S.DISPATCHED, S.REDIRECTED, S.RETURNED, S.MERGED, S.WITHDRAWN},
    S.DISPATCHED: {S.HANDLED},
    S.HANDLED: {S.EVALUATED, S.SCREENING},
    S.REDIRECTED: {S.CLOSED, S.SCREENING},
    S.RETURNED: {S.DRAFT, S.WITHDRAWN},
    S.PARTY_REVIEW: {S.ANNOUNCED, S.RETURNED, S.WITHDRAWN},
    S.ANNOUNCED: {S.DELIBERATING},
    S.DELIBERATING: {S.OPINION_FORMED, S.ESCALATED},
    S.OPINION_FORMED: {S.VOTING, S.PUBLICITY, S.ESCALATED, S.DELIBERATING},
    S.VOTING: {S.PUBLICITY, S.DELIBERATING},
    S.ESCALATED: {S.PUBLICITY, S.DELIBERATING},
    S.PUBLICITY: {S.ADOPTED, S.TO_OWNERS, S.OPINION_FORMED, S.CORRECTED},
    S.TO_OWNERS: {S.IMPLEMENTING, S.CLOSED},
    S.ADOPTED: {S.IMPLEMENTING, S.CORRECTED},
    S.IMPLEMENTING: {S.FEEDBACK, S.CORRECTED},
    S.FEEDBACK: {S.EVALUATED, S.IMPLEMENTING},
    S.EVALUATED: {S.ARCHIVED},
    S.CORRECTED: {S.OPINION_FORMED, S.CLOSED},
    S.ARCHIVED: set(),
    S.CLOSED: set(),
    S.MERGED: set(),
    S.WITHDRAWN: set(),
}
UNLISTED = [(state, step) for state, step in product(State, Step) if (state, step) not in COURSE]


def reachable(start, without=frozenset()):
    seen, todo = set(), [start]
    while todo:
        state = todo.pop()
        if state in seen or state in without:
            continue
        seen.add(state)
        todo += [after for (before, _step), after in COURSE.items() if before == state]
    return seen


@pytest.mark.parametrize("state", State)
def test_the_course_leads_where_the_table_of_the_procedure_leads(state):
    assert {after for (before, _step), after in MOVES.items() if before == state} == NEXT[state]


@pytest.mark.parametrize(("state", "step"), UNLISTED)
def test_every_other_step_is_refused(state, step):
    with pytest.raises(RuleViolation) as refused:
        next_state(state, step, Facts(today=TODAY))
    assert refused.value.refusals == (NOT_IN_COURSE,)


@pytest.mark.parametrize(("state", "step"), COURSE)
def test_every_listed_step_is_never_refused_as_unknown(state, step):
    assert NOT_IN_COURSE not in [lack.refusal for lack in missing_for(state, step, Facts(today=TODAY))]


@pytest.mark.parametrize("state", State)
def test_possible_steps_are_those_of_the_table(state):
    assert set(possible_steps(state)) == {step for before, step in COURSE if before == state}


def test_moves_change_the_state_and_records_do_not():
    assert [pair for pair, after in MOVES.items() if pair[0] == after] == []
    for state, steps in RECORDS.items():
        assert {COURSE[state, step] for step in steps} == {state}


@pytest.mark.parametrize("state", sorted(ENDS))
def test_an_end_has_no_way_out(state):
    assert possible_steps(state) == ()
    assert not is_open(state)


@pytest.mark.parametrize("state", [state for state in State if state not in ENDS])
def test_every_open_state_has_a_way_to_an_end(state):
    assert is_open(state)
    assert reachable(state) & ENDS


@pytest.mark.parametrize("state", State)
def test_every_state_can_be_reached(state):
    assert state in reachable(S.DRAFT)


@pytest.mark.parametrize("skipped", [S.PARTY_REVIEW, S.ANNOUNCED, S.DELIBERATING, S.PUBLICITY])
def test_no_way_to_adoption_leads_around(skipped):
    assert S.ADOPTED in reachable(S.DRAFT)
    assert S.ADOPTED not in reachable(S.DRAFT, without={skipped})
    assert S.TO_OWNERS not in reachable(S.DRAFT, without={skipped})


def test_carrying_out_follows_only_adoption_or_the_owners():
    assert S.IMPLEMENTING not in reachable(S.DRAFT, without={S.ADOPTED, S.TO_OWNERS})


@given(st.lists(st.integers(0, 1000), max_size=60))
def test_a_walk_that_reaches_adoption_was_studied_announced_and_published(choices):
    state, been = S.DRAFT, [S.DRAFT]
    for choice in choices:
        steps = [step for step in possible_steps(state) if (state, step) in MOVES]
        if not steps:
            break
        state = MOVES[state, steps[choice % len(steps)]]
        been.append(state)
    if S.ADOPTED in been:
        last_screening = max(i for i, s in enumerate(been) if s == S.SCREENING)
        after = been[last_screening : been.index(S.ADOPTED) if been.index(S.ADOPTED) > last_screening else None]
        assert [s for s in (S.PARTY_REVIEW, S.ANNOUNCED, S.PUBLICITY) if s in after] == [
            S.PARTY_REVIEW,
            S.ANNOUNCED,
            S.PUBLICITY,
        ]


@pytest.mark.parametrize("state", sorted(STOPPABLE))
def test_a_running_matter_can_be_suspended_and_resumed_in_place(state):
    assert COURSE[state, Step.SUSPEND] == COURSE[state, Step.RESUME] == state


@pytest.mark.parametrize("state", sorted(set(State) - STOPPABLE))
def test_drafts_rejected_texts_and_ends_cannot_be_suspended(state):
    assert state in ENDS | {S.DRAFT, S.REJECTED_CONTENT}
    assert (state, Step.SUSPEND) not in COURSE


def test_withdrawing_is_possible_only_before_the_advance_notice():
    assert {state for state, step in COURSE if step == Step.WITHDRAW} == {
        S.DRAFT,
        S.SUBMITTED,
        S.SCREENING,
        S.PARTY_REVIEW,
    }


@pytest.mark.parametrize(("state", "step"), TIMED.items())
def test_what_time_does_is_in_the_course_has_a_deadline_and_may_be_done_by_the_system(state, step):
    assert (state, step) in COURSE
    assert state in DEADLINES
    assert Who.SYSTEM in WHO[step]


@pytest.mark.parametrize("step", Step)
def test_every_step_is_used_named_and_somebodys(step):
    assert step in {used for _state, used in COURSE}
    assert STEP_LABELS[step]
    assert WHO[step]


def test_only_the_secretary_publishes_and_adopts():
    assert WHO[Step.PUBLISH_NOTICE] == WHO[Step.ADOPT] == frozenset({Who.SECRETARY})


def test_the_diagram_shows_every_move_once():
    drawing = draw_mermaid(COURSE, STATE_LABELS, STEP_LABELS)
    arrows = [line for line in drawing.splitlines() if "-->" in line and "[*]" not in line]
    assert len(arrows) == len(set(arrows)) == len(MOVES)
    assert "screening --> party_review : 受理" in drawing
    assert {line.split()[0] for line in drawing.splitlines() if line.endswith("--> [*]")} == ENDS
