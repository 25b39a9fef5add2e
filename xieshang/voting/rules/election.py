"""The election of a homeowners' committee: by name and on both bases, each candidate tested like a motion."""

from collections.abc import Hashable, Sequence

from .counting import Counted, Mark
from .decision import Decision, Outcome, Slate, approved, by_support, enough_take_part, seated
from .majority import Majority

# 建房〔2009〕274号第31条: five to eleven members, an odd number.
LEGAL_SIZES = (5, 7, 9, 11)


def decide[K: Hashable](counted: Counted[K], slate: Slate[K], majority: Majority) -> Decision[K]:
    """Those with the share asked for, most heads first, then area, then the ballot's order; the others are reserve."""
    if not enough_take_part(counted, majority):
        return Decision(Outcome.QUORUM_NOT_MET)
    ranked = by_support(counted, approved(counted, majority, slate.decidable))
    elected, reserve, is_tied = seated(ranked, slate.seats)
    return Decision(
        Outcome.PASSED if len(elected) == slate.seats else Outcome.SEATS_UNFILLED,
        elected=tuple(elected),
        reserve=tuple(reserve),
        is_tied_at_last_seat=is_tied,
    )


def mark_of[K: Hashable](chosen: Sequence[K], slate: Slate[K]) -> Mark:
    """As many names as there are seats or fewer, each once; more or one twice is invalid, none is blank."""
    if not chosen:
        return Mark.BLANK
    is_sound = len(chosen) <= slate.seats and len(set(chosen)) == len(chosen)
    return Mark.VALID if is_sound else Mark.INVALID


def is_legal_size(seats: int) -> bool:
    """Whether a committee may have that many members."""
    return seats in LEGAL_SIZES
