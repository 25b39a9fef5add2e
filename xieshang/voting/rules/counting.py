"""The one count of every kind of vote: from the papers to the figures; the order of the papers changes nothing."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from .kinds import Channel
from .tally import NOBODY, Tally


class Mark(StrEnum):
    """How a ballot is taken; only a valid one says something about the options."""

    VALID = "valid"
    # Two options ticked, no signature, altered, more names than seats.
    INVALID = "invalid"
    BLANK = "blank"
    # The owners of one home disagree and nobody speaks for them: it does not take part.
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Paper[K: Hashable]:
    """One ballot as the count sees it: its weight, its channel, what is ticked (in order, where order matters)."""

    weight: Tally
    channel: Channel
    chosen: Collection[K]
    mark: Mark = Mark.VALID


@dataclass(slots=True)
class Counted[K: Hashable]:
    """What a count gives: the whole roll, who took part by channel, each option by channel, and what stands apart."""

    whole: Tally
    took_part: dict[Channel, Tally] = field(default_factory=dict)
    by_option: dict[tuple[K, Channel], Tally] = field(default_factory=dict)
    set_aside: dict[tuple[Mark, Channel], Tally] = field(default_factory=dict)
    # Owners who were served and stayed silent, where the rules count them with the majority; in a row of their own.
    deemed: Tally = NOBODY
    deemed_to: K | None = None
    majority_is_split: bool = False
    # Whether invalid ballots take part: the law is silent, the rules say it before the notice.
    invalid_takes_part: bool = False

    @property
    def part(self) -> Tally:
        """All who take part: valid ballots, deemed votes, and invalid ballots if the rules say so."""
        valid = sum(self.took_part.values(), self.deemed)
        return valid + self.invalid if self.invalid_takes_part else valid

    @property
    def invalid(self) -> Tally:
        """The invalid ballots, and the blank ones that are no abstention."""
        return self.aside(Mark.INVALID) + self.aside(Mark.BLANK)

    def aside(self, mark: Mark) -> Tally:
        """All ballots taken in one way other than valid."""
        return sum((tally for (known, _channel), tally in self.set_aside.items() if known == mark), NOBODY)

    def option(self, option: K) -> Tally:
        """All who ticked one option themselves."""
        return sum((tally for (known, _channel), tally in self.by_option.items() if known == option), NOBODY)

    def support(self, option: K) -> Tally:
        """All who stand behind one option: those who ticked it, and the deemed votes that joined it."""
        return self.option(option) + self.deemed if self.deemed_to == option else self.option(option)

    def other_way(self) -> "Counted[K]":
        """The same ballots under the other rule on invalid ones."""
        return replace(self, invalid_takes_part=not self.invalid_takes_part)


def count[K: Hashable](
    papers: Iterable[Paper[K]], whole: Tally, *, blank_is: K | None = None, places: int = 0
) -> Counted[K]:
    """Count the papers of a vote; a paper takes part once however many options it ticks.

    blank_is: the option an empty ballot stands for, if the rules say so (弃权). places: where options are ranked,
    the first named gets that many points, the next one less; 0 gives every ticked option its weight once.
    """
    took_part: dict[Channel, list[int]] = {}
    by_option: dict[tuple[K, Channel], list[int]] = {}
    set_aside: dict[tuple[Mark, Channel], list[int]] = {}
    for paper in papers:
        mark, chosen = paper.mark, paper.chosen
        if mark is Mark.BLANK and blank_is is not None:
            mark, chosen = Mark.VALID, (blank_is,)
        if mark is not Mark.VALID:
            _add(set_aside, (mark, paper.channel), paper.weight)
            continue
        _add(took_part, paper.channel, paper.weight)
        for place, option in enumerate(chosen):
            _add(by_option, (option, paper.channel), paper.weight * (places - place) if places else paper.weight)
    return Counted(whole, _tallies(took_part), _tallies(by_option), _tallies(set_aside))


def _add[Line: Hashable](sums: dict[Line, list[int]], line: Line, weight: Tally) -> None:
    known = sums.get(line)
    if known is None:
        sums[line] = [weight.heads, weight.area_centi]
        return
    known[0] += weight.heads
    known[1] += weight.area_centi


def _tallies[Line: Hashable](sums: dict[Line, list[int]]) -> dict[Line, Tally]:
    return {line: Tally(heads, area) for line, (heads, area) in sums.items()}


def with_silent[K: Hashable](counted: Counted[K], silent: Collection[Tally], options: Sequence[K]) -> Counted[K]:
    """Let the served owners who cast no ballot join the option that leads on both bases; if none does, nobody joins."""
    if not silent:
        return counted
    to = leading({option: counted.option(option) for option in options})
    if to is None:
        return replace(counted, majority_is_split=True)
    return replace(counted, deemed=sum(silent, NOBODY), deemed_to=to)


def leading[K: Hashable](tallies: Mapping[K, Tally]) -> K | None:
    """The option ahead of all others on both bases, if there is one; never 弃权, which is no side."""
    for option, tally in tallies.items():
        if tally.leads(NOBODY) and all(tally.leads(other) for name, other in tallies.items() if name != option):
            return option
    return None
