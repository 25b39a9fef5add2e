"""Days and moments as people say them."""

import datetime

import pytest

from xieshang.lib import days

DAY = datetime.date(2026, 11, 24)
# Already the 24th in Shanghai.
LATE = datetime.datetime(2026, 11, 23, 16, 2, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (days.weekday, "周二"),
        (days.short_day, "11月24日"),
        (days.day_words, "11月24日（周二）"),
        (days.full_day, "2026年11月24日"),
    ],
)
def test_a_day_and_a_moment_of_it_are_said_alike(said, words):
    assert (said(DAY), said(LATE)) == (words, words)


def test_a_moment_says_the_time_in_shanghai():
    assert (days.moment(LATE), days.deadline(LATE)) == ("11月24日 00:02", "11月24日（周二）00:02")


@pytest.mark.parametrize("said", [days.short_day, days.day_words, days.full_day, days.moment, days.deadline])
def test_no_day_is_said_by_nothing(said):
    assert said(None) == ""


@pytest.mark.parametrize(("left", "words"), [(2, "还剩2个工作日"), (0, "今天到期"), (-1, "已超1个工作日"), (None, "")])
def test_what_is_left_is_said_in_its_unit(left, words):
    assert days.left_words(left, "个工作日") == words
