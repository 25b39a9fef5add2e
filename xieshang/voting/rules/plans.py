"""Several options, each tested by itself, with 以上都不同意 and 弃权 always on the ballot."""

from collections.abc import Hashable, Sequence

from .counting import Counted, Mark
from .decision import Decision, Outcome, Slate, approved, by_support, enough_take_part
from .majority import Majority
from .motion import mark_of as mark_of_motion


def decide[K: Hashable](counted: Counted[K], slate: Slate[K], majority: Majority) -> Decision[K]:
    """The option with the share asked for; 以上都不同意 never wins. At most one can have more than half."""
    if not enough_take_part(counted, majority):
        return Decision(Outcome.QUORUM_NOT_MET)
    passed = approved(counted, majority, slate.decidable)
    return Decision(Outcome.PASSED, choice=passed[0]) if passed else Decision(Outcome.NO_EFFECTIVE_DECISION)


def run_off[K: Hashable](counted: Counted[K], slate: Slate[K]) -> tuple[K, ...]:
    """The two options that may stand in a new vote after a new notice, if none had the share asked for."""
    return tuple(option for option, _support in by_support(counted, slate.decidable)[:2])


def mark_of[K: Hashable](chosen: Sequence[K], slate: Slate[K]) -> Mark:
    """One option, no more."""
    return mark_of_motion(chosen, slate)
