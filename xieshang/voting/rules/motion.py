"""A motion: agree, against, abstain."""

from collections.abc import Hashable, Sequence

from .counting import Counted, Mark
from .decision import Decision, Outcome, Slate, approved, enough_take_part
from .majority import Majority


def decide[K: Hashable](counted: Counted[K], slate: Slate[K], majority: Majority) -> Decision[K]:
    """Passed with the share asked for on both bases; a motion that does not pass decides nothing."""
    if not enough_take_part(counted, majority):
        return Decision(Outcome.QUORUM_NOT_MET)
    passed = approved(counted, majority, slate.decidable)
    return Decision(Outcome.PASSED if passed else Outcome.NOT_PASSED)


def mark_of[K: Hashable](chosen: Sequence[K], slate: Slate[K]) -> Mark:
    """One tick, no more."""
    if not chosen:
        return Mark.BLANK
    return Mark.VALID if len(chosen) == 1 else Mark.INVALID
