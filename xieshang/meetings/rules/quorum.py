"""Enough people there, enough of them agreed: counted in whole numbers, never in per cent."""

from dataclasses import dataclass

from .kinds import KINDS, Base, MeetingKind, Of
from .settings import Values, majority_share, quorum_share, share_at
from .shares import Share


@dataclass(frozen=True, slots=True)
class Presence:
    """Who is in the room, in the units the meeting counts: persons, households, members or sides."""

    # How many should come; None where nobody is counted.
    expected: int | None = None
    present: int = 0
    # Everybody in the room, guests too.
    in_room: int = 0
    # Represented by somebody in the room; among those present.
    by_proxy: int = 0
    # Sides not there, by name.
    missing: tuple[str, ...] = ()


def least_present(kind: MeetingKind, base: Base, values: Values, expected: int | None) -> int | None:
    """How many have to be there; None where nobody is counted."""
    wanted = quorum_share(values, kind, base)
    return None if wanted is None or expected is None else wanted.least(expected)


def has_quorum(kind: MeetingKind, base: Base, values: Values, presence: Presence) -> bool:
    """Whether enough are there; where nobody is counted, somebody at all."""
    wanted = quorum_share(values, kind, base)
    if wanted is None:
        return presence.in_room > 0
    return wanted.is_reached(presence.present, presence.expected or 0)


@dataclass(frozen=True, slots=True)
class Majority:
    """How many of whom have to agree to a motion."""

    share: Share
    of: Of
    whole: int

    @property
    def least(self) -> int:
        """The smallest number of yes that carries it."""
        return self.share.least(self.whole)

    def is_carried(self, agree: int) -> bool:
        """Whether so many yes are enough."""
        return self.share.is_reached(agree, self.whole)


def majority(kind: MeetingKind, values: Values, presence: Presence) -> Majority | None:
    """What carries a motion in this meeting now; None where nothing is put to a vote."""
    wanted = majority_share(values, kind)
    if wanted is None or not KINDS[kind].decides:
        return None
    of = KINDS[kind].of
    return Majority(wanted, of, presence.present if of == Of.PRESENT else presence.expected or 0)


def is_carried(kind: MeetingKind, base: Base, values: Values, presence: Presence, agree: int) -> bool:
    """Whether a motion is carried: enough are there, and enough of them (or of all members) agree."""
    wanted = majority(kind, values, presence)
    return wanted is not None and has_quorum(kind, base, values, presence) and wanted.is_carried(agree)


@dataclass(frozen=True, slots=True)
class PartyCount:
    """The numbers of a Party meeting: entitled to vote, present of those, agreed; an election or a vote."""

    entitled: int
    present: int
    agree: int
    is_election: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether the numbers fit into each other."""
        return 0 <= self.agree <= self.present <= self.entitled and self.entitled > 0


def party_may_vote(values: Values, count: PartyCount) -> bool:
    """Half of those entitled for a vote, four fifths for an election."""
    key = "election" if count.is_election else "members"
    wanted = share_at(values, f"meetings.quorum_party_{key}")
    return wanted is not None and wanted.is_reached(count.present, count.entitled)


def party_is_carried(values: Values, count: PartyCount) -> bool:
    """More than half of those entitled; in an election more than half of those present."""
    key = "meetings.majority_party_election" if count.is_election else "meetings.majority_party"
    wanted = share_at(values, key)
    whole = count.present if count.is_election else count.entitled
    return wanted is not None and party_may_vote(values, count) and wanted.is_reached(count.agree, whole)
