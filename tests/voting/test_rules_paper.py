"""The ballot paper and who may hand one in."""

import datetime
from fractions import Fraction
from itertools import product

import pytest

from xieshang.lib.refusals import RuleViolation
from xieshang.voting.rules import (
    OptionKind,
    Reader,
    Standing,
    State,
    fraction,
    lines_for,
    refusals,
    require_sound_paper,
    require_valid_choice,
    share_of,
    standing_of,
    tidy,
    time_left,
)

UTC = datetime.UTC
KINDS = {1: OptionKind.CHOICE, 2: OptionKind.CHOICE, 3: OptionKind.CHOICE, 4: OptionKind.NONE_OF_THESE}
KINDS |= {5: OptionKind.ABSTAIN}


def refused(call, *given):
    with pytest.raises(RuleViolation) as caught:
        call(*given)
    return [refusal.code for refusal in caught.value.refusals]


def test_a_plain_question_offers_yes_no_and_abstaining():
    assert [line.text for line in lines_for([])] == ["同意", "不同意", "弃权"]


def test_several_options_always_end_with_none_of_these_and_abstaining():
    assert [line.text for line in lines_for(["甲", "乙"])] == ["甲", "乙", "以上都不同意", "弃权"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (["甲", "", "乙", "弃权"], ["甲", "乙"]),
        (["同意", "不同意"], []),
        (["同意", "不同意", "弃权"], []),
        (["甲", "乙", "以上都不同意"], ["甲", "乙"]),
    ],
)
def test_what_is_added_anyway_need_not_be_typed(typed, kept):
    assert tidy(typed) == kept


@pytest.mark.parametrize(
    ("question", "options", "most", "codes"),
    [
        ("", [], 1, ["no_question"]),
        ("问", ["甲"], 1, ["too_few_options"]),
        ("问", ["甲", "甲"], 1, ["same_options"]),
        ("问", ["甲", "乙"], 0, ["choices_out_of_range"]),
        ("问", ["甲", "乙"], 3, ["choices_out_of_range"]),
        ("问", [], 2, ["choices_out_of_range"]),
        ("", [str(n) for n in range(13)], 1, ["no_question", "too_many_options"]),
    ],
)
def test_an_unsound_paper_is_refused_with_every_reason(question, options, most, codes):
    assert refused(require_sound_paper, question, options, most) == codes


@pytest.mark.parametrize(("question", "options", "most"), [("问", [], 1), ("问", ["甲", "乙"], 2)])
def test_a_sound_paper_is_taken(question, options, most):
    require_sound_paper(question, options, most)


@pytest.mark.parametrize(
    ("chosen", "most", "code"),
    [
        ([], 1, "nothing_chosen"),
        ([6], 1, "not_on_the_ballot"),
        ([1, 2], 1, "too_many_chosen"),
        ([1, 2, 3], 2, "too_many_chosen"),
        ([1, 5], 3, "chosen_alone"),
        ([4, 5], 3, "chosen_alone"),
    ],
)
def test_a_wrongly_filled_paper_is_refused(chosen, most, code):
    assert refused(require_valid_choice, chosen, KINDS, most) == [code]


@pytest.mark.parametrize(("chosen", "most"), [([1], 1), ([5], 1), ([4], 2), ([1, 2], 2)])
def test_a_rightly_filled_paper_is_taken(chosen, most):
    require_valid_choice(chosen, KINDS, most)


@pytest.mark.parametrize(("text", "share"), [("", None), ("0", None), ("1/3", Fraction(1, 3)), ("0.5", Fraction(1, 2))])
def test_a_share_is_read_as_a_fraction(text, share):
    assert share_of(text) == share


@pytest.mark.parametrize("text", ["三分之一", "4/3", "-1/2", "1/0"])
def test_a_share_that_is_none_is_refused(text):
    assert refused(share_of, text) == [refusals.SHARE_OUT_OF_RANGE.code]


HOLDER = Reader(signed_in=True, holds_right=True, has_home=True, lives_in_scope=True)


@pytest.mark.parametrize(
    ("reader", "standing"),
    [
        (Reader(), Standing.NOT_SIGNED_IN),
        (Reader(signed_in=True), Standing.NOT_VERIFIED),
        (Reader(signed_in=True, in_office=True), Standing.IN_OFFICE),
        (Reader(signed_in=True, in_office=True, holds_right=True), Standing.IN_OFFICE),
        (Reader(signed_in=True, has_home=True), Standing.OUT_OF_SCOPE),
        (Reader(signed_in=True, has_home=True, lives_in_scope=True), Standing.AFTER_FREEZE),
        (Reader(signed_in=True, has_home=True, lives_in_scope=True, under_age=True), Standing.UNDER_AGE),
        (HOLDER, Standing.MAY),
        (Reader(signed_in=True, holds_right=True, voted=True), Standing.VOTED),
        (Reader(signed_in=True, holds_right=True, housemate_voted=True), Standing.HOUSEHOLD_VOTED),
    ],
)
def test_every_reader_of_a_running_vote_hears_one_reason(reader, standing):
    assert standing_of(reader, State.OPEN, time_is_up=False, allow_change=False) == standing


@pytest.mark.parametrize(
    ("state", "up"), [(s, up) for s, up in product(State, (True, False)) if (s, up) != ("open", False)]
)
def test_nobody_may_vote_outside_the_window(state, up):
    standing = standing_of(HOLDER, state, time_is_up=up, allow_change=True)
    outside = {State.DRAFTED: Standing.NOT_OPEN, State.VOIDED: Standing.VOIDED}
    assert standing == outside.get(state, Standing.CLOSED)


@pytest.mark.parametrize(
    ("state", "up", "change", "standing"),
    [
        (State.OPEN, False, True, Standing.MAY_CHANGE),
        (State.OPEN, True, True, Standing.VOTED),
        (State.OPEN, False, False, Standing.VOTED),
        (State.CLOSED, True, True, Standing.VOTED),
    ],
)
def test_changing_is_open_only_where_fixed_so_and_only_in_time(state, up, change, standing):
    voted = Reader(signed_in=True, holds_right=True, voted=True)
    assert standing_of(voted, state, time_is_up=up, allow_change=change) == standing


@pytest.mark.parametrize(
    ("hours", "words"),
    [(72, "还剩3天"), (24, "还剩1天"), (5, "还剩5小时"), (0.5, "还剩不到1小时"), (0, "已截止")],
)
def test_what_is_left_is_said_in_days_then_hours(hours, words):
    closes = datetime.datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert time_left(closes, closes - datetime.timedelta(hours=hours)) == words


@pytest.mark.parametrize(
    ("share", "words"), [("1/3", "三分之一"), ("2/3", "三分之二"), ("1/2", "一半"), ("1", "全部"), ("17/50", "17/50")]
)
def test_fractions_are_said_in_words(share, words):
    assert fraction(Fraction(share)) == words
