"""When a property company's contract runs out, and what has to be on its way by then (民法典第946至948条). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

# Days before the end, and what is to be done by then.
MARKS: dict[int, str] = {
    180: _("开始准备：评议这几年的服务，商量续聘还是另选，约好起草业主表决。"),
    120: _("表决要开始了：名册公示、会议公告、投票、公示，前后要两个多月。"),
    90: _("物业企业不打算续签的，最晚现在要书面通知（民法典第947条）。"),
    60: _("业主决定换物业的，最晚现在要书面通知物业企业（民法典第946条，合同另有约定的按合同）。"),
}
OVER = _(
    "合同到期，还没有业主决定：物业继续服务的，原合同继续有效，变成不定期（民法典第948条），双方都可以提前60日书面通知解除。"
)
COMPANY_MISSING = Refusal("contract_company_missing", _("请写物业企业的名称。"))
ENDS_EARLY = Refusal("contract_ends_early", _("合同到期的日子要晚于开始的日子，请核对。"))
TOO_LONG = Refusal("contract_too_long", _("合同一般不超过30年，请核对日子有没有写错。"))
MOST_YEARS = 30


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of the calendar: how many days before the end, on which day, what is to be done, whether it is past."""

    days: int
    day: date
    words: str
    is_past: bool


def require_contract(company: str, starts: date, ends: date) -> list[Refusal]:
    """What is wrong with the dates of a contract; nothing if they can be."""
    found = {
        COMPANY_MISSING: not company.strip(),
        ENDS_EARLY: ends <= starts,
        TOO_LONG: ends.year - starts.year > MOST_YEARS,
    }
    return [refusal for refusal, is_wrong in found.items() if is_wrong]


def marks_of(ends: date, today: date) -> list[Mark]:
    """The four marks before the end, the earliest first."""
    days = [(before, ends - timedelta(days=before), words) for before, words in MARKS.items()]
    return [Mark(before, day, words, today >= day) for before, day, words in days]


def reached(ends: date, today: date) -> int | None:
    """The mark that was reached last, 0 when the contract has run out; None while the first is still to come."""
    if today > ends:
        return 0
    past = [mark.days for mark in marks_of(ends, today) if mark.is_past]
    return min(past) if past else None


def to_tell(ends: date, today: date, told: Sequence[int]) -> int | None:
    """The mark of which people are to be told now: the last one reached, once; those missed before are not."""
    mark = reached(ends, today)
    return mark if mark is not None and all(mark < one for one in told) else None


def words_of(mark: int | None) -> str:
    """What is to be done at a mark."""
    if mark is None:
        return ""
    return MARKS[mark] if mark else OVER
