"""The count: order changes nothing, totals add up, each side of every mark."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xieshang.voting.rules import Channel, Paper, Tally, count, misleads, percent, shown_share

OPTIONS = (1, 2, 3, 4)
papers = some.lists(
    some.builds(
        Paper,
        some.builds(Tally, some.just(1), some.integers(0, 30_000)),
        some.sampled_from(Channel),
        some.frozensets(some.sampled_from(OPTIONS), min_size=1, max_size=3),
    ),
    max_size=60,
)


@given(papers, some.randoms())
def test_the_order_of_the_papers_changes_nothing(cast, shuffler):
    mixed = list(cast)
    shuffler.shuffle(mixed)
    assert count(mixed, Tally(100, 0)) == count(cast, Tally(100, 0))


@given(papers)
def test_totals_add_up(cast):
    counted = count(cast, Tally(100, 0))
    assert counted.part == sum((paper.weight for paper in cast), Tally())
    ticks = sum(len(paper.chosen) for paper in cast)
    assert sum(counted.option(option).heads for option in OPTIONS) == ticks
    assert sum(tally.heads for tally in counted.took_part.values()) == len(cast)


@given(papers)
def test_nobody_counts_for_an_option_without_taking_part(cast):
    counted = count(cast, Tally(100, 0))
    for option in OPTIONS:
        assert counted.option(option).heads <= counted.part.heads
        assert counted.option(option).area_centi <= counted.part.area_centi


@pytest.mark.parametrize(
    ("share", "part", "whole", "reaches", "exceeds"),
    [
        (Fraction(2, 3), 200, 300, True, False),
        (Fraction(2, 3), 199, 300, False, False),
        (Fraction(2, 3), 201, 300, True, True),
        (Fraction(1, 2), 100, 200, True, False),
        (Fraction(1, 2), 101, 200, True, True),
        (Fraction(1, 2), 99, 200, False, False),
        (Fraction(3, 4), 150, 200, True, False),
        (Fraction(3, 4), 149, 200, False, False),
        (Fraction(2, 3), 891, 1336, True, True),
        (Fraction(2, 3), 890, 1336, False, False),
        (Fraction(1, 1), 5, 5, True, False),
    ],
)
def test_at_least_counts_the_number_itself_and_more_than_does_not(share, part, whole, reaches, exceeds):
    assert Tally(part).reaches(share, Tally(whole)) is reaches
    assert Tally(part).exceeds(share, Tally(whole)) is exceeds


@given(some.integers(1, 10_000), some.integers(1, 10), some.integers(1, 10))
def test_one_head_decides_on_each_side_of_a_mark(whole, over, under):
    share = Fraction(min(over, under), max(over, under))
    least = -(-share.numerator * whole // share.denominator)
    assert Tally(least).reaches(share, Tally(whole)) is True
    assert Tally(least - 1).reaches(share, Tally(whole)) is False


def test_with_areas_both_bases_must_hold():
    whole = Tally(300, 3_000_000)
    assert Tally(200, 2_000_000).reaches(Fraction(2, 3), whole) is True
    assert Tally(200, 1_999_999).reaches(Fraction(2, 3), whole) is False
    assert Tally(101, 1_000_001).exceeds(Fraction(1, 2), Tally(200, 2_000_000)) is True
    assert Tally(101, 1_000_000).exceeds(Fraction(1, 2), Tally(200, 2_000_000)) is False


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (228, 300, "76.00%"),
        (131, 228, "57.46%"),
        (1, 3, "33.33%"),
        (2, 3, "66.67%"),
        (1, 8, "12.50%"),
        (1, 2000, "0.05%"),
        (1, 20000, "0.01%"),
        (1, 20001, "0.00%"),
        (0, 0, "–"),
        (5, 5, "100.00%"),
    ],
)
def test_shares_are_rounded_half_up(part, whole, words):
    assert percent(part, whole) == words


@given(some.integers(0, 5_000), some.integers(1, 5_000))
def test_rounding_is_off_by_at_most_half_a_hundredth(part, whole):
    shown = Fraction(percent(part, whole).rstrip("%")) / 100
    assert abs(shown - Fraction(part, whole)) <= Fraction(1, 20_000)


def test_the_fraction_stands_beside_a_figure_that_misleads():
    assert shown_share(10_001, 20_001, Fraction(1, 2)) == "50.00%（10,001/20,001）"
    assert shown_share(1, 2, Fraction(1, 2)) == "50.00%"
    assert shown_share(66_666, 100_000, Fraction(2, 3)) == "66.67%（66,666/100,000）"
    assert shown_share(2, 3, Fraction(2, 3)) == "66.67%"
    assert misleads(0, 0, Fraction(1, 2)) is False


def test_people_read_figures_by_thousands_and_files_plain():
    tally = Tally(1336, 12_887_933)
    assert (tally.people, tally.area, tally.area_digits) == ("1,336", "128,879.33", "128879.33")
    assert Tally(0, 5).area == "0.05"
