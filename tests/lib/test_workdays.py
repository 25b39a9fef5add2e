"""The one calendar: leave, weekends that are worked, and periods of the Civil Code."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xieshang.lib.workdays import (
    PUBLISHED,
    Calendar,
    add_workdays,
    is_over,
    is_workday,
    next_workday,
    period_after,
    push_back,
    workdays_between,
)

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 1, 4), True),
        (date(2026, 2, 14), True),
        (date(2026, 2, 17), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 28), True),
        (date(2026, 4, 4), False),
        (date(2026, 4, 6), False),
        (date(2026, 4, 7), True),
        (date(2026, 5, 5), False),
        (date(2026, 5, 9), True),
        (date(2026, 6, 19), False),
        (date(2026, 9, 20), True),
        (date(2026, 9, 25), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 23), True),
    ],
)
def test_the_leave_of_2026_is_known(day, worked):
    assert is_workday(day) == worked


def test_an_unknown_year_counts_monday_to_friday_and_is_provisional():
    assert PUBLISHED.is_provisional(2027)
    assert is_workday(date(2027, 10, 1))
    assert not is_workday(date(2027, 10, 2))


def test_a_known_year_is_not_provisional():
    assert not PUBLISHED.is_provisional(2026)


def test_a_table_of_overrides_makes_a_year_known():
    loaded = Calendar(frozenset({date(2027, 10, 1)}), frozenset({date(2027, 10, 9)}), frozenset({2027}))
    assert not loaded.is_provisional(2027)
    assert not loaded.is_workday(date(2027, 10, 1))
    assert loaded.is_workday(date(2027, 10, 9))
    assert not loaded.is_workday(date(2027, 10, 10))


def test_overrides_lie_on_top_of_published_leave():
    snow = Calendar(holidays=frozenset({date(2026, 11, 23)}), workdays=frozenset({date(2026, 11, 28)}))
    assert not snow.is_workday(date(2026, 11, 23))
    assert snow.is_workday(date(2026, 11, 28))
    assert not snow.is_workday(date(2026, 10, 1))


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 2, 12), 3, date(2026, 2, 24)),
        (date(2026, 9, 30), 5, date(2026, 10, 13)),
    ],
)
def test_working_days_leave_out_the_first_day_and_all_leave(start, days, last):
    assert add_workdays(start, days) == last


def test_working_days_left_are_positive_and_days_over_negative():
    assert workdays_between(date(2026, 11, 20), date(2026, 11, 24)) == 2
    assert workdays_between(date(2026, 11, 24), date(2026, 11, 20)) == -2
    assert workdays_between(date(2026, 11, 24), date(2026, 11, 24)) == 0


def test_a_last_day_in_the_qingming_leave_moves_behind_it():
    period = period_after(date(2026, 3, 28), 7)
    assert (period.first_day, period.last_day, period.provisional) == (date(2026, 3, 29), date(2026, 4, 7), False)


def test_a_last_day_on_a_worked_saturday_stays():
    assert period_after(date(2026, 5, 2), 7).last_day == date(2026, 5, 9)


def test_a_period_that_ends_in_an_unknown_year_is_provisional():
    assert period_after(date(2026, 12, 28), 7).provisional


def test_a_period_is_over_the_day_after_its_last_day():
    period = period_after(date(2026, 3, 28), 7)
    assert not is_over(period, date(2026, 4, 7))
    assert is_over(period, date(2026, 4, 8))


def test_a_suspension_pushes_the_last_day_back_by_the_days_it_lasted():
    pushed = push_back(date(2026, 11, 20), date(2026, 11, 16), date(2026, 11, 18))
    assert pushed == date(2026, 11, 23)


@given(DAYS, st.integers(0, 60))
def test_adding_working_days_and_counting_them_agree(start, days):
    assert workdays_between(start, add_workdays(start, days)) == days


@given(DAYS, st.integers(1, 60))
def test_a_period_never_ends_early_nor_on_a_day_of_leave(posted, days):
    period = period_after(posted, days)
    assert period.last_day >= posted + timedelta(days=days)
    assert is_workday(period.last_day)
    assert period.last_day == next_workday(posted + timedelta(days=days))


@given(DAYS, DAYS)
def test_counting_between_two_days_is_the_same_both_ways(one, other):
    assert workdays_between(one, other) == -workdays_between(other, one)
