"""What a committee under guidance owes by which day: re-election, handover, filing. Pure.

Sources: 物业管理条例第16条; 业主大会和业主委员会指导规则第31、47条. Numbers of a place come from its rules.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

ONE_DAY = timedelta(days=1)
# Days before its end from which a member's own term is shown as ending.
MEMBER_SOON = 90


class DutyKind(StrEnum):
    """What is owed."""

    REELECTION = "reelection"
    TERM_OVER = "term_over"
    HANDOVER = "handover"
    FILING = "filing"
    CONTRACT = "contract"
    GUIDANCE = "guidance"
    COMMITMENT = "commitment"


class PaperKind(StrEnum):
    """Papers that a committee files or keeps."""

    FILING = "filing"
    RULES = "rules"
    COVENANT = "covenant"
    CONTRACT = "contract"
    SEAL = "seal"
    OTHER = "other"


ENDS_EARLY = Refusal("term_ends_early", _("任期结束的日子要晚于开始的日子，请核对。"))
TOO_LONG = Refusal(
    "term_too_long", _("业委会任期最长{years}年，请核对日子有没有写错。"), "业主大会和业主委员会指导规则"
)
NUMBER_TAKEN = Refusal("term_number_taken", _("这一届已经登记过了。"))
OVERLAPS = Refusal("term_overlaps", _("和已登记的一届日子重叠，请核对。"))
NO_EARLIER = Refusal("term_nothing_to_hand_over", _("这一届还没有到交接的时候：下一届登记以后才交接。"))
HANDED_EARLY = Refusal("term_handed_over_early", _("交接的日子不能早于新一届开始，也不能晚于今天，请核对。"))
SCANNED_ALREADY = Refusal("paper_scanned_already", _("这份材料的扫描件已经传过了，不能换。"))
NAME_EMPTY = Refusal("paper_name_empty", _("请写是什么材料。"))
FILED_LATER = Refusal("paper_in_the_future", _("材料的日子不能晚于今天。"))
ABOUT_EMPTY = Refusal("recusal_about_empty", _("请写回避哪件事、因为什么。"))
RECUSAL_ENDS_EARLY = Refusal("recusal_ends_early", _("回避结束的日子比开始还早，请核对。"))
STRANGER = Refusal("recusal_not_a_member", _("这个人现在不在这个组织任职，请重新选。"))


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the place."""

    reelection_months: int
    handover_days: int
    filing_days: int
    term_years_most: int


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a committee as its duties see it."""

    starts: date
    ends: date
    # There was a committee before it, which handed over on this day, or has not yet.
    has_earlier: bool = False
    handed_over_on: date | None = None
    filed_on: date | None = None
    # A vote for its successor is under way.
    is_electing: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed: from which day one should see it, and by which day it is to be done."""

    kind: DutyKind
    opens: date
    due: date

    def is_open(self, today: date) -> bool:
        """Whether it is to be seen yet."""
        return today >= self.opens

    def is_late(self, today: date) -> bool:
        """Whether its last day has gone by."""
        return today > self.due


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier, or the last day of that month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def years_after(day: date, years: int) -> date:
    """The day before the same day so many years later: the last day of so many years."""
    return months_before(day, -12 * years) - ONE_DAY


def duties_of(term: Term, limits: Limits) -> list[Duty]:
    """What is owed in this term, met or not yet come duties left out; the earliest due first."""
    found = []
    start_by = months_before(term.ends, limits.reelection_months)
    if not term.is_electing:
        found.append(Duty(DutyKind.REELECTION, months_before(start_by, 1), start_by))
        found.append(Duty(DutyKind.TERM_OVER, term.ends, term.ends))
    if term.has_earlier and term.handed_over_on is None:
        found.append(Duty(DutyKind.HANDOVER, term.starts, term.starts + timedelta(days=limits.handover_days)))
    if term.filed_on is None or term.filed_on < term.starts:
        found.append(Duty(DutyKind.FILING, term.starts, term.starts + timedelta(days=limits.filing_days)))
    return sorted(found, key=lambda duty: (duty.due, duty.kind))


def open_duties(term: Term, limits: Limits, today: date) -> list[Duty]:
    """Those to be seen today; once the term is over nobody is reminded to begin in time."""
    seen = [duty for duty in duties_of(term, limits) if duty.is_open(today)]
    over = any(duty.kind == DutyKind.TERM_OVER and duty.is_late(today) for duty in seen)
    hidden = {DutyKind.REELECTION} if over else {DutyKind.TERM_OVER}
    return [duty for duty in seen if duty.kind not in hidden]


@dataclass(frozen=True, slots=True)
class Alarm:
    """A day on which people are told of a duty, once: when it opens, and when it is late."""

    key: str
    day: date
    duty: Duty
    is_late: bool


def alarms_of(term: Term, limits: Limits, told: Iterable[str]) -> list[Alarm]:
    """The alarms of a term that were not given yet, the earliest first."""
    found = []
    for duty in duties_of(term, limits):
        if duty.kind != DutyKind.TERM_OVER:
            found.append(Alarm(f"{duty.kind}:open", duty.opens, duty, is_late=False))
        found.append(Alarm(f"{duty.kind}:late", duty.due + ONE_DAY, duty, is_late=True))
    known = set(told)
    return sorted((alarm for alarm in found if alarm.key not in known), key=lambda alarm: (alarm.day, alarm.key))


def term_faults(starts: date, ends: date, others: Iterable[tuple[date, date]], most_years: int) -> list[Refusal]:
    """What is wrong with the days of a new term."""
    too_long = Refusal(TOO_LONG.code, TOO_LONG.sentence.format(years=most_years), TOO_LONG.source)
    wrong = {
        ENDS_EARLY: ends <= starts,
        too_long: ends > years_after(starts, most_years),
        OVERLAPS: any(starts <= other_ends and other_starts <= ends for other_starts, other_ends in others),
    }
    return [refusal for refusal, is_wrong in wrong.items() if is_wrong]
