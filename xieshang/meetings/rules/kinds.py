"""The kinds of meetings as one table: who convenes, who is counted, whether somebody may stand for somebody."""

from dataclasses import dataclass
from enum import StrEnum

from xieshang.community.rules import COMMITTEE_ROLES, OWNERS_ROLES, PARTY_ROLES, BodyKind, PlaceKind, Role
from xieshang.lib.refusals import later as _


class MeetingKind(StrEnum):
    """What is called together."""

    CONSULTATION = "consultation"
    JOINT = "joint"
    HEARING = "hearing"
    RESIDENTS = "residents"
    RESIDENT_REPS = "resident_reps"
    VILLAGERS = "villagers"
    VILLAGER_REPS = "villager_reps"
    VILLAGER_GROUP = "villager_group"
    OWNERS_COMMITTEE = "owners_committee"
    TWO_COMMITTEES = "two_committees"
    PARTY = "party"
    STUDY = "study"


KIND_LABELS: dict[MeetingKind, str] = {
    MeetingKind.CONSULTATION: _("协商议事会"),
    MeetingKind.JOINT: _("三方联席会议"),
    MeetingKind.HEARING: _("听证会"),
    MeetingKind.RESIDENTS: _("居民会议"),
    MeetingKind.RESIDENT_REPS: _("居民代表会议"),
    MeetingKind.VILLAGERS: _("村民会议"),
    MeetingKind.VILLAGER_REPS: _("村民代表会议"),
    MeetingKind.VILLAGER_GROUP: _("村民小组会议"),
    MeetingKind.OWNERS_COMMITTEE: _("业委会会议"),
    MeetingKind.TWO_COMMITTEES: _("“两委”会议"),
    MeetingKind.PARTY: _("党的会议"),
    MeetingKind.STUDY: _("定期研究会"),
}


class Base(StrEnum):
    """What is counted for quorum and majority."""

    PERSONS = "persons"
    HOUSEHOLDS = "households"
    # Those on the list: representatives, members of a committee.
    MEMBERS = "members"
    # Bodies at one table; nobody outvotes.
    SIDES = "sides"
    # Whoever comes.
    OPEN = "open"


class Of(StrEnum):
    """Of whom a majority is taken."""

    PRESENT = "present"
    ALL = "all"


class Circle(StrEnum):
    """Who may know of a meeting once it is called."""

    PLACE = "place"
    OFFICERS = "officers"


@dataclass(frozen=True, slots=True)
class Procedure:
    """What one kind of meeting asks for; its numbers stand in the rule set (see settings)."""

    conveners: frozenset[Role]
    bodies: frozenset[BodyKind]
    bases: tuple[Base, ...]
    circle: Circle = Circle.PLACE
    of: Of = Of.PRESENT
    # Whose absence may be noted after one adjournment, and the meeting held all the same (domain: 三方联席会议).
    absence_is_noted: bool = False
    proxies: frozenset[Base] = frozenset()
    # Only in communities, only in villages, or in both.
    places: frozenset[PlaceKind] = frozenset({PlaceKind.COMMUNITY, PlaceKind.VILLAGE})
    # Whether motions are put to a vote; among sides nobody outvotes, of a Party meeting only the result is kept.
    decides: bool = True

    @property
    def base(self) -> Base:
        """What is counted unless the convener chooses another."""
        return self.bases[0]


_COMMITTEES = frozenset({BodyKind.RESIDENTS_COMMITTEE, BodyKind.VILLAGERS_COMMITTEE})
_PARTY = frozenset({BodyKind.PARTY_ORG})
_OWNERS = frozenset({BodyKind.HOMEOWNERS_COMMITTEE, BodyKind.PROPERTY_MANAGEMENT_COMMITTEE})
_STREET = frozenset({Role.STREET_OFFICER})
_IN_TOWN = frozenset({PlaceKind.COMMUNITY})
_IN_VILLAGES = frozenset({PlaceKind.VILLAGE})
_ALL_OF_AGE = frozenset({Base.PERSONS, Base.HOUSEHOLDS})

KINDS: dict[MeetingKind, Procedure] = {
    MeetingKind.CONSULTATION: Procedure(
        COMMITTEE_ROLES | PARTY_ROLES | _STREET,
        _COMMITTEES | _PARTY | {BodyKind.STREET_OFFICE},
        (Base.OPEN,),
        absence_is_noted=True,
    ),
    MeetingKind.JOINT: Procedure(
        PARTY_ROLES | COMMITTEE_ROLES | _STREET,
        _PARTY | _COMMITTEES | {BodyKind.STREET_OFFICE},
        (Base.SIDES,),
        absence_is_noted=True,
        decides=False,
    ),
    MeetingKind.HEARING: Procedure(
        COMMITTEE_ROLES | PARTY_ROLES | _STREET,
        _COMMITTEES | _PARTY | {BodyKind.STREET_OFFICE},
        (Base.OPEN,),
        absence_is_noted=True,
    ),
    MeetingKind.RESIDENTS: Procedure(
        COMMITTEE_ROLES,
        frozenset({BodyKind.RESIDENTS_COMMITTEE}),
        (Base.PERSONS, Base.HOUSEHOLDS, Base.MEMBERS),
        proxies=_ALL_OF_AGE,
        places=_IN_TOWN,
    ),
    MeetingKind.RESIDENT_REPS: Procedure(
        COMMITTEE_ROLES, frozenset({BodyKind.RESIDENTS_COMMITTEE}), (Base.MEMBERS,), places=_IN_TOWN
    ),
    MeetingKind.VILLAGERS: Procedure(
        COMMITTEE_ROLES,
        frozenset({BodyKind.VILLAGERS_COMMITTEE}),
        (Base.PERSONS, Base.HOUSEHOLDS),
        proxies=_ALL_OF_AGE,
        places=_IN_VILLAGES,
    ),
    MeetingKind.VILLAGER_REPS: Procedure(
        COMMITTEE_ROLES, frozenset({BodyKind.VILLAGERS_COMMITTEE}), (Base.MEMBERS,), places=_IN_VILLAGES
    ),
    MeetingKind.VILLAGER_GROUP: Procedure(
        COMMITTEE_ROLES,
        frozenset({BodyKind.VILLAGERS_COMMITTEE}),
        (Base.PERSONS, Base.HOUSEHOLDS),
        proxies=_ALL_OF_AGE,
        places=_IN_VILLAGES,
    ),
    # Members may not be represented (业主大会和业主委员会指导规则第38条).
    MeetingKind.OWNERS_COMMITTEE: Procedure(OWNERS_ROLES, _OWNERS, (Base.MEMBERS,), of=Of.ALL),
    MeetingKind.TWO_COMMITTEES: Procedure(
        PARTY_ROLES | COMMITTEE_ROLES, _PARTY | _COMMITTEES, (Base.MEMBERS,), circle=Circle.OFFICERS
    ),
    MeetingKind.PARTY: Procedure(
        PARTY_ROLES, _PARTY, (Base.MEMBERS,), circle=Circle.OFFICERS, of=Of.ALL, decides=False
    ),
    MeetingKind.STUDY: Procedure(
        PARTY_ROLES | COMMITTEE_ROLES,
        _PARTY | _COMMITTEES,
        (Base.OPEN, Base.MEMBERS),
        circle=Circle.OFFICERS,
        absence_is_noted=True,
        decides=False,
    ),
}


def kinds_of(role: str, body: BodyKind) -> list[MeetingKind]:
    """What somebody with this role in a body of this kind may call, in the order of the table."""
    return [kind for kind, known in KINDS.items() if role in known.conveners and body in known.bodies]
