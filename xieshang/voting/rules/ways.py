"""The table of kinds: for each, how a ballot is taken and how the figures are read. One count serves them all."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from . import election, motion, plans, priorities
from .counting import Counted, Mark, Paper, count, with_silent
from .decision import Decision, Flag, Slate
from .kinds import Kind
from .majority import SPECIAL, Item, Law, Majority, advisory, majority_for
from .tally import Tally


@dataclass(frozen=True, slots=True)
class Way:
    """What is different from kind to kind."""

    decide: Callable[..., Decision]
    mark_of: Callable[..., Mark]
    # Whether silence may count with the majority.
    knows_deemed: bool = False
    # Whether the order of the ticks matters: they are worth points from the top.
    is_ranked: bool = False


# A poll among residents is read by poll.judge, which knows turnout and natures; it stands on the same count.
WAYS = {
    Kind.MOTION: Way(motion.decide, motion.mark_of, knows_deemed=True),
    Kind.PLANS: Way(plans.decide, plans.mark_of, knows_deemed=True),
    Kind.ELECTION: Way(election.decide, election.mark_of),
    Kind.PRIORITIES: Way(priorities.decide, priorities.mark_of, is_ranked=True),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What is fixed before the notice: kind, law, item, and how doubtful ballots are taken."""

    kind: Kind
    # None: not a matter of the owners but advice, for which at most a turnout is printed.
    item: Item | None
    turnout: Fraction | None = None
    law: Law = Law.CIVIL_CODE_2021
    invalid_takes_part: bool = False
    blank_is_abstain: bool = False
    deemed: bool = False
    deemed_for_special: bool = False

    @property
    def majority(self) -> Majority:
        """What is asked for here, by law or by the notice."""
        if self.item is None:
            return advisory(self.turnout)
        return majority_for(self.law, self.item)

    @property
    def counts_silence(self) -> bool:
        """Whether served owners who stay silent join the majority; for items 6 to 8 only if that is said by itself."""
        may = self.deemed_for_special or self.item not in SPECIAL
        return self.deemed and may and WAYS[self.kind].knows_deemed


@dataclass(frozen=True, slots=True)
class Result[K: Hashable]:
    """A counted and decided vote."""

    counted: Counted[K]
    decision: Decision[K]
    flags: tuple[Flag, ...]


def mark_of[K: Hashable](kind: Kind, chosen: Sequence[K], slate: Slate[K]) -> Mark:
    """How a ballot with these ticks is taken."""
    return WAYS[kind].mark_of(chosen, slate)


def conclude[K: Hashable](
    terms: Terms, slate: Slate[K], papers: Iterable[Paper[K]], whole: Tally, *, silent: Collection[Tally] = ()
) -> Result[K]:
    """Count the papers and decide. silent: the weights of those who were served and from whom no ballot came at all."""
    way = WAYS[terms.kind]
    blank_is = slate.abstain if terms.blank_is_abstain else None
    counted = count(papers, whole, blank_is=blank_is, places=slate.seats if way.is_ranked else 0)
    counted.invalid_takes_part = terms.invalid_takes_part
    if terms.counts_silence:
        counted = with_silent(counted, silent, slate.options)
    return judge(terms, slate, counted)


def judge[K: Hashable](terms: Terms, slate: Slate[K], counted: Counted[K]) -> Result[K]:
    """Decide on figures that are counted already, and say what has to be told beside the outcome."""
    way = WAYS[terms.kind]
    decision = way.decide(counted, slate, terms.majority)
    other = way.decide(counted.other_way(), slate, terms.majority)
    raised = {
        Flag.OUTCOME_DEPENDS_ON_INVALID_RULE: not decision.is_same_as(other),
        Flag.SPLIT_MAJORITY: counted.majority_is_split,
        Flag.TIE_AT_LAST_SEAT: decision.is_tied_at_last_seat,
    }
    return Result(counted, decision, tuple(sorted(flag for flag, is_raised in raised.items() if is_raised)))
