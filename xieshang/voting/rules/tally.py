"""Counting: whole numbers only, heads and areas side by side; the order of the papers changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from .kinds import Channel

HUNDREDTHS = 10_000


@dataclass(frozen=True, slots=True)
class Tally:
    """Heads, and exclusive area in 0.01 m²; a poll leaves the area at zero."""

    heads: int = 0
    area_centi: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.heads + other.heads, self.area_centi + other.area_centi)

    def reaches(self, share: Fraction, whole: "Tally") -> bool:
        """以上: the share itself is enough (民法典第1259条). On both bases where areas count."""
        return self.heads >= share * whole.heads and self.area_centi >= share * whole.area_centi

    def exceeds(self, share: Fraction, whole: "Tally") -> bool:
        """过半数: more than the share. On both bases where areas count."""
        more_area = whole.area_centi == 0 or self.area_centi > share * whole.area_centi
        return self.heads > share * whole.heads and more_area


@dataclass(frozen=True, slots=True)
class Paper:
    """One ballot as the count sees it: its weight, its channel, what is ticked. Whose it is does not matter here."""

    weight: Tally
    channel: Channel
    chosen: frozenset[int]


@dataclass(slots=True)
class Counted:
    """What a count gives: the whole roll, who took part by channel, and each option by channel."""

    whole: Tally
    took_part: dict[Channel, Tally] = field(default_factory=dict)
    by_option: dict[tuple[int, Channel], Tally] = field(default_factory=dict)

    @property
    def part(self) -> Tally:
        """All who took part."""
        return sum(self.took_part.values(), Tally())

    def option(self, option: int) -> Tally:
        """All who ticked one option."""
        return sum((tally for (known, _channel), tally in self.by_option.items() if known == option), Tally())


def count(papers: Iterable[Paper], whole: Tally) -> Counted:
    """Count the papers of a vote; a paper takes part once however many options it ticks."""
    counted = Counted(whole)
    for paper in papers:
        counted.took_part[paper.channel] = counted.took_part.get(paper.channel, Tally()) + paper.weight
        for option in paper.chosen:
            line = (option, paper.channel)
            counted.by_option[line] = counted.by_option.get(line, Tally()) + paper.weight
    return counted


def percent(part: int, whole: int) -> str:
    """A share for the eye: two decimals, half up, by whole numbers; a dash when there is nothing to share."""
    if whole <= 0:
        return "–"
    rounded = (part * HUNDREDTHS * 2 + whole) // (whole * 2)
    return f"{rounded // 100}.{rounded % 100:02d}%"


def misleads(part: int, whole: int, mark: Fraction) -> bool:
    """Whether the rounded figure would show the mark itself while the exact share lies beside it."""
    exact = part * mark.denominator == whole * mark.numerator
    return whole > 0 and not exact and percent(part, whole) == percent(mark.numerator, mark.denominator)


def shown_share(part: int, whole: int, mark: Fraction | None = None) -> str:
    """A share as people read it: 50.00%, with 10001/20001 beside it where rounding hides the side."""
    words = percent(part, whole)
    return f"{words}（{part}/{whole}）" if mark is not None and misleads(part, whole, mark) else words
