"""Tables of places, homes, bodies and rules."""

from .bodies import BODY_LABELS, ROLE_LABELS, Body, Deputy, Office
from .homes import RESIDENCE_LABELS, Household, RegisteredResident, Residence
from .places import PLACE_LABELS, GridCell, Place, PropertyArea
from .rulesets import RulesDraft, RuleSet

__all__ = [
    "BODY_LABELS",
    "PLACE_LABELS",
    "RESIDENCE_LABELS",
    "ROLE_LABELS",
    "Body",
    "Deputy",
    "GridCell",
    "Household",
    "Office",
    "Place",
    "PropertyArea",
    "RegisteredResident",
    "Residence",
    "RuleSet",
    "RulesDraft",
]
