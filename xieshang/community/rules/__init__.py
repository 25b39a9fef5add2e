"""Kinds of places, bodies and offices; how a community's workbook is read."""

from .kinds import (
    ABOVE_ROLES,
    COMMITTEE_ROLES,
    COMMUNITY_KINDS,
    OFFICER_ROLES,
    OWNERS_ROLES,
    PARENTS,
    PARTY_ROLES,
    PROPERTY_ROLES,
    ROLES_OF,
    BodyKind,
    PlaceKind,
    ResidenceKind,
    ResidenceState,
    Role,
)

__all__ = [
    "ABOVE_ROLES",
    "COMMITTEE_ROLES",
    "COMMUNITY_KINDS",
    "OFFICER_ROLES",
    "OWNERS_ROLES",
    "PARENTS",
    "PARTY_ROLES",
    "PROPERTY_ROLES",
    "ROLES_OF",
    "BodyKind",
    "PlaceKind",
    "ResidenceKind",
    "ResidenceState",
    "Role",
]
