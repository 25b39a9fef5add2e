"""Regular study 定期研究 of services: the rhythm, what is put on the table, what a record needs. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

# Days before the end of a period from which the secretary is reminded.
REMIND_DAYS = 7
# Below so many ratings on either side nothing is compared.
LEAST_RATINGS = 5
RATING_DAYS = 90


class Rhythm(StrEnum):
    """How often a community studies."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class State(StrEnum):
    """Where a study stands."""

    CALLED = "called"
    RECORDED = "recorded"


class PointKind(StrEnum):
    """Where a point on the table comes from."""

    TOPIC = "topic"
    COMMITMENT = "commitment"
    RATING = "rating"
    GUIDANCE = "guidance"
    DUTY = "duty"
    THREAD = "thread"
    OTHER = "other"


MEETING_CALLED = Refusal("study_meeting_called", _("这次研究的会已经召集了，改期请到会议页上改。"))
OTHER_PERIOD = Refusal("study_other_period", _("会要定在这一期以内。要放到下一期的，请另行召集。"))
ALREADY = Refusal("study_already", _("这一期已经召集过了，请到那一次里补议程。"))
RECORDED_ALREADY = Refusal("study_recorded_already", _("记录已经归档，不能再改。漏记的请在下一期补上。"))
NO_RHYTHM = Refusal("study_without_rhythm", _("请先定下多久研究一次：每月，或者每季度。"))
POINT_EMPTY = Refusal("study_point_empty", _("请写要研究什么。"))
NOBODY_THERE = Refusal("study_without_people", _("请填到会几人，至少1人。"))
NO_CONCLUSION = Refusal("study_without_conclusion", _("请写研究的结论。"))
NOT_YET = Refusal("study_not_yet", _("开会的日子还没到，会后再记录。"))
HELP_EMPTY = Refusal("study_help_empty", _("请写怎么帮、什么时候帮，或者为什么帮不了。"))
NO_HELP_ASKED = Refusal("study_no_help_asked", _("这次研究没有请上级帮忙。"))
ANSWERED_ALREADY = Refusal("study_help_answered", _("已经答复过了。"))


@dataclass(frozen=True, slots=True)
class Period:
    """One month or quarter: its key, its words, its first and last day."""

    key: str
    words: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Point:
    """Something that waits and belongs on the table."""

    kind: PointKind
    title: str
    line: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """Ratings of some days: how many, and their stars together."""

    number: int = 0
    stars: int = 0

    def __add__(self, other: "Marks") -> "Marks":
        return Marks(self.number + other.number, self.stars + other.stars)


def period_of(rhythm: Rhythm, day: date) -> Period:
    """The period in which a day lies."""
    if rhythm == Rhythm.MONTHLY:
        return _period(f"{day.year}-{day.month:02d}", f"{day.year}年{day.month}月", day.year, (day.month, day.month))
    quarter = (day.month - 1) // 3 + 1
    words = f"{day.year}年第{'一二三四'[quarter - 1]}季度"
    return _period(f"{day.year}-Q{quarter}", words, day.year, (quarter * 3 - 2, quarter * 3))


def _period(key: str, words: str, year: int, months: tuple[int, int]) -> Period:
    first, last = months
    return Period(key, words, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def words_of(key: str) -> str:
    """A period's key in words: 2026年11月, 2026年第四季度."""
    year, part = key.split("-")
    day = date(int(year), int(part[1:]) * 3 if part.startswith("Q") else int(part), 1)
    return period_of(Rhythm.QUARTERLY if part.startswith("Q") else Rhythm.MONTHLY, day).words


def reminders(rhythm: Rhythm, set_on: date, today: date) -> list[tuple[str, Period, bool]]:
    """What is to be told today of a community that has not studied: near the end of a period, and after it.

    Gives key, period and whether it is late; nothing of a period that ended before the rhythm was set.
    """
    now = period_of(rhythm, today)
    before = period_of(rhythm, now.first - timedelta(days=1))
    found = []
    if before.last >= set_on:
        found.append((f"{before.key}:late", before, True))
    if today > now.last - timedelta(days=REMIND_DAYS):
        found.append((f"{now.key}:near", now, False))
    return found


def has_fallen(before: Marks, now: Marks) -> bool:
    """Whether the average went down, compared by multiplying; too few ratings on either side say nothing."""
    if min(before.number, now.number) < LEAST_RATINGS:
        return False
    return now.stars * before.number < before.stars * now.number


def average_words(marks: Marks) -> str:
    """The average to one decimal, half up, with its base: 3.4分（12人）."""
    tenths = (marks.stars * 20 + marks.number) // (2 * marks.number)
    return f"{tenths // 10}.{tenths % 10}分（{marks.number}人）"


def require_record(*, held_on: date, today: date, present: int, conclusion: str) -> None:
    """What a record needs; RuleViolation with all that is missing."""
    wrong = {NOT_YET: held_on > today, NOBODY_THERE: present < 1, NO_CONCLUSION: not conclusion.strip()}
    found = [refusal for refusal, is_wrong in wrong.items() if is_wrong]
    if found:
        raise RuleViolation(*found)
