"""Words that people read: labels, the progress line, who decides, the number."""

import pytest

from xieshang.topics.rules import (
    ENDS,
    GLOSS,
    KIND_LABELS,
    KIND_SHORT_LABELS,
    NATURE_LABELS,
    NEXT_WORDS,
    STATE_LABELS,
    WHO_LABELS,
    Mark,
    Nature,
    State,
    TopicKind,
    Who,
    progress,
    reference_number,
    who_decides,
)

S = State
WAY = [S.DRAFT, S.SUBMITTED, S.SCREENING, S.PARTY_REVIEW, S.ANNOUNCED, S.DELIBERATING, S.OPINION_FORMED, S.PUBLICITY]


def words(standings, mark=None):
    return [standing.label for standing in standings if mark is None or standing.mark == mark]


@pytest.mark.parametrize(
    ("labels", "enum"),
    [
        (STATE_LABELS, State),
        (NEXT_WORDS, State),
        (KIND_LABELS, TopicKind),
        (KIND_SHORT_LABELS, TopicKind),
        (NATURE_LABELS, Nature),
        (WHO_LABELS, Who),
    ],
)
def test_nothing_is_without_a_word(labels, enum):
    assert set(labels) == set(enum)


def test_no_two_states_share_a_word():
    assert len(set(STATE_LABELS.values())) == len(State)


@pytest.mark.parametrize("state", State)
def test_every_open_state_says_whose_turn_it_is(state):
    assert (NEXT_WORDS[state].who is None) == (state in ENDS)


@pytest.mark.parametrize("gloss", GLOSS.values())
def test_a_gloss_has_at_most_ten_characters(gloss):
    assert len(gloss) <= 10


def test_a_consultation_passes_eleven_points():
    line = progress(S.DELIBERATING, frozenset(WAY[:6]))
    assert words(line) == "提出 受理 党组织研究 预告 协商讨论 协商意见 公示 采纳 办理 反馈 评价".split()
    assert words(line, Mark.DONE) == "提出 受理 党组织研究 预告".split()
    assert words(line, Mark.CURRENT) == ["协商讨论"]


def test_a_poll_and_a_meeting_show_once_they_are_there():
    assert "意愿征集" in words(progress(S.VOTING, frozenset(WAY[:7])))
    assert "上会决定" in words(progress(S.PUBLICITY, frozenset([*WAY, S.ESCALATED])))
    assert "意愿征集" not in words(progress(S.PUBLICITY, frozenset(WAY)))


def test_an_owners_matter_shows_the_owners_vote_and_no_adoption():
    line = progress(S.TO_OWNERS, frozenset(WAY), Nature.OWNERS)
    assert words(line, Mark.CURRENT) == ["业主表决"]
    assert "采纳" not in words(line)


@pytest.mark.parametrize(("state", "current"), [(S.DISPATCHED, "转办"), (S.HANDLED, "处理")])
def test_a_repair_takes_the_short_line(state, current):
    line = progress(state, frozenset({S.DRAFT, S.SUBMITTED, S.SCREENING, S.DISPATCHED}))
    assert words(line) == "提出 受理 转办 处理 评价".split()
    assert words(line, Mark.CURRENT) == [current]


def test_a_repair_that_became_a_consultation_takes_the_long_line():
    been = frozenset({S.SCREENING, S.DISPATCHED, S.HANDLED, S.PARTY_REVIEW})
    assert words(progress(S.ANNOUNCED, been), Mark.CURRENT) == ["预告"]


def test_a_redirected_matter_ends_with_the_answer():
    been = frozenset({S.DRAFT, S.SUBMITTED, S.SCREENING, S.REDIRECTED})
    assert words(progress(S.REDIRECTED, been), Mark.CURRENT) == ["转其他渠道"]
    assert words(progress(S.CLOSED, been), Mark.DONE) == "提出 受理 转其他渠道 答复".split()


def test_an_archived_matter_has_every_point_done():
    line = progress(S.ARCHIVED, frozenset([*WAY, S.ADOPTED, S.IMPLEMENTING, S.FEEDBACK, S.EVALUATED]))
    assert words(line, Mark.DONE) == words(line)


def test_a_withdrawn_matter_stands_nowhere():
    line = progress(S.WITHDRAWN, frozenset(WAY[:3]))
    assert words(line, Mark.DONE) == ["提出", "受理"]
    assert words(line, Mark.CURRENT) == []
    assert "公示" in words(line, Mark.SKIPPED)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("nature", [None, *Nature])
def test_every_open_state_stands_on_exactly_one_point(state, nature):
    line = progress(state, frozenset({state}), nature)
    on_the_line = not (nature == Nature.OWNERS and state == S.ADOPTED) and not (
        nature != Nature.OWNERS and state == S.TO_OWNERS
    )
    if state not in ENDS and on_the_line:
        assert len(words(line, Mark.CURRENT)) == 1


@pytest.mark.parametrize("nature", Nature)
def test_who_decides_is_said_with_its_source(nature):
    decider = who_decides(nature)
    assert decider.body
    assert decider.rule
    assert decider.source


def test_advice_is_never_called_a_decision_of_owners_or_meetings():
    assert "供参考" in who_decides(Nature.ADVISORY).label
    assert [n for n in Nature if n != Nature.ADVISORY and "不具有" not in who_decides(n).label] == []


def test_before_screening_nobody_is_said_to_decide():
    assert who_decides(None).body == "受理时确定"


def test_a_number_names_place_and_year():
    assert reference_number("和顺", 2026, 12) == "议-和顺-2026-0012"
    assert reference_number("和顺", 2026, 12345) == "议-和顺-2026-12345"
