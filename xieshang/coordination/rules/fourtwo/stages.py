"""The six steps, the meetings in which the first four are taken, and what counts as enough there and as a yes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from xieshang.meetings.rules import (
    KINDS,
    Base,
    MeetingKind,
    PartyCount,
    Presence,
    has_quorum,
    party_is_carried,
    party_may_vote,
)
from xieshang.meetings.rules import is_carried as carried_in


class Stage(StrEnum):
    """The six steps in their order: four deliberations, two disclosures."""

    PROPOSAL = "proposal"
    DISCUSSION = "discussion"
    REVIEW = "review"
    RESOLUTION = "resolution"
    DISCLOSURE = "disclosure"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted in a meeting: how many should come, came, and said yes, no and neither."""

    expected: int = 0
    present: int = 0
    agree: int = 0
    against: int = 0
    abstain: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether the numbers fit into each other."""
        said = self.agree + self.against + self.abstain
        return min(self.agree, self.against, self.abstain) >= 0 and 0 < said <= self.present <= self.expected


# Of the branch's meetings only date, numbers, result and file number are kept here.
PARTY_STAGES = frozenset({Stage.PROPOSAL, Stage.REVIEW})
FORUMS: tuple[MeetingKind, ...] = (
    MeetingKind.VILLAGERS,
    MeetingKind.VILLAGER_REPS,
    MeetingKind.RESIDENTS,
    MeetingKind.RESIDENT_REPS,
)
REPRESENTATIVES = frozenset({MeetingKind.VILLAGER_REPS, MeetingKind.RESIDENT_REPS})
STAGE_KINDS: dict[Stage, tuple[MeetingKind, ...]] = {
    Stage.PROPOSAL: (MeetingKind.PARTY,),
    Stage.DISCUSSION: (MeetingKind.TWO_COMMITTEES,),
    Stage.REVIEW: (MeetingKind.PARTY,),
    Stage.RESOLUTION: FORUMS,
}


def is_party(stage: Stage) -> bool:
    """Whether the step is taken in a meeting of the Party organisation."""
    return stage in PARTY_STAGES


def base_of(kind: MeetingKind, base: Base | None) -> Base:
    """What is counted in this kind of meeting, unless another of its ways was chosen."""
    return base if base in KINDS[kind].bases and base is not None else KINDS[kind].base


def quorum_met(kind: MeetingKind, base: Base, values: Mapping[str, object], tally: Tally) -> bool:
    """Whether enough came; of Party meetings half of those entitled."""
    if kind == MeetingKind.PARTY:
        return party_may_vote(values, PartyCount(tally.expected, tally.present, tally.agree))
    return has_quorum(kind, base, values, _presence(tally))


def is_carried(kind: MeetingKind, base: Base, values: Mapping[str, object], tally: Tally) -> bool:
    """Whether it is a yes: of Party meetings more than half of all entitled, else more than half of those present."""
    if kind == MeetingKind.PARTY:
        return party_is_carried(values, PartyCount(tally.expected, tally.present, tally.agree))
    return carried_in(kind, base, values, _presence(tally), tally.agree)


def _presence(tally: Tally) -> Presence:
    return Presence(expected=tally.expected, present=tally.present, in_room=tally.present)


def representatives_enough(members: int, representatives: int) -> bool:
    """Four fifths of the members or more are representatives (村民委员会组织法第25条)."""
    return 0 < representatives <= members and representatives * 5 >= members * 4


def women_enough(members: int, women: int) -> bool:
    """A third of the members or more are women who represent (村民委员会组织法第25条)."""
    return 0 <= women <= members and women * 3 >= members
