"""The result of the authorities' own platform, entered here by two people: whether its figures can be. Pure.

Where the place demands that platform (北京市物业管理条例第35条), ours only prepares the vote. What is typed from
the platform's sheet is read by the same engine as our own counts, so that the outcome is never typed.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

from .counting import Counted, Mark, leading, with_silent
from .decision import Flag, Outcome, Slate
from .kinds import Channel, Kind
from .tally import NOBODY, Tally
from .ways import Result, Terms, judge

NOT_OFFICIAL = Refusal("not_official", _("这次表决不在官方平台上进行，结果由本站的选票算出，不能手工录入。"))
OFFICIAL_COUNTS = Refusal(
    "official_counts", _("这次表决按当地规定在官方平台投票，不在这里计票，请录入官方平台的结果。")
)
EMPTY = Refusal("official_total_of_zero", _("应参加的人数和面积都要大于0，请照结果单填。"))
PART_ABOVE = Refusal("official_part_above", _("参与表决的{base}{number}，比应参加的{of}还多，请和结果单核对。"))
OPTION_ABOVE = Refusal("official_option_above", _("“{name}”的{base}{number}，比参与表决的{of}还多，请和结果单核对。"))
SUM_DIFFERS = Refusal(
    "official_sum_differs", _("各项{base}加起来是{number}，结果单上参与表决的{base}是{of}，对不上，请逐项核对。")
)
ONE_BASE_EMPTY = Refusal("official_one_base_empty", _("“{name}”的人数和面积，一个是0、一个不是0，请和结果单核对。"))
ROLL_DIFFERS = Refusal(
    "official_roll_differs",
    _(
        "结果单上的应参加业主（{given}）和本站锁定的名册（{roll}）不一样。请先核对；确实不一样的，在“说明”里写明为什么。"
    ),
)
NOBODY_LEADS = Refusal(
    "official_nobody_leads",
    _("没有哪一个选项的人数和面积都领先（弃权不算），没投票的业主不能计入多数意见，请和结果单核对。"),
)
DEEMED_NAME = _("没投票、计入多数意见的")
HEADS, AREA = _("人数"), _("面积")


class Said(StrEnum):
    """What the platform's sheet itself concludes."""

    NOTHING = ""
    PASSED = "passed"
    NOT_PASSED = "not_passed"


@dataclass(frozen=True, slots=True)
class Sheet[K: Hashable]:
    """The figures of the platform's result sheet."""

    whole: Tally
    part: Tally
    options: Mapping[K, Tally]
    invalid: Tally = NOBODY
    said: Said = Said.NOTHING
    # Served and silent owners whom the rules count with the majority; part of those who take part.
    deemed: Tally = NOBODY


def faults_of[K: Hashable](
    sheet: Sheet[K], terms: Terms, slate: Slate[K], names: Mapping[K, str], *, roll: Tally, is_explained: bool
) -> list[Refusal]:
    """Everything that cannot be, each with its figures; nothing if the sheet may be right."""
    if not (sheet.whole.heads and sheet.whole.area_centi):
        return [EMPTY]
    found = [*_too_much(sheet, names), *_one_sided(sheet, names), *_sums(sheet, terms, slate.seats)]
    if sheet.deemed != NOBODY and _leading(sheet, slate) is None:
        found.append(NOBODY_LEADS)
    if sheet.whole != roll and not is_explained:
        words = ROLL_DIFFERS.sentence.format(given=words_of(sheet.whole), roll=words_of(roll))
        found.append(Refusal(ROLL_DIFFERS.code, words))
    return found


def words_of(tally: Tally) -> str:
    """Heads and area as the sheet prints them."""
    return _("{heads}人、{area}平方米").format(heads=tally.people, area=tally.area)


def _too_much[K: Hashable](sheet: Sheet[K], names: Mapping[K, str]) -> Iterable[Refusal]:
    for base, number, of in _above(sheet.part, sheet.whole):
        yield _said(PART_ABOVE, base=base, number=number, of=of)
    rows = [(names[key], tally, sheet.part) for key, tally in sheet.options.items()]
    for name, tally, part in [
        *rows,
        (DEEMED_NAME, sheet.deemed, sheet.part),
        (_("无效票"), sheet.invalid, sheet.whole),
    ]:
        for base, number, of in _above(tally, part):
            yield _said(OPTION_ABOVE, name=name, base=base, number=number, of=of)


def _one_sided[K: Hashable](sheet: Sheet[K], names: Mapping[K, str]) -> Iterable[Refusal]:
    rows = {_("参与表决"): sheet.part, _("无效票"): sheet.invalid, DEEMED_NAME: sheet.deemed}
    rows |= {names[key]: tally for key, tally in sheet.options.items()}
    for name, tally in rows.items():
        if bool(tally.heads) != bool(tally.area_centi):
            yield _said(ONE_BASE_EMPTY, name=name)


def _sums[K: Hashable](sheet: Sheet[K], terms: Terms, seats: int) -> Iterable[Refusal]:
    """The rows make up those who took part; of an election, at most so many names a ballot."""
    rows = sum(sheet.options.values(), sheet.deemed)
    if terms.invalid_takes_part:
        rows += sheet.invalid
    if terms.kind == Kind.ELECTION:
        for base, number, of in _above(rows, sheet.part * seats):
            yield _said(SUM_DIFFERS, base=base, number=number, of=of)
        return
    for base, number, of in _both(rows, sheet.part):
        if number != of:
            yield _said(SUM_DIFFERS, base=base, number=number, of=of)


def _leading[K: Hashable](sheet: Sheet[K], slate: Slate[K]) -> K | None:
    """The majority that silent owners could join: an option that says something, ahead on both bases."""
    return leading({key: sheet.options.get(key, NOBODY) for key in slate.options})


def _both(one: Tally, other: Tally) -> list[tuple[str, str, str]]:
    return [(HEADS, one.people, other.people), (AREA, one.area, other.area)]


def _above(one: Tally, other: Tally) -> list[tuple[str, str, str]]:
    heads, area = _both(one, other)
    above = (one.heads > other.heads, one.area_centi > other.area_centi)
    return [row for row, is_above in zip((heads, area), above, strict=True) if is_above]


def _said(refusal: Refusal, **words: str) -> Refusal:
    return Refusal(refusal.code, refusal.sentence.format(**words), refusal.source)


def result_of[K: Hashable](sheet: Sheet[K], terms: Terms, slate: Slate[K]) -> Result[K]:
    """What the law makes of the figures; where the sheet concludes otherwise, that is flagged, not followed."""
    counted: Counted[K] = Counted(sheet.whole, invalid_takes_part=terms.invalid_takes_part)
    invalid = sheet.invalid if terms.invalid_takes_part else NOBODY
    apart = invalid + sheet.deemed
    counted.took_part[Channel.ONLINE] = Tally(sheet.part.heads - apart.heads, sheet.part.area_centi - apart.area_centi)
    counted.by_option.update({(key, Channel.ONLINE): tally for key, tally in sheet.options.items()})
    if sheet.invalid != NOBODY:
        counted.set_aside[Mark.INVALID, Channel.ONLINE] = sheet.invalid
    if terms.counts_silence and sheet.deemed != NOBODY:
        counted = with_silent(counted, [sheet.deemed], slate.options)
    found = judge(terms, slate, counted)
    passed = found.decision.outcome == Outcome.PASSED
    if sheet.said == Said.NOTHING or passed == (sheet.said == Said.PASSED):
        return found
    return Result(found.counted, found.decision, tuple(sorted({*found.flags, Flag.PUBLISHED_OUTCOME_DIFFERS})))
