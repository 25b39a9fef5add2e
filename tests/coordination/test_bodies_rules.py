"""What a committee owes by which day: every line, and the day before and after it."""

import datetime
from dataclasses import replace

import pytest

from xieshang.coordination.rules.bodies import (
    DutyKind,
    Limits,
    Term,
    alarms_of,
    duties_of,
    months_before,
    open_duties,
    term_faults,
    years_after,
)

LIMITS = Limits(reelection_months=3, handover_days=10, filing_days=30, term_years_most=5)
DAY = datetime.date
TERM = Term(DAY(2022, 3, 1), DAY(2027, 2, 28), filed_on=DAY(2022, 3, 20))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (DAY(2027, 2, 28), 3, DAY(2026, 11, 28)),
        (DAY(2027, 5, 31), 3, DAY(2027, 2, 28)),
        (DAY(2028, 5, 31), 3, DAY(2028, 2, 29)),
        (DAY(2027, 1, 15), 1, DAY(2026, 12, 15)),
        (DAY(2027, 3, 15), 15, DAY(2025, 12, 15)),
        (DAY(2024, 2, 29), -12, DAY(2025, 2, 28)),
    ],
)
def test_months_are_counted_on_the_calendar(day, months, expected):
    assert months_before(day, months) == expected


def kinds(duties):
    return [duty.kind.value for duty in duties]


@pytest.mark.parametrize(
    ("today", "seen"),
    [
        (DAY(2026, 10, 27), []),
        (DAY(2026, 10, 28), ["reelection"]),
        (DAY(2026, 11, 28), ["reelection"]),
        (DAY(2027, 2, 28), ["reelection"]),
        (DAY(2027, 3, 1), ["term_over"]),
    ],
)
def test_re_election_is_seen_a_month_before_its_day_and_then_the_term_is_over(today, seen):
    assert kinds(open_duties(TERM, LIMITS, today)) == seen


@pytest.mark.parametrize(("today", "late"), [(DAY(2026, 11, 28), False), (DAY(2026, 11, 29), True)])
def test_it_is_to_begin_three_months_before_the_end_and_not_a_day_later(today, late):
    [duty] = open_duties(TERM, LIMITS, today)
    assert (duty.due, duty.is_late(today)) == (DAY(2026, 11, 28), late)


def test_a_vote_for_the_successor_under_way_is_all_that_is_asked():
    assert open_duties(replace(TERM, is_electing=True), LIMITS, DAY(2027, 3, 10)) == []


FRESH = Term(DAY(2026, 6, 1), DAY(2031, 5, 31), has_earlier=True)


@pytest.mark.parametrize(
    ("change", "owed"),
    [
        ({}, {"handover": DAY(2026, 6, 11), "filing": DAY(2026, 7, 1)}),
        ({"has_earlier": False}, {"filing": DAY(2026, 7, 1)}),
        ({"handed_over_on": DAY(2026, 6, 8)}, {"filing": DAY(2026, 7, 1)}),
        ({"filed_on": DAY(2026, 6, 1)}, {"handover": DAY(2026, 6, 11)}),
        ({"filed_on": DAY(2026, 5, 31)}, {"handover": DAY(2026, 6, 11), "filing": DAY(2026, 7, 1)}),
    ],
)
def test_a_new_committee_owes_handover_and_filing_until_each_is_written_down(change, owed):
    found = open_duties(replace(FRESH, **change), LIMITS, DAY(2026, 6, 1))
    assert {duty.kind.value: duty.due for duty in found} == owed


@pytest.mark.parametrize(
    ("today", "handover", "filing"),
    [
        (DAY(2026, 6, 11), False, False),
        (DAY(2026, 6, 12), True, False),
        (DAY(2026, 7, 1), True, False),
        (DAY(2026, 7, 2), True, True),
    ],
)
def test_ten_days_and_thirty_days_end_with_their_last_day(today, handover, filing):
    late = {duty.kind: duty.is_late(today) for duty in duties_of(FRESH, LIMITS)}
    assert (late[DutyKind.HANDOVER], late[DutyKind.FILING]) == (handover, filing)


@pytest.mark.parametrize(
    ("starts", "ends", "others", "codes"),
    [
        (DAY(2026, 6, 1), DAY(2031, 5, 31), [], []),
        (DAY(2026, 6, 1), DAY(2031, 6, 1), [], ["term_too_long"]),
        (DAY(2024, 2, 29), DAY(2029, 2, 27), [], []),
        (DAY(2026, 6, 1), DAY(2026, 6, 1), [], ["term_ends_early"]),
        (DAY(2026, 6, 1), DAY(2031, 5, 31), [(DAY(2021, 6, 1), DAY(2026, 5, 31))], []),
        (DAY(2026, 6, 1), DAY(2031, 5, 31), [(DAY(2021, 6, 1), DAY(2026, 6, 1))], ["term_overlaps"]),
    ],
)
def test_a_term_has_days_that_can_be(starts, ends, others, codes):
    assert [fault.code for fault in term_faults(starts, ends, others, 5)] == codes


def test_a_term_of_five_years_ends_the_day_before():
    assert years_after(DAY(2026, 6, 1), 5) == DAY(2031, 5, 31)


def test_each_alarm_is_given_on_its_day_once():
    alarms = alarms_of(replace(FRESH, filed_on=DAY(2026, 6, 2)), LIMITS, [])
    assert [(alarm.key, alarm.day) for alarm in alarms] == [
        ("handover:open", DAY(2026, 6, 1)),
        ("handover:late", DAY(2026, 6, 12)),
        ("reelection:open", DAY(2031, 1, 28)),
        ("reelection:late", DAY(2031, 3, 1)),
        ("term_over:late", DAY(2031, 6, 1)),
    ]
    left = alarms_of(replace(FRESH, filed_on=DAY(2026, 6, 2)), LIMITS, ["handover:open", "handover:late"])
    assert left == alarms[2:]
