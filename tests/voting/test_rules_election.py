"""Elections: seats, order, ties, reserves, each on both sides of its line; and ranked priorities."""

import pytest

from tests.voting.test_rules_vectors import Scope
from xieshang.voting.rules import (
    Channel,
    Decision,
    Kind,
    Mark,
    Outcome,
    Paper,
    Slate,
    Tally,
    Terms,
    conclude,
    is_legal_size,
    mark_of,
)


def elect(ballots, *, seats=2, names="ABCD", **terms):
    """Ten owners of 100 m²; each ballot is a string of names, with @ and hundredths where the home is larger."""
    made = Scope(10, "1000.00")
    for ballot in ballots:
        chosen, _, more = ballot.partition("@")
        made.home(list(chosen) if chosen.isupper() or not chosen else chosen, 10000 + int(more or 0))
    for _ in range(10 - len(ballots)):
        made.home("nobody", 10000)
    return made.count(3, seats=seats, candidates=list(names), **terms)


@pytest.mark.parametrize(
    ("ballots", "elected", "reserve", "outcome", "flags"),
    [
        (["AB"] * 7, ["A", "B"], [], "PASSED", []),
        (["AB"] * 6 + ["A"], ["A", "B"], [], "PASSED", []),
        (["AB"] * 4 + ["A"] * 3, ["A", "B"], [], "PASSED", []),
        (["AB"] * 3 + ["A"] * 3 + ["C"], ["A"], [], "SEATS_UNFILLED", []),
        (["BA"] * 7, ["A", "B"], [], "PASSED", []),
        (["AB"] * 5 + ["C"], [], [], "QUORUM_NOT_MET", []),
        (["AB"] * 4 + ["AC"] * 4, ["A"], [], "SEATS_UNFILLED", []),
        (["AB"] * 2 + ["AC"] * 2 + ["BC"] * 3, ["B", "C"], ["A"], "PASSED", []),
    ],
)
def test_seats_go_to_those_with_more_than_half(ballots, elected, reserve, outcome, flags):
    result = elect(ballots)
    assert (result["elected"], result["reserve"]) == (elected, reserve)
    assert (result["outcome"], result["flags"]) == (outcome, flags)


def test_equals_across_the_last_seat_are_all_reserve():
    result = elect(["ABC"] * 7, seats=3, names="ABCD")
    assert (result["elected"], result["flags"]) == (["A", "B", "C"], [])
    result = elect(["AB"] * 3 + ["AC"] * 3 + ["BC"] * 3, seats=2, names="CBA")
    assert (result["elected"], result["reserve"]) == ([], ["C", "B", "A"])
    assert (result["outcome"], result["flags"]) == ("SEATS_UNFILLED", ["TIE_AT_LAST_SEAT"])


def test_a_hundredth_of_a_square_metre_breaks_a_tie():
    result = elect(["AB@1", "AB", "AB", "AC", "AC", "AC", "BC", "BC", "BC"], names="CBA")
    assert (result["elected"], result["reserve"]) == (["B", "A"], ["C"])
    assert (result["outcome"], result["flags"]) == ("PASSED", [])


def test_who_leads_clearly_is_seated_before_a_tie():
    result = elect(["AB"] * 4 + ["AC"] * 4 + ["BC"] * 2, names="BCA")
    assert (result["elected"], result["reserve"]) == (["A"], ["B", "C"])
    assert result["flags"] == ["TIE_AT_LAST_SEAT"]


@pytest.mark.parametrize(
    ("ballot", "invalid", "abstain"),
    [
        ("ABC", 1, 0),
        ("AA", 1, 0),
        ("", 1, 0),
        ("invalid", 1, 0),
        ("blank", 1, 0),
        ("abstain", 0, 1),
        ("disputed", 0, 0),
    ],
)
def test_more_names_than_seats_or_one_twice_is_invalid(ballot, invalid, abstain):
    result = elect([*["AB"] * 7, ballot])
    assert result["invalid"]["heads"] == invalid
    assert result["choices"]["abstain"]["heads"] == abstain
    assert list(result["choices"]) == ["A", "B", "C", "D", "abstain"]


def test_an_empty_list_is_blank_and_may_be_an_abstention():
    result = elect([*["AB"] * 7, ""], blank_is_abstain=True)
    assert (result["invalid"]["heads"], result["choices"]["abstain"]["heads"]) == (0, 1)


def test_silence_elects_nobody():
    made = Scope(3, "300.00").home(["A"], 10000).home(["A"], 10000).home("nobody", 10000, delivered=True)
    result = made.count(3, seats=1, candidates=["A"], deemed="majority")
    assert result["deemed"] == {"heads": 0, "area": "0.00"}
    assert result["flags"] == []


def test_another_elected_list_under_the_other_invalid_rule_is_flagged():
    result = elect([*["AB"] * 5, *["A"] * 4, "ABC"])
    assert (result["elected"], result["flags"]) == (["A", "B"], ["OUTCOME_DEPENDS_ON_INVALID_RULE"])


@pytest.mark.parametrize(("seats", "is_legal"), [(4, False), (5, True), (6, False), (7, True), (11, True), (13, False)])
def test_a_committee_has_five_to_eleven_members_an_odd_number(seats, is_legal):
    assert is_legal_size(seats) is is_legal


# Ranked priorities ----------------------------------------------------------------------------------------------

SIX = Slate(tuple("ABCDEF"), "abstain", "against", seats=3)


def prioritise(*ballots):
    terms = Terms(Kind.PRIORITIES, None)
    papers = [
        Paper(Tally(1), Channel.ONLINE, tuple(ballot), mark_of(Kind.PRIORITIES, ballot, SIX)) for ballot in ballots
    ]
    return conclude(terms, SIX, papers, Tally(100))


def test_the_first_of_three_gets_three_points_the_last_one():
    result = prioritise("ABC", "BAD", "A")
    points = {option: result.counted.option(option).heads for option in "ABCDEF"}
    assert points == {"A": 8, "B": 5, "C": 1, "D": 1, "E": 0, "F": 0}
    assert result.decision == Decision(
        Outcome.PASSED, elected=("A", "B"), reserve=("C", "D"), is_tied_at_last_seat=True
    )
    assert result.counted.part == Tally(3)


@pytest.mark.parametrize(
    ("ballot", "mark"),
    [
        ("ABC", Mark.VALID),
        ("A", Mark.VALID),
        ("ABCD", Mark.INVALID),
        ("AA", Mark.INVALID),
        ("", Mark.BLANK),
        (["abstain"], Mark.VALID),
        (["abstain", "A"], Mark.INVALID),
    ],
)
def test_up_to_three_different_ones_may_be_named(ballot, mark):
    assert mark_of(Kind.PRIORITIES, ballot, SIX) == mark


def test_nobody_named_anything_decides_nothing():
    assert prioritise(["abstain"], "").decision == Decision(Outcome.NO_EFFECTIVE_DECISION)
