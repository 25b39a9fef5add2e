"""Ranked priorities: name up to so many of the options, the most urgent first; points say what comes first.

Borda's way with whole numbers: of k places the first named gets k points, the next k-1, …; what is not named none.
A ballot that names fewer gives the same points from the top: no option gets more from a short ballot than from a full
one. Points are weighed like votes (a head once; area, where it counts, beside it). The order is advice: no share of
those who agree is asked for.
"""

from collections.abc import Hashable, Sequence

from .counting import Counted, Mark
from .decision import Decision, Outcome, Slate, by_support, enough_take_part, seated
from .majority import Majority


def decide[K: Hashable](counted: Counted[K], slate: Slate[K], majority: Majority) -> Decision[K]:
    """The options with most points in order, as many as there are places; equals at the last place are not in it."""
    if not enough_take_part(counted, majority):
        return Decision(Outcome.QUORUM_NOT_MET)
    ranked = [(option, points) for option, points in by_support(counted, slate.decidable) if points.heads]
    first, others, is_tied = seated(ranked, slate.seats)
    if not ranked:
        return Decision(Outcome.NO_EFFECTIVE_DECISION)
    return Decision(Outcome.PASSED, elected=tuple(first), reserve=tuple(others), is_tied_at_last_seat=is_tied)


def mark_of[K: Hashable](chosen: Sequence[K], slate: Slate[K]) -> Mark:
    """Up to as many different options as there are places; 弃权 or 以上都不同意 by itself."""
    if not chosen:
        return Mark.BLANK
    stands_alone = {slate.abstain, slate.against} & set(chosen)
    is_sound = len(chosen) <= slate.seats and len(set(chosen)) == len(chosen) and not (stands_alone and chosen[1:])
    return Mark.VALID if is_sound else Mark.INVALID
