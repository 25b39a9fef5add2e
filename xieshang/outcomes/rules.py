"""Notices, objections, promises and ratings: which there are, how their days are counted, how a rate is shown."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import chinese_calendar

from xieshang.lib.days import weekday
from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _
from xieshang.lib.workdays import PUBLISHED, Calendar, Period, is_workday, period_after


class NoticeKind(StrEnum):
    """What a notice is for."""

    ADVANCE = "advance"
    GONGSHI = "gongshi"
    GONGGAO = "gonggao"
    FEEDBACK = "feedback"
    CORRECTION = "correction"
    # Of an owners' vote, by its convener: it is called, its first figures, its result, and what happens in between.
    MEETING = "meeting"
    PRELIM = "prelim"
    RESULT = "result"
    WORD = "word"


class NoticeState(StrEnum):
    """Where a notice stands; residents know only of the last two."""

    DRAFT = "draft"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ItemState(StrEnum):
    """Where a promise stands: being done, said to be done, looked at and found done."""

    OPEN = "open"
    DONE = "done"
    VERIFIED = "verified"


class ProgressKind(StrEnum):
    """What one line of a promise's history says."""

    NOTE = "note"
    DONE = "done"
    VERIFIED = "verified"
    REOPENED = "reopened"


class ObjectionState(StrEnum):
    """Whether an objection has its answer."""

    OPEN = "open"
    ANSWERED = "answered"


UNPUBLISHED = frozenset({NoticeState.DRAFT, NoticeState.RETURNED})
SHOWN = frozenset({NoticeState.PUBLISHED, NoticeState.WITHDRAWN})
OPEN_TO_OBJECTION = frozenset({NoticeKind.GONGSHI, NoticeKind.PRELIM})
# Published by whoever convenes the owners; the Party organisation has no part in them.
OF_OWNERS = frozenset({NoticeKind.MEETING, NoticeKind.PRELIM, NoticeKind.RESULT, NoticeKind.WORD})

RULE_KIND = "outcomes"
DEFAULTS: dict[str, int] = {
    # Calendar days in which the answer to an objection can be taken to the street.
    "outcomes.appeal_days": 15,
    # How many days back the day on a board's photo may lie when it is recorded.
    "outcomes.posting_days_back": 3,
}

# Working days for the answer to an objection, where the topic's rules name no other number.
OBJECTION_DAYS = 5
DEFAULT_BOARDS = ("社区公告栏",)

PRACTICE = _("社区协商议事规则")
CIVIL_CODE = _("民法典第201、203条")

