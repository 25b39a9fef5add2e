"""Kinds of places, bodies and offices, and what each may see by its nature."""

from enum import StrEnum


class PlaceKind(StrEnum):
    """The steps of the place tree, outermost first."""

    DISTRICT = "district"
    STREET = "street"
    TOWNSHIP = "township"
    COMMUNITY = "community"
    VILLAGE = "village"
    COMPOUND = "compound"
    GROUP = "group"
    BUILDING = "building"
    STAIRWELL = "stairwell"
    UNIT = "unit"


PARENTS: dict[PlaceKind, frozenset[PlaceKind | None]] = {
    PlaceKind.DISTRICT: frozenset({None}),
    PlaceKind.STREET: frozenset({PlaceKind.DISTRICT}),
    PlaceKind.TOWNSHIP: frozenset({PlaceKind.DISTRICT}),
    PlaceKind.COMMUNITY: frozenset({PlaceKind.STREET, PlaceKind.TOWNSHIP}),
    PlaceKind.VILLAGE: frozenset({PlaceKind.STREET, PlaceKind.TOWNSHIP}),
    PlaceKind.COMPOUND: frozenset({PlaceKind.COMMUNITY, PlaceKind.VILLAGE}),
    PlaceKind.GROUP: frozenset({PlaceKind.VILLAGE}),
    PlaceKind.BUILDING: frozenset({PlaceKind.COMPOUND}),
    PlaceKind.STAIRWELL: frozenset({PlaceKind.BUILDING}),
    PlaceKind.UNIT: frozenset(
        {PlaceKind.STAIRWELL, PlaceKind.BUILDING, PlaceKind.COMPOUND, PlaceKind.GROUP, PlaceKind.VILLAGE}
    ),
}
COMMUNITY_KINDS = frozenset({PlaceKind.COMMUNITY, PlaceKind.VILLAGE})


class BodyKind(StrEnum):
    """Organisations that act on the platform."""

    PARTY_ORG = "party_org"
    RESIDENTS_COMMITTEE = "residents_committee"
    VILLAGERS_COMMITTEE = "villagers_committee"
    SUPERVISION_COMMITTEE = "supervision_committee"
    HOMEOWNERS_COMMITTEE = "homeowners_committee"
    PROPERTY_MANAGEMENT_COMMITTEE = "property_management_committee"
    PROPERTY_COMPANY = "property_company"
    STREET_OFFICE = "street_office"
    DISTRICT_OFFICE = "district_office"
    STATIONED_UNIT = "stationed_unit"
    SOCIAL_ORGANISATION = "social_organisation"


class Role(StrEnum):
    """What a person is in a body."""

    PARTY_SECRETARY = "party_secretary"
    PARTY_MEMBER = "party_member"
    COMMITTEE_CHAIR = "committee_chair"
    COMMITTEE_MEMBER = "committee_member"
    GRID_WORKER = "grid_worker"
    OWNERS_CHAIR = "owners_chair"
    OWNERS_MEMBER = "owners_member"
    PROPERTY_MANAGER = "property_manager"
    PROPERTY_STAFF = "property_staff"
    STREET_OFFICER = "street_officer"
    DISTRICT_OFFICER = "district_officer"
    SUPERVISOR = "supervisor"
    UNIT_REPRESENTATIVE = "unit_representative"


COMMITTEE_ROLES = frozenset({Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER})
PARTY_ROLES = frozenset({Role.PARTY_SECRETARY, Role.PARTY_MEMBER})
ABOVE_ROLES = frozenset({Role.STREET_OFFICER, Role.DISTRICT_OFFICER})
OWNERS_ROLES = frozenset({Role.OWNERS_CHAIR, Role.OWNERS_MEMBER})
PROPERTY_ROLES = frozenset({Role.PROPERTY_MANAGER, Role.PROPERTY_STAFF})
# Those whose work begins before the neighbours see a matter: they receive, study, supervise.
OFFICER_ROLES = COMMITTEE_ROLES | PARTY_ROLES | ABOVE_ROLES

ROLES_OF: dict[BodyKind, frozenset[Role]] = {
    BodyKind.PARTY_ORG: PARTY_ROLES,
    BodyKind.RESIDENTS_COMMITTEE: COMMITTEE_ROLES | {Role.GRID_WORKER},
    BodyKind.VILLAGERS_COMMITTEE: COMMITTEE_ROLES | {Role.GRID_WORKER},
    BodyKind.SUPERVISION_COMMITTEE: frozenset({Role.SUPERVISOR}),
    BodyKind.HOMEOWNERS_COMMITTEE: OWNERS_ROLES,
    BodyKind.PROPERTY_MANAGEMENT_COMMITTEE: OWNERS_ROLES,
    BodyKind.PROPERTY_COMPANY: PROPERTY_ROLES,
    BodyKind.STREET_OFFICE: frozenset({Role.STREET_OFFICER}),
    BodyKind.DISTRICT_OFFICE: frozenset({Role.DISTRICT_OFFICER}),
    BodyKind.STATIONED_UNIT: frozenset({Role.UNIT_REPRESENTATIVE}),
    BodyKind.SOCIAL_ORGANISATION: frozenset({Role.UNIT_REPRESENTATIVE}),
}


class ResidenceKind(StrEnum):
    """How a person belongs to a home."""

    OWNER = "owner"
    FAMILY = "family"
    TENANT = "tenant"


class ResidenceState(StrEnum):
    """Where the asking for a home stands."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    ENDED = "ended"
