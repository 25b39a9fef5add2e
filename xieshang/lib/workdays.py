"""Working days and periods: the one calendar that knows which weekends are worked and which weekdays are leave.

The published leave of a year comes from `chinesecalendar`, a table of overrides lies on top of it. A year whose leave
is not announced yet counts Monday to Friday and is provisional (shown as 暂按).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked: extra days off, extra days worked, and the years for which these tables are complete."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day: overrides first, then the published leave, else Monday to Friday."""
        if day in self.workdays:
            return True
        if day in self.holidays:
            return False
        if day.year not in self.years and _is_published(day.year):
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < SATURDAY

    def is_provisional(self, year: int) -> bool:
        """Whether the leave of this year is not announced yet, so that its dates are 暂按."""
        return year not in self.years and not _is_published(year)


PUBLISHED = Calendar()


@dataclass(frozen=True, slots=True)
class Period:
    """A period in calendar days: its first and last day, both counted; provisional while a year's leave is unknown."""

    first_day: date
    last_day: date
    provisional: bool = False


def is_workday(day: date, calendar: Calendar = PUBLISHED) -> bool:
    """Whether offices work on this day."""
    return calendar.is_workday(day)


def add_workdays(start: date, days: int, calendar: Calendar = PUBLISHED) -> date:
    """The last of so many working days after `start`, which is not counted itself; no days: `start` (民法典第201条)."""
    return count_days(start, days, calendar.is_workday)


def count_days(start: date, days: int, counts: Callable[[date], bool]) -> date:
    """The day on which the last of `days` counting days after `start` falls."""
    day = start
    while days > 0:
        day += ONE_DAY
        days -= counts(day)
    return day


def workdays_between(start: date, end: date, calendar: Calendar = PUBLISHED) -> int:
    """Working days after `start` up to and with `end`; negative when `end` lies before `start` (days over)."""
    if end < start:
        return -workdays_between(end, start, calendar)
    return sum(calendar.is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def next_workday(day: date, calendar: Calendar = PUBLISHED) -> date:
    """The day itself when it is worked, else the first working day after it (民法典第203条)."""
    while not calendar.is_workday(day):
        day += ONE_DAY
    return day


def period_after(posted: date, days: int, calendar: Calendar = PUBLISHED) -> Period:
    """So many calendar days after the day of posting; a last day of leave moves to the next working day.

    Source: 民法典第201、203条. At least one day.
    """
    last_day = next_workday(posted + timedelta(days=max(days, 1)), calendar)
    return Period(posted + ONE_DAY, last_day, calendar.is_provisional(last_day.year))


def is_over(period: Period, today: date) -> bool:
    """Whether the last day of the period has gone by."""
    return today > period.last_day


def push_back(last_day: date, suspended_on: date, resumed_on: date, calendar: Calendar = PUBLISHED) -> date:
    """A last day after a suspension: as many calendar days later as the clock stood, then to a working day."""
    return next_workday(last_day + (resumed_on - suspended_on), calendar)


@cache
def _is_published(year: int) -> bool:
    """Whether the package holds the State Council's leave table of this year."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def told_in_workdays(day: date, due: date | None) -> bool:
    """Whether the way to a last day is told in working days: not where only days of leave lie between."""
    return due is not None and workdays_between(day, due) != 0
