"""Kinds of places, bodies and offices; how names are spelt; how a community's workbook is read."""

from .belonging import HELPING_MINUTES, ConsentKind
from .cells import area_from, coming_of_age, day_from, is_open_end, meant, surname_of
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
from .naming import LEVELS, place_key, short_body, short_place
from .workbook import BODY_PLACES, CALLED, SHEETS, Column, Sheet

__all__ = [
    "ABOVE_ROLES",
    "BODY_PLACES",
    "CALLED",
    "COMMITTEE_ROLES",
    "COMMUNITY_KINDS",
    "HELPING_MINUTES",
    "LEVELS",
    "OFFICER_ROLES",
    "OWNERS_ROLES",
    "PARENTS",
    "PARTY_ROLES",
    "PROPERTY_ROLES",
    "ROLES_OF",
    "SHEETS",
    "BodyKind",
    "Column",
    "ConsentKind",
    "PlaceKind",
    "ResidenceKind",
    "ResidenceState",
    "Role",
    "Sheet",
    "area_from",
    "coming_of_age",
    "day_from",
    "is_open_end",
    "meant",
    "place_key",
    "short_body",
    "short_place",
    "surname_of",
]
