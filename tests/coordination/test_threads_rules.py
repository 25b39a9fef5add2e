"""What sides may say and promise, how a record counts, how a table of temperatures is read."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xieshang.community.rules import BodyKind
from xieshang.coordination.rules.threads import (
    SPEAKABLE,
    CoverKind,
    Part,
    SideKind,
    State,
    Step,
    promises,
    readings,
    rounds,
    sides,
)
from xieshang.coordination.rules.threads.promises import Promise, Result
from xieshang.coordination.rules.threads.rounds import Answer
from xieshang.matters.rules import Audience

TODAY = date(2026, 11, 24)


R1, R1_LATE, R2 = rounds.Given(1, is_late=False), rounds.Given(1, is_late=True), rounds.Given(2, is_late=False)
DUE = TODAY + timedelta(days=2)
ANSWERS = [
    (0, [], None, Answer.NOT_ASKED),
    (1, [], DUE, Answer.AWAITED),
    (1, [], TODAY, Answer.AWAITED),
    (1, [], TODAY - timedelta(days=1), Answer.MISSED),
    (1, [R1], DUE, Answer.GIVEN),
    (1, [R1, R1_LATE], DUE, Answer.LATE),
    (2, [R1], DUE, Answer.AWAITED),
    (2, [R1_LATE], TODAY - timedelta(days=1), Answer.MISSED),
    (2, [R1_LATE, R2], TODAY - timedelta(days=1), Answer.GIVEN),
]


@pytest.mark.parametrize(("number", "given", "due", "answer"), ANSWERS)
def test_each_round_of_positions_is_answered_by_itself(number, given, due, answer):
    assert rounds.answer_of(number, given, due, TODAY) == answer


@pytest.mark.parametrize("step", Step)
def test_a_round_begins_whenever_the_sides_are_asked_and_with_nothing_else(step):
    asks = {Step.ASK_POSITIONS, Step.TALK_AGAIN, Step.SEND_BACK}
    assert rounds.round_after(1, step) == (2 if step in asks else 1)


def test_an_estate_without_a_committee_or_a_company_has_their_seats_all_the_same():
    found = sides.sides_for([(7, BodyKind.RESIDENTS_COMMITTEE.value)], is_estate=True)
    assert [(side.kind, side.body) for side in found] == [
        (SideKind.COMMITTEE, 7),
        (SideKind.OWNERS, None),
        (SideKind.COMPANY, None),
    ]


def test_a_village_has_no_empty_seats():
    found = sides.sides_for([(7, BodyKind.VILLAGERS_COMMITTEE.value)], is_estate=False)
    assert [(side.kind, side.body) for side in found] == [(SideKind.COMMITTEE, 7)]


def test_the_party_organisation_and_the_street_are_no_sides():
    bodies = [(1, BodyKind.PARTY_ORG.value), (2, BodyKind.STREET_OFFICE.value)]
    assert sides.sides_for(bodies, is_estate=False) == []


@pytest.mark.parametrize("state", State)
def test_residents_read_along_from_acceptance_on(state):
    hidden = {State.RAISED, State.DECLINED, State.WITHDRAWN}
    assert sides.audience_of(state) == (Audience.OFFICERS if state in hidden else Audience.PLACE)


@pytest.mark.parametrize("state", State)
def test_nobody_speaks_before_acceptance_or_after_the_end(state):
    refusal = sides.why_not_speak(state, "已更换两处阀门。", Part.PUBLIC)
    assert (refusal is None) == (state in SPEAKABLE)


def test_what_is_said_needs_words_and_a_part():
    assert sides.why_not_speak(State.POSITIONS, "  ", Part.PUBLIC) is sides.TEXT_MISSING
    assert sides.why_not_speak(State.POSITIONS, "好", None) is sides.PART_UNKNOWN


@pytest.mark.parametrize(("day", "late"), [(-1, False), (0, False), (1, True)])
def test_a_position_is_late_from_the_day_after(day, late):
    assert sides.is_late(TODAY + timedelta(days=day), TODAY) is late


def test_covered_words_leave_a_mark_that_says_why():
    covers = [(CoverKind.PERSONAL, "王桂芳"), (CoverKind.SECRET, "报价3.2万元"), (CoverKind.SECRET, "3.2")]
    text = sides.covered("王桂芳家报修，报价3.2万元，王桂芳已同意。", covers)
    assert text == "［个人信息，已遮住］家报修，［商业秘密，已遮住］，［个人信息，已遮住］已同意。"


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=6))
def test_nothing_covered_is_left_in_what_residents_read(around, secret):
    marks = "".join(["［个人信息，已遮住］", "［商业秘密，已遮住］"])
    if any(letter in marks for letter in secret):
        return
    assert secret not in sides.covered(around + secret, [(CoverKind.SECRET, secret)])


PROMISED = [
    # due, done, verified, result; today is the 24th
    ((24, None, False), Result.RUNNING),
    ((23, None, False), Result.BROKEN),
    ((24, 24, False), Result.RUNNING),
    ((23, 24, False), Result.LATE),
    ((20, 20, True), Result.KEPT),
    ((20, 21, True), Result.LATE),
]


@pytest.mark.parametrize(("given_days", "result"), PROMISED)
def test_a_record_counts_by_the_day_it_was_done_not_by_the_day_it_was_looked_at(given_days, result):
    due, done, verified = given_days
    promise = Promise(date(2026, 11, due), date(2026, 11, done) if done else None, verified)
    assert promises.result_of(promise, TODAY) == result


@pytest.mark.parametrize(
    ("what", "answerer", "due", "codes"),
    [
        ("换阀门", "工程部刘师傅", TODAY, []),
        ("", "工程部刘师傅", TODAY, ["promise_what_missing"]),
        ("换阀门", " ", TODAY, ["promise_owner_missing"]),
        ("换阀门", "工程部刘师傅", None, ["promise_due_missing"]),
        ("换阀门", "工程部刘师傅", TODAY - timedelta(days=1), ["promise_due_past"]),
        ("", "", None, ["promise_what_missing", "promise_owner_missing", "promise_due_missing"]),
    ],
)
def test_a_commitment_names_what_who_and_by_when(what, answerer, due, codes):
    assert [refusal.code for refusal in promises.lacks(what, answerer, due, TODAY)] == codes


@pytest.mark.parametrize("state", State)
def test_owner_representatives_bind_nobody(state):
    assert promises.why_not_promise(state, SideKind.OWNERS, has_body=False) is promises.NO_BODY


def test_another_day_is_later_and_has_a_reason():
    assert promises.lacks_move(TODAY, TODAY + timedelta(days=1), "等配件", TODAY) == []
    assert promises.lacks_move(TODAY, TODAY, "等配件", TODAY) == [promises.MOVE_LATER]
    assert promises.lacks_move(TODAY, TODAY + timedelta(days=1), " ", TODAY) == [promises.MOVE_REASON]
    overdue = TODAY - timedelta(days=5)
    assert promises.lacks_move(overdue, overdue + timedelta(days=1), "等配件", TODAY) == [promises.MOVE_LATER]


def test_a_table_of_temperatures_is_read_line_by_line():
    text = "3号楼2单元501室 11月18日 19:30 16.5\n\n3号楼2单元602室，2026-11-19 8:05 17.0℃\n4号楼101室 11.18 7:00 -2"
    rows, wrong = readings.parse(text, 2026)
    assert wrong == []
    assert rows == [
        readings.Row("3号楼2单元501室", datetime.fromisoformat("2026-11-18T19:30"), 165),
        readings.Row("3号楼2单元602室", datetime.fromisoformat("2026-11-19T08:05"), 170),
        readings.Row("4号楼101室", datetime.fromisoformat("2026-11-18T07:00"), -20),
    ]


@pytest.mark.parametrize(
    "line", ["501室 16.5", "501室 13月1日 8:00 16.5", "501室 11月1日 25:00 16", "501室 11月1日 8:00 十六"]
)
def test_a_line_that_cannot_be_read_is_named(line):
    rows, wrong = readings.parse(f"3号楼501室 11月18日 19:30 16.5\n{line}", 2026)
    assert len(rows) == 1
    assert [refusal.code for refusal in wrong] == ["reading_line"]
    assert wrong[0].sentence.startswith("第2行")


def test_an_empty_or_endless_table_is_refused():
    assert [refusal.code for refusal in readings.parse(" \n", 2026)[1]] == ["readings_missing"]
    many = "\n".join(f"{n}室 11月18日 19:30 16.5" for n in range(readings.MOST_ROWS + 1))
    assert [refusal.code for refusal in readings.parse(many, 2026)[1]] == ["readings_too_many"]


@given(st.integers(readings.LEAST_TENTHS, readings.MOST_TENTHS))
def test_a_temperature_comes_back_as_it_was_typed(tenths):
    assert readings.tenths_of(readings.shown_tenths(tenths)) == tenths


def test_the_spread_of_homes():
    assert readings.spread([]) is None
    assert readings.spread([165, 182, 170]) == readings.Spread(3, 165, 182)
