"""A notice that somebody else published: what the law makes of its figures, and whether they fit together."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from .decision import Decision, Flag, Outcome, Slate
from .majority import Majority, Share
from .tally import percent_hundredths


@dataclass(frozen=True, slots=True)
class Figures:
    """Heads and area as printed; None is not printed. The area is in any one small unit, the same in a whole notice."""

    heads: int | None = None
    area: int | None = None

    @property
    def both(self) -> tuple[int | None, int | None]:
        """Heads and area."""
        return self.heads, self.area


NONE_AT_ALL = Figures(0, 0)


class Base(StrEnum):
    """What a printed share is taken of."""

    ALL = "all"
    PARTICIPATING = "participating"


@dataclass(frozen=True, slots=True)
class Printed[K: Hashable]:
    """A share as printed, in percent: of those who took part (None) or of one choice with its deemed votes."""

    of: K | None
    base: Base
    heads_percent: Fraction | None = None
    area_percent: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Totals[K: Hashable]:
    """The figures of a notice, as far as it prints them."""

    everybody: Figures
    choices: Mapping[K, Figures]
    published_part: Figures = Figures()
    invalid: Figures = NONE_AT_ALL
    deemed: Figures = NONE_AT_ALL
    deemed_to: K | None = None
    printed: Sequence[Printed[K]] = field(default=())
    invalid_takes_part: bool = False

    @property
    def parts(self) -> Figures:
        """What the parts add up to; nothing on a base where one of them is not printed."""
        rows = [*self.choices.values(), self.deemed, *([self.invalid] if self.invalid_takes_part else [])]
        return Figures(_sum(row.heads for row in rows), _sum(row.area for row in rows))

    @property
    def part(self) -> Figures:
        """Those who took part: as printed, else from the parts."""
        heads, area = self.published_part.both
        parts = self.parts
        return Figures(parts.heads if heads is None else heads, parts.area if area is None else area)

    def support(self, choice: K, slate: Slate[K]) -> Figures:
        """Behind one choice: its own votes and the deemed ones that joined it, or may have joined it."""
        own = self.choices[choice]
        if choice == slate.abstain or self.deemed_to not in (None, choice):
            return own
        return Figures(_sum([own.heads, self.deemed.heads]), _sum([own.area, self.deemed.area]))


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = list(numbers)
    return None if None in known else sum(number for number in known if number is not None)


def _tests(share: Share, numbers: Figures, of: Figures) -> list[bool | None]:
    """On heads and on area: met, missed, or not known."""
    pairs = zip(numbers.both, of.both, strict=True)
    return [None if number is None or whole is None else share.is_met(number, whole) for number, whole in pairs]


def read[K: Hashable](totals: Totals[K], slate: Slate[K], majority: Majority, *, is_motion: bool) -> Decision[K]:
    """What is known decides if it can: one base alone can miss the quorum or the share; to pass, both must be known."""
    quorum: list[bool | None] = [True]
    if majority.participation:
        quorum = _tests(majority.participation, totals.part, totals.everybody)
    if False in quorum:
        return Decision(Outcome.QUORUM_NOT_MET)
    base = totals.everybody if majority.is_of_all else totals.part
    shares = {option: _tests(majority.approval, totals.support(option, slate), base) for option in slate.decidable}
    if all(False in tests for tests in shares.values()):
        return Decision(Outcome.NOT_PASSED if is_motion else Outcome.NO_EFFECTIVE_DECISION)
    passed = [option for option, tests in shares.items() if all(tests)]
    if passed and all(quorum):
        return Decision(Outcome.PASSED, choice=None if is_motion else passed[0])
    return Decision(Outcome.INSUFFICIENT_DATA)


def flags_of[K: Hashable](
    totals: Totals[K], slate: Slate[K], decision: Decision[K], published: Outcome | None
) -> tuple[Flag, ...]:
    """What does not fit, sorted."""
    is_known = decision.outcome != Outcome.INSUFFICIENT_DATA
    raised = {
        Flag.SUM_MISMATCH: _sums_differ(totals),
        Flag.PERCENT_MISMATCH: any(_is_misprinted(totals, slate, printed) for printed in totals.printed),
        Flag.PUBLISHED_OUTCOME_DIFFERS: is_known and published is not None and published != decision.outcome,
        Flag.IMPOSSIBLE: _is_impossible(totals, slate),
    }
    return tuple(sorted(flag for flag, is_raised in raised.items() if is_raised))


def _sums_differ[K: Hashable](totals: Totals[K]) -> bool:
    pairs = zip(totals.parts.both, totals.published_part.both, strict=True)
    return any(parts is not None and printed is not None and parts != printed for parts, printed in pairs)


def _is_impossible[K: Hashable](totals: Totals[K], slate: Slate[K]) -> bool:
    """More took part than there are, or more chose something than took part."""
    choices = [*totals.choices.values(), *(totals.support(choice, slate) for choice in totals.choices)]
    pairs = [(totals.part, totals.everybody), *((choice, totals.part) for choice in choices)]
    return any(_is_above(number, of) for number, of in pairs)


def _is_above(figures: Figures, of: Figures) -> bool:
    pairs = zip(figures.both, of.both, strict=True)
    return any(number is not None and whole is not None and number > whole for number, whole in pairs)


def _is_misprinted[K: Hashable](totals: Totals[K], slate: Slate[K], printed: Printed[K]) -> bool:
    """Off by 0.01 or more from the fraction rounded half up; what cannot be computed is passed over."""
    figures = totals.part if printed.of is None else totals.support(printed.of, slate)
    base = totals.everybody if printed.base == Base.ALL else totals.part
    rows = zip((printed.heads_percent, printed.area_percent), figures.both, base.both, strict=True)
    return any(_is_off(*row) for row in rows)


def _is_off(percent: Fraction | None, number: int | None, of: int | None) -> bool:
    if percent is None or number is None or not of:
        return False
    return abs(percent * 100 - percent_hundredths(number, of)) >= 1
