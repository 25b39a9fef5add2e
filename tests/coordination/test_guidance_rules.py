"""The course of an opinion, every pair of state and step, and what each step asks for."""

import datetime
from itertools import product

import pytest

from xieshang.community.rules import BodyKind
from xieshang.coordination.rules.guidance import (
    ANSWERS_FOR,
    COURSE,
    OPEN,
    Addressee,
    Facts,
    State,
    Step,
    is_late,
    next_state,
    require_addressee,
)
from xieshang.lib.refusals import RuleViolation

TODAY = datetime.date(2026, 11, 26)
TOMORROW = TODAY + datetime.timedelta(days=1)
WHOLE = Facts(TODAY, "先公布收支，再表决。", "物业管理条例第二十条", TOMORROW)


@pytest.mark.parametrize(("state", "step"), list(product(State, Step)))
def test_only_the_steps_of_the_table_are_taken(state, step):
    if (state, step) in COURSE:
        assert next_state(state, step, WHOLE) == COURSE[state, step]
        return
    with pytest.raises(RuleViolation) as caught:
        next_state(state, step, WHOLE)
    assert caught.value.refusal.code == "guidance_not_now"


def test_an_opinion_that_is_open_has_a_way_on_and_an_end_has_none():
    assert {state for state, _step in COURSE} == OPEN


@pytest.mark.parametrize(
    ("text", "basis", "due", "codes"),
    [
        ("意见", "依据", TOMORROW, []),
        (" ", "依据", TOMORROW, ["guidance_text_empty"]),
        ("意见", "\n", TOMORROW, ["guidance_basis_empty"]),
        ("意见", "依据", None, ["guidance_due_missing"]),
        ("意见", "依据", TODAY, ["guidance_due_missing"]),
        ("", "", TODAY, ["guidance_text_empty", "guidance_basis_empty", "guidance_due_missing"]),
    ],
)
def test_an_opinion_needs_words_basis_and_a_day_to_come(text, basis, due, codes):
    if not codes:
        assert next_state(State.ASKED, Step.GIVE, Facts(TODAY, text, basis, due)) == State.GIVEN
        return
    with pytest.raises(RuleViolation) as caught:
        next_state(State.ASKED, Step.GIVE, Facts(TODAY, text, basis, due))
    assert [one.code for one in caught.value.refusals] == codes


@pytest.mark.parametrize(
    ("state", "step", "code"),
    [
        (State.GIVEN, Step.ANSWER, "guidance_answer_empty"),
        (State.GIVEN, Step.WITHDRAW, "guidance_reason_empty"),
        (State.ASKED, Step.TAKE_BACK, "guidance_reason_empty"),
    ],
)
def test_every_other_step_needs_its_words(state, step, code):
    with pytest.raises(RuleViolation) as caught:
        next_state(state, step, Facts(TODAY, "  "))
    assert caught.value.refusal.code == code


ANSWERING = """
homeowners_committee           assembly committee
property_management_committee  assembly committee
residents_committee            assembly
villagers_committee            assembly
property_company               company
"""


def test_each_kind_of_body_answers_for_whom_it_may():
    rows = {line.split()[0]: line.split()[1:] for line in ANSWERING.strip().splitlines()}
    for kind in BodyKind:
        assert [one.value for one in Addressee if kind in ANSWERS_FOR[one]] == rows.get(kind.value, [])
    with pytest.raises(RuleViolation):
        require_addressee(Addressee.COMPANY, BodyKind.HOMEOWNERS_COMMITTEE)


@pytest.mark.parametrize(
    ("due", "done", "late"),
    [
        (TODAY, None, False),
        (TODAY - datetime.timedelta(days=1), None, True),
        (TODAY - datetime.timedelta(days=1), TODAY - datetime.timedelta(days=1), False),
        (TODAY - datetime.timedelta(days=1), TODAY, True),
        (None, None, False),
    ],
)
def test_the_last_day_itself_is_in_time(due, done, late):
    assert is_late(due, done, TODAY) is late
