"""What a counted poll means: advisory, never more. No law sets the rule; the platform's is printed on each poll."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from xieshang.lib.refusals import later as _

from .counting import Counted
from .decision import approved, by_support, enough_take_part
from .kinds import DECIDABLE, Base, Nature, OptionKind
from .majority import advisory

FEWEST = 5


class Finding(StrEnum):
    """The four ways in which a poll ends."""

    NOBODY = "nobody"
    TURNOUT_NOT_MET = "turnout_not_met"
    NO_MAJORITY = "no_majority"
    SUPPORTED = "supported"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How it ended, whether enough took part, and the options that more than half ticked, most first."""

    finding: Finding
    turnout_met: bool
    supported: tuple[int, ...] = ()


# An advisory result says so; where the law gives the matter to others, it names them.
NATURE_SENTENCES = {
    Nature.CONSULTATION: _("这是意愿征集，结果供协商参考，不是业主大会决定，也不是居民会议决议。"),
    Nature.OWNERS: _("这是意愿征集，没有业主决定的效力。这件事依法由业主共同决定（民法典第278条）。"),
    Nature.VILLAGERS: _("这是意愿征集，没有村民决定的效力。这件事依法由村民会议决定（村民委员会组织法第24条）。"),
}


def judge(counted: Counted[int], kinds: Mapping[int, OptionKind], turnout: Fraction | None) -> Verdict:
    """Enough took part, and an option has more than half of those who did; those who abstain took part."""
    majority = advisory(turnout)
    if counted.part.heads == 0:
        return Verdict(Finding.NOBODY, turnout is None)
    if not enough_take_part(counted, majority):
        return Verdict(Finding.TURNOUT_NOT_MET, turnout_met=False)
    over_half = approved(counted, majority, [option for option, kind in kinds.items() if kind in DECIDABLE])
    ranked = tuple(option for option, _support in by_support(counted, over_half))
    return Verdict(Finding.SUPPORTED if ranked else Finding.NO_MAJORITY, turnout_met=True, supported=ranked)


# Whose majority it is: of the people, or of the households, that took part.
TAKERS = {Base.PERSON: _("人"), Base.HOUSEHOLD: _("住户")}


def headline(verdict: Verdict, names: Sequence[str], base: Base, *, is_motion: bool) -> str:
    """The one sentence on top of a result; a poll without a majority decides nothing, in neither direction."""
    who = TAKERS[base]
    if verdict.finding == Finding.NOBODY:
        return _("没有人投票，没有形成结果")
    if verdict.finding == Finding.TURNOUT_NOT_MET:
        return _("参加的{who}不够，这次征集不作数").format(who=who)
    if verdict.finding == Finding.NO_MAJORITY:
        return _("同意的没有超过一半，没有形成多数意见") if is_motion else _("没有哪个方案超过一半，没有形成多数意见")
    if is_motion:
        return _("参加的{who}超过一半同意").format(who=who)
    return _("“{names}”得到超过一半支持").format(names="”“".join(names))


def may_be_split(cells: Sequence[int]) -> bool:
    """Whether a breakdown may be shown: no cell so small that neighbours could guess who it is."""
    return all(cell >= FEWEST for cell in cells)
