"""Who a matter is shown to, how matters hang together, how a number is written."""

from enum import StrEnum


class Audience(StrEnum):
    """The circle that may see that a matter exists; wider includes narrower."""

    AUTHOR = "author"
    OFFICERS = "officers"
    PLACE = "place"
    PUBLIC = "public"


class LinkKind(StrEnum):
    """How one matter stands to another."""

    MERGED_INTO = "merged_into"
    BECAME = "became"
    VOTE_OF = "vote_of"
    RELATED = "related"


class FollowReason(StrEnum):
    """Why a person hears of a matter."""

    RAISED = "raised"
    SUPPORTED = "supported"
    SPOKE = "spoke"
    VOTED = "voted"
    ASKED = "asked"
    DUTY = "duty"


def number(prefix: str, place: str, year: int, sequence: int) -> str:
    """A reference number as people read it out: 议-和顺-2026-0012."""
    return f"{prefix}-{place}-{year}-{sequence:04d}"
