"""What a count means: four findings, each on both sides of its mark, never a decision in law."""

import itertools
from fractions import Fraction

import pytest

from xieshang.voting.rules import (
    NATURE_SENTENCES,
    Base,
    Channel,
    Finding,
    Nature,
    OptionKind,
    Paper,
    Tally,
    Verdict,
    count,
    headline,
    judge,
    may_be_split,
)

MOTION = {1: OptionKind.AGREE, 2: OptionKind.AGAINST, 3: OptionKind.ABSTAIN}
PLANS = {
    1: OptionKind.CHOICE,
    2: OptionKind.CHOICE,
    3: OptionKind.CHOICE,
    8: OptionKind.NONE_OF_THESE,
    9: OptionKind.ABSTAIN,
}


def counted(whole, **votes):
    papers = [
        Paper(Tally(1), Channel.ONLINE, frozenset(int(option) for option in ticks.strip("_").split("_")))
        for ticks, number in votes.items()
        for _ in range(number)
    ]
    return count(papers, Tally(whole))


@pytest.mark.parametrize(
    ("votes", "turnout", "finding"),
    [
        ({}, None, Finding.NOBODY),
        ({}, Fraction(1, 3), Finding.NOBODY),
        ({"_1": 51, "_2": 49}, None, Finding.SUPPORTED),
        ({"_1": 50, "_2": 50}, None, Finding.NO_MAJORITY),
        ({"_1": 49, "_2": 51}, None, Finding.NO_MAJORITY),
        ({"_1": 50, "_2": 40, "_3": 10}, None, Finding.NO_MAJORITY),
        ({"_1": 51, "_2": 39, "_3": 10}, None, Finding.SUPPORTED),
        ({"_3": 10}, None, Finding.NO_MAJORITY),
        ({"_1": 100}, Fraction(1, 3), Finding.SUPPORTED),
        ({"_1": 99}, Fraction(1, 3), Finding.TURNOUT_NOT_MET),
        ({"_1": 60, "_3": 40}, Fraction(1, 3), Finding.SUPPORTED),
        ({"_1": 300}, Fraction(1), Finding.SUPPORTED),
        ({"_1": 299}, Fraction(1), Finding.TURNOUT_NOT_MET),
    ],
)
def test_a_motion_needs_more_than_half_of_those_who_took_part(votes, turnout, finding):
    verdict = judge(counted(300, **votes), MOTION, turnout)
    assert verdict.finding == finding
    assert verdict.supported == ((1,) if finding == Finding.SUPPORTED else ())


@pytest.mark.parametrize(
    ("votes", "supported"),
    [
        ({"_1": 70, "_2": 110, "_9": 20}, (2,)),
        ({"_1": 70, "_2": 95, "_3": 35}, ()),
        ({"_1": 10, "_8": 90}, ()),
        ({"_9": 90, "_1": 10}, ()),
        ({"_1_2": 60, "_2": 10, "_3": 30}, (2, 1)),
        ({"_1_2": 50, "_3": 50}, ()),
    ],
)
def test_of_several_options_those_over_half_are_supported_most_first(votes, supported):
    assert judge(counted(300, **votes), PLANS, None).supported == supported


def test_an_option_against_all_never_wins():
    verdict = judge(counted(100, _8=100), PLANS, None)
    assert verdict == Verdict(Finding.NO_MAJORITY, turnout_met=True)


@pytest.mark.parametrize(
    ("finding", "base", "is_motion", "sentence"),
    [
        (Finding.NOBODY, Base.PERSON, True, "没有人投票，没有形成结果"),
        (Finding.TURNOUT_NOT_MET, Base.PERSON, False, "参加的人不够，这次征集不作数"),
        (Finding.TURNOUT_NOT_MET, Base.HOUSEHOLD, False, "参加的住户不够，这次征集不作数"),
        (Finding.NO_MAJORITY, Base.PERSON, True, "同意的没有超过一半，没有形成多数意见"),
        (Finding.NO_MAJORITY, Base.PERSON, False, "没有哪个方案超过一半，没有形成多数意见"),
        (Finding.SUPPORTED, Base.PERSON, True, "参加的人超过一半同意"),
        (Finding.SUPPORTED, Base.HOUSEHOLD, True, "参加的住户超过一半同意"),
        (Finding.SUPPORTED, Base.PERSON, False, "“方案甲”“方案丙”得到超过一半支持"),
    ],
)
def test_the_headline_says_what_happened_and_decides_nothing(finding, base, is_motion, sentence):
    verdict = Verdict(finding, turnout_met=True)
    assert headline(verdict, ["方案甲", "方案丙"], base, is_motion=is_motion) == sentence


def test_a_failed_motion_is_never_told_as_a_decision_against():
    ways = itertools.product(Finding, (Base.PERSON, Base.HOUSEHOLD), (True, False))
    words = [headline(Verdict(finding, turnout_met=True), ["甲"], base, is_motion=m) for finding, base, m in ways]
    assert [word for word in words if "反对" in word or "否决" in word or "通过" in word] == []


def test_every_nature_says_that_a_poll_is_no_decision():
    assert set(NATURE_SENTENCES) == set(Nature)
    assert all("意愿征集" in sentence for sentence in NATURE_SENTENCES.values())
    assert "没有业主决定的效力" in NATURE_SENTENCES[Nature.OWNERS]
    assert "没有村民决定的效力" in NATURE_SENTENCES[Nature.VILLAGERS]


@pytest.mark.parametrize(("cells", "shown"), [([5, 5], True), ([5, 4], False), ([100, 0], False), ([], True)])
def test_small_cells_hide_a_breakdown(cells, shown):
    assert may_be_split(cells) is shown
