"""What the law asks for: shares as exact fractions, 以上 with the number itself, 过半数 without (民法典第1259条)."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction

from xieshang.lib.refusals import later as _

from .tally import Tally
from .words import fraction

HALF = Fraction(1, 2)


class Law(StrEnum):
    """The rule sets of owners' votes; old files are counted by the law of their day."""

    CIVIL_CODE_2021 = "civil_code_2021"
    # Until 2020-12-31: shares of all owners, no test of participation (物权法第76条).
    PROPERTY_LAW_2007 = "property_law_2007"


class Item(IntEnum):
    """The nine items of 民法典第278条第1款."""

    PROCEDURE = 1
    COVENANT = 2
    COMMITTEE = 3
    COMPANY = 4
    USE_FUND = 5
    RAISE_FUND = 6
    REBUILD = 7
    CHANGE_COMMON = 8
    OTHER = 9


SPECIAL = frozenset({Item.RAISE_FUND, Item.REBUILD, Item.CHANGE_COMMON})
# 物权法第76条第1款第5、6项: funds raised and used, buildings rebuilt.
_SPECIAL_2007 = frozenset({Item.USE_FUND, Item.RAISE_FUND, Item.REBUILD})


@dataclass(frozen=True, slots=True)
class Share:
    """A mark in the law: a fraction, and whether reaching it is enough (以上) or it must be exceeded (过半数)."""

    fraction: Fraction
    is_enough: bool

    def is_met(self, number: int, of: int) -> bool:
        """Whether one number meets it on one base."""
        return self.is_met_by(Tally(number), Tally(of))

    def is_met_by(self, part: Tally, whole: Tally) -> bool:
        """Whether heads and area both meet it."""
        return part.reaches(self.fraction, whole) if self.is_enough else part.exceeds(self.fraction, whole)

    @property
    def words(self) -> str:
        """三分之二以上, 过半数."""
        if self.is_enough:
            return f"{fraction(self.fraction)}以上"
        return _("过半数") if self.fraction == HALF else f"超过{fraction(self.fraction)}"

    @property
    def met_words(self) -> str:
        """达到三分之二以上, 超过一半: what follows a figure in a sentence; 未 before it where it is missed."""
        return _("达到{share}").format(share=self.words) if self.is_enough else f"超过{fraction(self.fraction)}"


@dataclass(frozen=True, slots=True)
class Majority:
    """All that is asked for a decision: who must take part, who must agree, of whom, and where it stands written."""

    approval: Share
    participation: Share | None = None
    is_of_all: bool = False
    source: str = ""

    def has_quorum(self, part: Tally, whole: Tally) -> bool:
        """Whether enough take part, on both bases; without such a test always."""
        return self.participation is None or self.participation.is_met_by(part, whole)

    def base(self, part: Tally, whole: Tally) -> Tally:
        """Of whom the share of those who agree is taken."""
        return whole if self.is_of_all else part

    def approves(self, support: Tally, part: Tally, whole: Tally) -> bool:
        """Whether enough agree, on both bases."""
        return self.approval.is_met_by(support, self.base(part, whole))

    @property
    def words(self) -> str:
        """The rule as the notice prints it."""
        base = _("全体业主") if self.is_of_all else _("参与表决")
        approval = _("经{base}专有部分面积{share}且人数{share}的业主同意").format(base=base, share=self.approval.words)
        if self.participation is None:
            return approval
        took_part = _("由专有部分面积占比{share}的业主且人数占比{share}的业主参与表决")
        return f"{took_part.format(share=self.participation.words)}，{approval}"


_TWO_THIRDS = Share(Fraction(2, 3), is_enough=True)
_THREE_QUARTERS = Share(Fraction(3, 4), is_enough=True)
OVER_HALF = Share(HALF, is_enough=False)


def is_special(law: Law, item: Item) -> bool:
    """Whether this item asks for the larger share."""
    return item in (SPECIAL if law == Law.CIVIL_CODE_2021 else _SPECIAL_2007)


def majority_for(law: Law, item: Item) -> Majority:
    """What this law asks for this item (民法典第278条第2款; 物权法第76条第2款)."""
    if law == Law.PROPERTY_LAW_2007:
        share = _TWO_THIRDS if is_special(law, item) else OVER_HALF
        return Majority(share, is_of_all=True, source=_("物权法第76条第2款"))
    share = _THREE_QUARTERS if is_special(law, item) else OVER_HALF
    return Majority(share, participation=_TWO_THIRDS, source=_("民法典第278条第2款"))


def advisory(turnout: Fraction | None) -> Majority:
    """What a poll asks for: more than half of those who take part, and the turnout printed beforehand, if any."""
    return Majority(OVER_HALF, None if turnout is None else Share(turnout, is_enough=True))
