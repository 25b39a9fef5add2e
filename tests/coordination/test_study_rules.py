"""Rhythm and periods, reminders on their days, averages compared without rounding."""

import datetime

import pytest

from xieshang.coordination.rules.study import (
    Marks,
    Rhythm,
    average_words,
    has_fallen,
    period_of,
    reminders,
    require_record,
    words_of,
)
from xieshang.lib.refusals import RuleViolation

DAY = datetime.date


@pytest.mark.parametrize(
    ("rhythm", "day", "key", "words", "first", "last"),
    [
        (Rhythm.MONTHLY, DAY(2026, 11, 1), "2026-11", "2026年11月", DAY(2026, 11, 1), DAY(2026, 11, 30)),
        (Rhythm.MONTHLY, DAY(2028, 2, 29), "2028-02", "2028年2月", DAY(2028, 2, 1), DAY(2028, 2, 29)),
        (Rhythm.QUARTERLY, DAY(2026, 9, 30), "2026-Q3", "2026年第三季度", DAY(2026, 7, 1), DAY(2026, 9, 30)),
        (Rhythm.QUARTERLY, DAY(2026, 10, 1), "2026-Q4", "2026年第四季度", DAY(2026, 10, 1), DAY(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_its_period(rhythm, day, key, words, first, last):
    period = period_of(rhythm, day)
    assert (period.key, period.words, period.first, period.last) == (key, words, first, last)
    assert words_of(key) == words


SET = DAY(2026, 10, 15)


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (DAY(2026, 10, 24), []),
        (DAY(2026, 10, 25), [("2026-10:near", False)]),
        (DAY(2026, 10, 31), [("2026-10:near", False)]),
        (DAY(2026, 11, 1), [("2026-10:late", True)]),
        (DAY(2026, 11, 24), [("2026-10:late", True), ("2026-11:near", False)]),
        (DAY(2026, 12, 1), [("2026-11:late", True)]),
    ],
)
def test_a_week_before_the_end_and_after_it_one_is_reminded(today, told):
    assert [(key, late) for key, _period, late in reminders(Rhythm.MONTHLY, SET, today)] == told


def test_a_period_that_ended_before_the_rhythm_was_set_is_nobodys_fault():
    assert reminders(Rhythm.MONTHLY, DAY(2026, 11, 1), DAY(2026, 11, 3)) == []


@pytest.mark.parametrize(
    ("before", "now", "fallen"),
    [
        (Marks(5, 20), Marks(5, 20), False),
        (Marks(5, 20), Marks(5, 19), True),
        (Marks(5, 19), Marks(5, 20), False),
        (Marks(4, 20), Marks(9, 9), False),
        (Marks(9, 45), Marks(4, 4), False),
        (Marks(6, 25), Marks(7, 29), True),  # 4.1667 and 4.1429
        (Marks(7, 29), Marks(6, 25), False),
    ],
)
def test_an_average_has_fallen_by_exact_comparison_and_never_from_a_handful(before, now, fallen):
    assert has_fallen(before, now) is fallen


@pytest.mark.parametrize(
    ("marks", "words"),
    [(Marks(5, 20), "4.0分（5人）"), (Marks(7, 24), "3.4分（7人）"), (Marks(20, 69), "3.5分（20人）")],
)
def test_an_average_is_told_with_its_base(marks, words):
    assert average_words(marks) == words


@pytest.mark.parametrize(
    ("held", "present", "conclusion", "codes"),
    [
        (DAY(2026, 11, 26), 1, "照办", []),
        (DAY(2026, 11, 27), 1, "照办", ["study_not_yet"]),
        (DAY(2026, 11, 26), 0, "照办", ["study_without_people"]),
        (DAY(2026, 11, 27), 0, " ", ["study_not_yet", "study_without_people", "study_without_conclusion"]),
    ],
)
def test_a_record_needs_its_day_people_and_a_conclusion(held, present, conclusion, codes):
    given = {"held_on": held, "today": DAY(2026, 11, 26), "present": present, "conclusion": conclusion}
    if not codes:
        require_record(**given)
        return
    with pytest.raises(RuleViolation) as caught:
        require_record(**given)
    assert [one.code for one in caught.value.refusals] == codes
