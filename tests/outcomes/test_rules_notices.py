"""When a notice counts as posted, how long it runs, how it is numbered; without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xieshang.lib.workdays import Calendar
from xieshang.outcomes.rules import (
    Rates,
    average,
    counts_from,
    is_open_on,
    mark_of,
    percent,
    period_of,
    satisfaction_rate,
    series_number,
    strict_rate,
    title_lines,
    why_later,
)

NET = date(2026, 3, 28)
BOARDS = ["社区公告栏", "3号楼"]


@pytest.mark.parametrize(
    ("hung", "net_is_enough", "posted"),
    [
        ({}, True, NET),
        ({}, False, None),
        ({"社区公告栏": date(2026, 3, 29)}, False, None),
        ({"社区公告栏": date(2026, 3, 29), "3号楼": date(2026, 3, 31)}, False, date(2026, 3, 31)),
        ({"社区公告栏": date(2026, 3, 27), "3号楼": date(2026, 3, 27)}, False, NET),
        ({"社区公告栏": date(2026, 3, 29), "小卖部": date(2026, 4, 9)}, False, None),
    ],
)
def test_a_notice_counts_from_the_later_of_net_and_boards(hung, net_is_enough, posted):
    assert counts_from(NET, BOARDS, hung, net_is_enough=net_is_enough) == posted


def test_without_boards_named_it_never_counts_unless_the_net_is_enough():
    assert counts_from(NET, [], {}, net_is_enough=False) is None


def test_the_seventh_day_in_the_qingming_leave_moves_on():
    period = period_of(NET, 7)
    assert (period.first_day, period.last_day, period.provisional) == (date(2026, 3, 29), date(2026, 4, 7), False)
    assert why_later(NET, 7) == "第7日逢清明节假期，顺延"


def test_a_last_day_on_a_plain_weekend_says_so():
    assert (period_of(date(2026, 11, 14), 7).last_day, why_later(date(2026, 11, 14), 7)) == (
        date(2026, 11, 23),
        "第7日逢周六，顺延",
    )


def test_a_working_last_day_needs_no_reason():
    assert (period_of(date(2026, 11, 23), 7).last_day, why_later(date(2026, 11, 23), 7)) == (date(2026, 11, 30), "")


def test_a_weekend_that_is_worked_does_not_move():
    worked = Calendar(workdays=frozenset({date(2026, 11, 21)}))
    assert why_later(date(2026, 11, 14), 7, worked) == ""
    assert period_of(date(2026, 11, 14), 7, worked).last_day == date(2026, 11, 21)


@pytest.mark.parametrize(("posted", "days"), [(None, 7), (NET, 0)])
def test_nothing_runs_before_posting_or_without_days(posted, days):
    assert period_of(posted, days) is None


@pytest.mark.parametrize(
    ("day", "is_open"), [(date(2026, 4, 6), True), (date(2026, 4, 7), True), (date(2026, 4, 8), False)]
)
def test_the_last_day_itself_is_open(day, is_open):
    assert is_open_on(day, date(2026, 4, 7)) is is_open


def test_before_the_last_day_is_known_it_is_open():
    assert is_open_on(date(2026, 4, 7), None)


def test_a_number_is_written_as_officials_cite_it():
    assert series_number(mark_of("和顺", "社", []), 2026, 7) == "和社协公〔2026〕7号"


def test_a_taken_mark_grows_until_it_is_free():
    taken = ["和社协公"]
    assert mark_of("和平", "社", taken) == "和平社协公"
    assert mark_of("和平", "社", [*taken, "和平社协公"]) == "和平2社协公"


@pytest.mark.parametrize(
    ("stars", "satisfied", "strict"),
    [
        ((0, 0, 0, 0, 0), None, None),
        ((0, 0, 1, 0, 0), 10_000, 0),
        ((1, 0, 1, 1, 0), 6_666, 3_333),
        ((2, 1, 3, 4, 12), 8_636, 7_272),
        ((5, 0, 0, 0, 0), 0, 0),
    ],
)
def test_both_rates_come_from_the_rows(stars, satisfied, strict):
    assert (satisfaction_rate(Rates(stars)), strict_rate(Rates(stars))) == (satisfied, strict)


@given(st.tuples(*[st.integers(0, 500)] * 5))
def test_the_strict_rate_never_exceeds_the_other(stars):
    rates = Rates(stars)
    assert (strict_rate(rates) or 0) <= (satisfaction_rate(rates) or 0) <= 10_000


@pytest.mark.parametrize(
    ("stars", "shown", "cells"),
    [
        ((0, 0, 0, 0, 4), False, False),
        ((0, 0, 0, 0, 5), True, True),
        ((1, 0, 0, 0, 5), True, False),
        ((5, 0, 6, 0, 9), True, True),
    ],
)
def test_numbers_below_five_are_not_shown(stars, shown, cells):
    assert (Rates(stars).is_shown, Rates(stars).cells_are_shown) == (shown, cells)


@given(st.tuples(*[st.integers(0, 12)] * 5))
def test_what_the_shares_tell_together_is_never_of_one_to_four_people(stars):
    rates = Rates(stars)
    low, middle, top = sum(stars[:2]), stars[2], sum(stars[3:])
    groups = [low, middle + top] if rates.satisfied_is_shown else []
    groups += [low + middle, top] if rates.strict_is_shown else []
    groups += [middle] if rates.satisfied_is_shown and rates.strict_is_shown else []
    assert not {1, 2, 3, 4} & set(groups)


@pytest.mark.parametrize(
    ("stars", "words"), [((0, 0, 0, 0, 0), ""), ((1, 0, 0, 0, 1), "3.0"), ((0, 0, 0, 3, 17), "4.9")]
)
def test_the_mean_is_written_with_one_place(stars, words):
    assert average(Rates(stars)) == words


@pytest.mark.parametrize(("share", "words"), [(None, ""), (0, "0.00%"), (8636, "86.36%"), (10_000, "100.00%")])
def test_a_share_is_written_with_two_places(share, words):
    assert percent(share) == words


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于明湖家园地面停车位重新划线协商结果的公示", ("关于明湖家园地面停车位重新划线", "协商结果的公示")),
        ("关于冬季除雪除冰责任区协商结果的公示", ("关于冬季除雪除冰责任区", "协商结果的公示")),
        ("关于“冬季除雪除冰责任区”的协商预告", ("关于“冬季除雪除冰责任区”的", "协商预告")),
        ("关于扶手的公示", ("关于扶手的公示", "")),
        ("关于铁西老院改造项目清单排序的意见情况说明", ("关于铁西老院改造项目清单排序的意见情况说明", "")),
    ],
)
def test_a_long_title_breaks_before_what_it_announces(title, lines):
    assert title_lines(title) == lines
