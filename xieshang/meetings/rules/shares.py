"""Shares as the law writes them: more than (过半数), or the number itself and above (以上); whole numbers only."""

import re
from dataclasses import dataclass
from fractions import Fraction

_WRITTEN = re.compile(r"(>=?)(\d{1,3})/(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole that has to be reached; `over` where the part itself is not enough."""

    part: Fraction
    over: bool

    def is_reached(self, count: int, whole: int) -> bool:
        """Whether so many of a whole are enough; of nothing nothing is enough (民法典第1259条)."""
        wanted = self.part.numerator * whole
        found = count * self.part.denominator
        return whole > 0 and (found > wanted if self.over else found >= wanted)

    def least(self, whole: int) -> int:
        """The smallest count that is enough."""
        wanted = self.part.numerator * whole
        least = wanted // self.part.denominator
        if self.over or least * self.part.denominator < wanted:
            least += 1
        return max(least, 1)

    @property
    def words(self) -> str:
        """As it is said: 过半数, 三分之二以上."""
        names = "零一二三四五六七八九十"
        top, bottom = self.part.numerator, self.part.denominator
        if self.part == 1:
            return "全部"
        if self.part == Fraction(1, 2):
            return "过半数" if self.over else "半数以上"
        if max(top, bottom) >= len(names):
            return ("超过" if self.over else "不少于") + f"{top}/{bottom}"
        return ("超过" if self.over else "") + f"{names[bottom]}分之{names[top]}" + ("" if self.over else "以上")


def share(text: str) -> Share:
    """A share as a rule set writes it: `>1/2` or `>=2/3`; ValueError for anything else."""
    found = _WRITTEN.fullmatch(text)
    if found is None or int(found[3]) == 0 or int(found[2]) > int(found[3]):
        raise ValueError(f"no share: {text}")
    return Share(Fraction(int(found[2]), int(found[3])), found[1] == ">")
