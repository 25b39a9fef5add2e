"""A published notice in its printed figures: whether they add up, what the law makes of them, and why. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from xieshang.lib.refusals import later as _

from .decision import Decision, Flag, Outcome, Slate
from .majority import Item, Law, Share, majority_for
from .owners_words import FLAG_WORDS, arithmetic, mark_words
from .paper import ABSTAIN, AGAINST, AGREE, NONE_OF_THESE
from .sentences import AREA, HEADS, Shown
from .tally import grouped, percent
from .totals import Base, Figures, Printed, Totals, flags_of, read

_FINDINGS = {
    Outcome.PASSED: _("按这些数字，达到了法律要的比例，可以通过"),
    Outcome.QUORUM_NOT_MET: _("按这些数字，参与表决的不够，未形成有效决定"),
    Outcome.NOT_PASSED: _("按这些数字，同意的不够，未形成有效决定"),
    Outcome.NO_EFFECTIVE_DECISION: _("按这些数字，没有哪个方案够，未形成有效决定"),
    Outcome.INSUFFICIENT_DATA: _("公布的数字不够，算不出来"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Heads and area as printed, in plain digits; None is not printed."""

    heads: int | None = None
    area: str | None = None

    @property
    def is_blank(self) -> bool:
        """Whether neither is printed."""
        return self.heads is None and self.area is None


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice prints. Choices by name: 同意, 不同意, 弃权; or plans by name, 以上都不同意, 弃权."""

    item: Item
    law: Law
    everybody: Pair
    part: Pair
    choices: Mapping[str, Pair]
    invalid: Pair = Pair(0, "0")
    invalid_takes_part: bool = False
    deemed: Pair = Pair(0, "0")
    deemed_to: str | None = None
    # Of whom (None: all who took part), of which base, percent on heads and on area.
    percents: Sequence[tuple[str | None, Base, str | None, str | None]] = ()
    published: Outcome | None = None

    @property
    def plans(self) -> tuple[str, ...]:
        """Names of the plans; none where it is a plain yes or no."""
        return tuple(name for name in self.choices if name not in (AGREE, AGAINST, NONE_OF_THESE, ABSTAIN))

    @property
    def slate(self) -> Slate[str]:
        """What stands on its ballot."""
        plans = self.plans
        return Slate(plans, ABSTAIN, NONE_OF_THESE) if plans else Slate((AGREE,), ABSTAIN, AGAINST)


@dataclass(frozen=True, slots=True)
class Reason:
    """One test in words; whether it is met, None where the notice does not say enough."""

    words: str
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a notice comes to."""

    decision: Decision[str]
    headline: str
    law: str
    reasons: list[Reason]
    flags: list[str]
    missing: list[str] = field(default_factory=list)
    flag_codes: tuple[Flag, ...] = ()
    # Whether the end that the notice states is the one its figures make; None where one of the two is not known.
    agrees: bool | None = None

    @property
    def fits(self) -> bool:
        """Whether nothing contradicts anything."""
        return not self.flag_codes


class _Unit:
    """The one small unit in which every area of a notice is a whole number."""

    def __init__(self, areas: Iterable[str | None]) -> None:
        self.decimals = max([2, *(len(area.partition(".")[2]) for area in areas if area)])

    def figures(self, pair: Pair) -> Figures:
        area = None if pair.area is None else int(Fraction(pair.area) * 10**self.decimals)
        return Figures(pair.heads, area)

    def written(self, area: int) -> str:
        digits = str(area).rjust(self.decimals + 1, "0")
        return f"{digits[: -self.decimals]}.{digits[-self.decimals :]}"