ALREADY_PUBLISHED = Refusal("notice_published", _("这份公示已经发布，内容不能再改。确有错误，请用“更正”。"))
IS_RETURNED = Refusal("notice_returned", _("这份稿子退回修改了，改好再发布。"))
OF_OWNERS_FIXED = Refusal(
    "notice_of_owners_fixed",
    _("业主表决的公告由系统按记录写成，发布以后不能改。请到这次表决的办理页，按页面上的办法更正或中止。"),
)
NOT_PUBLISHED = Refusal("notice_not_published", _("这份公示还没有发布。"))
DRAFT_EXISTS = Refusal("draft_exists", _("这件事已有一份同类的稿子在写，请接着改那一份。"))
DAYS_MISSING = Refusal("days_missing", _("公示要写明天数。"), CIVIL_CODE)
# A slip of the finger: no notice hangs for longer, and nothing goes on while it hangs.
MOST_DAYS = 180
DAYS_TOO_MANY = Refusal("days_too_many", _("天数太多了，最多写180天。请看看是不是多打了数字。"))
BOARDS_MISSING = Refusal("boards_missing", _("请写明要张贴在哪些公告栏。"))
BODY_EMPTY = Refusal("body_empty", _("正文还是空的，请写好再存。"))
REASON_MISSING = Refusal("reason_missing", _("请写明原因，大家都看得到。"))
POSTED_TOO_EARLY = Refusal("posted_too_early", _("张贴的日子不能早于网上发布的那一天。"))
POSTED_LATER = Refusal("posted_later", _("张贴的日子不能晚于今天。"))
POSTED_LONG_AGO = Refusal("posted_long_ago", _("只能补记近几天的张贴。请今天重拍一张照片，按今天登记。"), PRACTICE)
POSTED_ALREADY = Refusal("posted_already", _("这块公告栏已经登记过了。"))
NO_OBJECTION_HERE = Refusal("no_objection_here", _("只有公示期内的公示可以提异议。有话想说，请到这件事的讨论里说。"))
PERIOD_OVER = Refusal(
    "period_over", _("公示期已满，不能再提异议。有话想说，请到这件事的讨论里说，或打电话给居委会。"), CIVIL_CODE
)
NOT_CONCERNED = Refusal("not_concerned", _("只有公示范围内认证过的住户可以提异议。您可以先去认证房屋。"))
OBJECTION_WAITS = Refusal("objection_waits", _("您提过的异议正在等答复，答复以后可以再提。"))
GROUNDS_MISSING = Refusal("grounds_missing", _("请写明理由。"))
ANSWER_MISSING = Refusal("answer_missing", _("请写好答复，大家都看得到。"))
NOTHING_CHOSEN = Refusal("nothing_chosen", _("请先选要答复的异议。"))
ANSWERED_ALREADY = Refusal("answered_already", _("选中的异议里有已经答复过的，请重新选。"))
NOT_ANSWERED = Refusal("not_answered", _("这条异议还没有答复，先等居委会答复。"), PRACTICE)
APPEALED_ALREADY = Refusal("appealed_already", _("这条异议已经请街道复核过了。"))
APPEAL_TOO_LATE = Refusal("appeal_too_late", _("请街道复核的期限已经过了。"), PRACTICE)
NO_APPEAL = Refusal("no_appeal", _("没有等待复核的申请。"))
OWN_OBJECTION = Refusal("own_objection", _("不能答复自己提的异议，请换一位来答复。"), PRACTICE)
SAME_PERSON = Refusal("same_person", _("办的人和核实的人不能是同一个人，请换一位来核实。"), PRACTICE)
SAME_ANSWERER = Refusal("same_answerer", _("答复的人不能自己复核，请换一位来办。"), PRACTICE)
NOT_OF_THIS_PLACE = Refusal("body_of_another_place", _("这个单位不在本社区，请另选一个。"))
DUE_IN_THE_PAST = Refusal("due_in_the_past", _("期限不能早于今天。"))
DUE_UNCHANGED = Refusal("due_unchanged", _("新的期限和原来一样。"))
ITEM_IS_PROMISED = Refusal("item_is_promised", _("这件事已经公告，不能取消。要改期，请写明原因。"))
ITEM_NOT_OPEN = Refusal("item_not_open", _("这件事已经报过办好，不用再记进展。"))
ITEM_NOT_DONE = Refusal("item_not_done", _("办理单位还没有报办好。"))
PROOF_MISSING = Refusal("proof_missing", _("请附照片，或写明办成了什么样。"), PRACTICE)
RATING_NOT_OPEN = Refusal("rating_not_open", _("这件事现在不收评价。办好并反馈以后，会请大家来评。"))
RATING_OVER = Refusal("rating_over", _("评价的时间已经过了。"))
NOT_IN_SCOPE = Refusal("not_in_scope", _("只有这件事范围内认证过的住户可以评价。您可以先去认证房屋。"))
OWN_WORK = Refusal("own_work", _("您所在的单位负责办这件事，不能给自己评分。"), PRACTICE)
STARS_UNKNOWN = Refusal("stars_unknown", _("请从1到5里选一个。"))


def counts_from(net: date, boards: Iterable[str], hung: Mapping[str, date], *, net_is_enough: bool) -> date | None:
    """The day a notice counts as posted: the later of the net and of every board named; None while one is missing."""
    if net_is_enough:
        return net
    days = [hung.get(board) for board in boards]
    known = [day for day in days if day is not None]
    return max([net, *known]) if days and len(known) == len(days) else None


_LEAVE = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}


def why_later(posted: date, days: int, calendar: Calendar = PUBLISHED) -> str:
    """Why the last day is later than so many days after posting, as a neighbour reads it; empty when it is not."""
    natural = posted + timedelta(days=max(days, 1))
    if is_workday(natural, calendar):
        return ""
    return f"第{days}日逢{leave_name(natural)}，顺延"


def leave_name(day: date) -> str:
    """What sort of day off this is: 清明节假期, or the day of the week."""
    try:
        _free, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        name = None
    if name in _LEAVE:
        return f"{_LEAVE[name]}假期"
    return weekday(day)


