"""How a vote ends: the outcome, who or what is chosen, and what the page has to point at."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from .counting import Counted
from .majority import Majority
from .tally import Tally


class Outcome(StrEnum):
    """The ends of a vote. None of them decides the opposite: what does not pass has decided nothing."""

    QUORUM_NOT_MET = "QUORUM_NOT_MET"
    PASSED = "PASSED"
    NOT_PASSED = "NOT_PASSED"
    NO_EFFECTIVE_DECISION = "NO_EFFECTIVE_DECISION"
    SEATS_UNFILLED = "SEATS_UNFILLED"
    # Only where published totals are checked and too little of them is printed.
    INSUFFICIENT_DATA = "INSUFFICIENT_DATA"


class Flag(StrEnum):
    """What a reader of the result must be told beside the outcome."""

    OUTCOME_DEPENDS_ON_INVALID_RULE = "OUTCOME_DEPENDS_ON_INVALID_RULE"
    SPLIT_MAJORITY = "SPLIT_MAJORITY"
    TIE_AT_LAST_SEAT = "TIE_AT_LAST_SEAT"
    SUM_MISMATCH = "SUM_MISMATCH"
    PERCENT_MISMATCH = "PERCENT_MISMATCH"
    PUBLISHED_OUTCOME_DIFFERS = "PUBLISHED_OUTCOME_DIFFERS"
    IMPOSSIBLE = "IMPOSSIBLE"


@dataclass(frozen=True, slots=True)
class Slate[K: Hashable]:
    """What stands on the ballot, in its order: what can be decided for, 不同意 or 以上都不同意, 弃权, and the seats."""

    decidable: tuple[K, ...]
    abstain: K
    against: K | None = None
    seats: int = 1

    @property
    def options(self) -> tuple[K, ...]:
        """All but the abstention."""
        return self.decidable if self.against is None else (*self.decidable, self.against)


@dataclass(frozen=True, slots=True)
class Decision[K: Hashable]:
    """The end of a vote: its outcome; the option that passed; who is elected and who got through besides, in order."""

    outcome: Outcome
    choice: K | None = None
    elected: tuple[K, ...] = ()
    reserve: tuple[K, ...] = ()
    is_tied_at_last_seat: bool = False

    def is_same_as(self, other: "Decision[K]") -> bool:
        """Whether two readings of the ballots end in the same way."""
        return (self.outcome, self.choice, self.elected) == (other.outcome, other.choice, other.elected)


def enough_take_part[K: Hashable](counted: Counted[K], majority: Majority) -> bool:
    """Whether the vote has its quorum."""
    return majority.has_quorum(counted.part, counted.whole)


def approved[K: Hashable](counted: Counted[K], majority: Majority, options: Iterable[K]) -> list[K]:
    """The options with the share asked for on both bases, in the order given."""
    part = counted.part
    return [option for option in options if majority.approves(counted.support(option), part, counted.whole)]


def by_support[K: Hashable](counted: Counted[K], options: Iterable[K]) -> list[tuple[K, Tally]]:
    """Options with their support: most heads first, then most area, then as they stand on the ballot."""
    pairs = [(option, counted.support(option)) for option in options]
    return sorted(pairs, key=lambda pair: (-pair[1].heads, -pair[1].area_centi))


def seated[K: Hashable](ranked: list[tuple[K, Tally]], seats: int) -> tuple[list[K], list[K], bool]:
    """Who gets a seat and who does not, and whether equals stand across the last seat: then none of them is seated."""
    taken, left = ranked[:seats], ranked[seats:]
    is_tied = bool(taken and left and taken[-1][1] == left[0][1])
    if is_tied:
        tie = left[0][1]
        taken = [pair for pair in taken if pair[1] != tie]
    return [name for name, _ in taken], [name for name, _ in ranked[len(taken) :]], is_tied
