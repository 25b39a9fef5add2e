"""Two numbers side by side, heads and area, whole numbers only; and how a share of them is shown."""

from dataclasses import dataclass
from fractions import Fraction

HUNDREDTHS = 10_000


@dataclass(frozen=True, slots=True)
class Tally:
    """Heads, and exclusive area in 0.01 m²; a poll leaves the area at zero."""

    heads: int = 0
    area_centi: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.heads + other.heads, self.area_centi + other.area_centi)

    def __mul__(self, times: int) -> "Tally":
        return Tally(self.heads * times, self.area_centi * times)

    def reaches(self, share: Fraction, whole: "Tally") -> bool:
        """以上: the share itself is enough (民法典第1259条). On both bases where areas count."""
        return self.heads >= share * whole.heads and self.area_centi >= share * whole.area_centi

    def exceeds(self, share: Fraction, whole: "Tally") -> bool:
        """过半数: more than the share. On both bases where areas count."""
        more_area = whole.area_centi == 0 or self.area_centi > share * whole.area_centi
        return self.heads > share * whole.heads and more_area

    def leads(self, other: "Tally") -> bool:
        """More than the other on both bases."""
        return self.heads > other.heads and self.area_centi > other.area_centi

    @property
    def people(self) -> str:
        """The heads as people read them: 1,336."""
        return f"{self.heads:,}"

    @property
    def area(self) -> str:
        """The area in square metres as people read it, always with two decimals: 22,904.60."""
        return grouped(self.area_digits)

    @property
    def area_digits(self) -> str:
        """The same for files and sums: 22904.60."""
        return f"{self.area_centi // 100}.{self.area_centi % 100:02d}"


NOBODY = Tally()


def grouped(figure: str) -> str:
    """A written number with commas by thousands: 22,904.60."""
    whole, point, rest = figure.partition(".")
    return f"{int(whole):,}{point}{rest}"


def percent_hundredths(part: int, whole: int) -> int:
    """A share in hundredths of a percent, rounded half up; the whole must be above zero."""
    return (part * HUNDREDTHS * 2 + whole) // (whole * 2)


def percent(part: int, whole: int) -> str:
    """A share for the eye: two decimals, half up, by whole numbers; a dash when there is nothing to share."""
    if whole <= 0:
        return "–"
    rounded = percent_hundredths(part, whole)
    return f"{rounded // 100}.{rounded % 100:02d}%"


def misleads(part: int, whole: int, mark: Fraction) -> bool:
    """Whether the rounded figure would show the mark itself while the exact share lies beside it."""
    exact = part * mark.denominator == whole * mark.numerator
    return whole > 0 and not exact and percent(part, whole) == percent(mark.numerator, mark.denominator)


def shown_share(part: int, whole: int, mark: Fraction | None = None) -> str:
    """A share as people read it: 50.00%, with 10001/20001 beside it where rounding hides the side."""
    words = percent(part, whole)
    return f"{words}（{part:,}/{whole:,}）" if mark is not None and misleads(part, whole, mark) else words