def check(notice: Notice) -> Checked:
    """Read the figures: outcome, reasons, and everything that does not fit."""
    pairs = (notice.everybody, notice.part, notice.invalid, notice.deemed, *notice.choices.values())
    unit = _Unit(pair.area for pair in pairs)
    slate, majority = notice.slate, majority_for(notice.law, notice.item)
    rows = (*slate.options, slate.abstain)
    totals = Totals(
        everybody=unit.figures(notice.everybody),
        choices={row: unit.figures(notice.choices.get(row, Pair())) for row in rows},
        published_part=unit.figures(notice.part),
        invalid=unit.figures(notice.invalid),
        deemed=unit.figures(notice.deemed),
        deemed_to=notice.deemed_to,
        printed=[_printed(one) for one in notice.percents],
        invalid_takes_part=notice.invalid_takes_part,
    )
    decision = read(totals, slate, majority, is_motion=not notice.plans)
    published = notice.published
    if decision.outcome == Outcome.QUORUM_NOT_MET and published in (Outcome.NOT_PASSED, Outcome.NO_EFFECTIVE_DECISION):
        # 未形成有效决定 says so whichever share was missed.
        published = decision.outcome
    flags = flags_of(totals, slate, decision, published)
    is_compared = published is not None and decision.outcome != Outcome.INSUFFICIENT_DATA
    reasons = list(_reasons(notice, totals, unit))
    choice = f"：“{decision.choice}”" if decision.choice else ""
    return Checked(
        decision=decision,
        headline=_(_FINDINGS[decision.outcome]) + choice,
        law=f"{majority.words}（{majority.source}）",
        reasons=reasons,
        flags=[_flag_words(flag, totals, unit) for flag in flags if flag != Flag.PUBLISHED_OUTCOME_DIFFERS],
        missing=_missing(notice) if decision.outcome == Outcome.INSUFFICIENT_DATA else [],
        flag_codes=flags,
        agrees=Flag.PUBLISHED_OUTCOME_DIFFERS not in flags if is_compared else None,
    )


def _printed(given: tuple[str | None, Base, str | None, str | None]) -> Printed[str]:
    of, base, heads, area = given
    return Printed(of, base, *(None if text is None else Fraction(text) for text in (heads, area)))


def _reasons(notice: Notice, totals: Totals[str], unit: _Unit) -> Iterator[Reason]:
    """Every test on both bases: who took part, then who agreed."""
    majority, slate = majority_for(notice.law, notice.item), notice.slate
    if majority.participation:
        yield from _tested(_("参与表决的"), totals.part, totals.everybody, majority.participation, unit)
    base = totals.everybody if majority.is_of_all else totals.part
    for option in slate.decidable:
        name = _("同意的") if option == AGREE else _("同意“{name}”的").format(name=option)
        yield from _tested(name, totals.support(option, slate), base, majority.approval, unit)


def _tested(what: str, numbers: Figures, of: Figures, share: Share, unit: _Unit) -> Iterator[Reason]:
    for label, number, whole, is_area in (
        (HEADS, numbers.heads, of.heads, False),
        (AREA, numbers.area, of.area, True),
    ):
        if number is None or not whole:
            yield Reason(_("{what}{label}：没有公布，算不了。").format(what=what, label=_(label)), None)
            continue
        words = (unit.written(number), unit.written(whole)) if is_area else (str(number), str(whole))
        shown = Shown(label, *words, percent(number, whole), "", share.words, share.is_met(number, whole))
        told = _("{what}{label}{number}，占{of}的{percent}，要{mark}。{sum}。").format(
            what=what,
            label=_(label),
            number=grouped(words[0]),
            of=grouped(words[1]),
            percent=shown.percent,
            mark=mark_words(share),
            sum=arithmetic(shown, share),
        )
        yield Reason(told, shown.is_met)


def _flag_words(flag: Flag, totals: Totals[str], unit: _Unit) -> str:
    words = str(FLAG_WORDS[flag])
    if flag != Flag.SUM_MISMATCH:
        return words
    parts, printed = totals.parts, totals.published_part
    if parts.heads is not None and printed.heads is not None and parts.heads != printed.heads:
        words += _("人数加起来是{sum}，公布的是{printed}。").format(sum=parts.heads, printed=printed.heads)
    if parts.area is not None and printed.area is not None and parts.area != printed.area:
        sum_, told = grouped(unit.written(parts.area)), grouped(unit.written(printed.area))
        words += _("面积加起来是{sum}，公布的是{printed}。").format(sum=sum_, printed=told)
    return words


def _missing(notice: Notice) -> list[str]:
    """What the notice should have printed and did not."""
    wanted = {_("应参加"): notice.everybody, _("参与表决"): notice.part} | dict(notice.choices)
    words = []
    for name, pair in wanted.items():
        for label, value in ((HEADS, pair.heads), (AREA, pair.area)):
            if value is None:
                words.append(f"{name}{label}")
    return words