# What one line of a phone holds.
LONG_TITLE = 12
_TITLE_TAIL = re.compile(r"(.{6,}?)((?:协商|表决|征求|征集|办理|采纳|初步)[^\s]{0,14}(?:公示|公告|通知|反馈|预告))")


def title_lines(title: str) -> tuple[str, str]:
    """A long title in two lines, broken before what sort of notice it is and never inside a word; else one line."""
    found = _TITLE_TAIL.fullmatch(title) if len(title) > LONG_TITLE else None
    return (found[1], found[2]) if found else (title, "")


def period_of(posted: date | None, days: int, calendar: Calendar = PUBLISHED) -> Period | None:
    """The notice's period: from the day after it counts as posted; None before that or without days."""
    return period_after(posted, days, calendar) if posted and days else None


def is_open_on(day: date, last_day: date | None) -> bool:
    """Whether objections are taken on this day: from publication on, until the last day once it is known."""
    return last_day is None or day <= last_day


# In the stead of a community's letter: the series of an estate, in which the owners' convener publishes.
OWNERS_LETTER = "业"


def mark_of(short_name: str, kind: str, taken: Iterable[str]) -> str:
    """The short form of an issuer for its series (和社协公; of owners 明业公), longer where another place has it."""
    used, ending = set(taken), "业公" if kind == OWNERS_LETTER else f"{kind}协公"
    for length in range(1, len(short_name) + 1):
        mark = f"{short_name[:length]}{ending}"
        if mark not in used:
            return mark
    return next(m for n in range(2, len(used) + 3) if (m := f"{short_name}{n}{ending}") not in used)


def series_number(mark: str, year: int, sequence: int) -> str:
    """The number of a notice as it is cited: 和社协公〔2026〕7号."""
    return f"{mark}〔{year}〕{sequence}号"


LEAST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Rates:
    """What raters said: how many gave each of 1–5 stars, and how many found it solved or not."""

    stars: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    solved: int = 0
    unsolved: int = 0

    @property
    def n(self) -> int:
        """How many rated."""
        return sum(self.stars)

    @property
    def is_shown(self) -> bool:
        """Whether enough rated for numbers to be shown without showing single people."""
        return self.n >= LEAST_SHOWN

    @property
    def cells_are_shown(self) -> bool:
        """Whether the spread over stars may be shown: no cell tells of fewer than five people."""
        return self.is_shown and _hides_single_people(*self.stars)

    @property
    def solved_is_shown(self) -> bool:
        """Whether solved and not solved may be shown apart."""
        return self.is_shown and _hides_single_people(self.solved, self.unsolved)

    @property
    def satisfied_is_shown(self) -> bool:
        """Whether the share of 3, 4 and 5 may be shown: with the number of raters it tells both groups."""
        return self.is_shown and _hides_single_people(sum(self.stars[:2]), sum(self.stars[2:]))

    @property
    def strict_is_shown(self) -> bool:
        """Whether the share of 4 and 5 may be shown; beside the other share it also tells how many gave 3."""
        below, middle, top = sum(self.stars[:3]), self.stars[2], sum(self.stars[3:])
        told_apart = (middle,) if self.satisfied_is_shown else ()
        return self.is_shown and _hides_single_people(below, top, *told_apart)


def _hides_single_people(*cells: int) -> bool:
    """Whether no group that the numbers tell of is so small that it points at people."""
    return all(count == 0 or count >= LEAST_SHOWN for count in cells)


def average(rates: Rates) -> str:
    """The mean of the stars with one place, halves upwards: 4.3; empty when nobody rated."""
    if not rates.n:
        return ""
    total = sum(value * count for value, count in enumerate(rates.stars, 1))
    tenths = (20 * total + rates.n) // (2 * rates.n)
    return f"{tenths // 10}.{tenths % 10}"


def satisfaction_rate(rates: Rates) -> int | None:
    """Hundredths of a percent of raters who gave 3, 4 or 5; None when nobody rated. Rounded down."""
    return _share(sum(rates.stars[2:]), rates.n)


def strict_rate(rates: Rates) -> int | None:
    """Hundredths of a percent of raters who gave 4 or 5; None when nobody rated. Rounded down."""
    return _share(sum(rates.stars[3:]), rates.n)


def _share(part: int, whole: int) -> int | None:
    return part * 10_000 // whole if whole else None


def percent(share: int | None) -> str:
    """Hundredths of a percent for the page: 86.36%."""
    return "" if share is None else f"{share // 100}.{share % 100:02d}%"
