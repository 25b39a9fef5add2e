"""The conditions under which people's words are read, for use from any table that leads to a matter."""

from django.db.models import Q

from xieshang.community.models import Residence
from xieshang.community.rules import ABOVE_ROLES, COMMITTEE_ROLES, ResidenceState, Role
from xieshang.lib.actor import SYSTEM, Actor

from ..rules import Readers

# Who reads waiting and hidden words: the desk of the place, and those above, who may answer an appeal.
REVIEW_ROLES = COMMITTEE_ROLES | ABOVE_ROLES | {Role.PARTY_SECRETARY}
NEVER = Q(pk__in=[])


def readable(actor: Actor, prefix: str) -> Q:
    """The condition under which this actor may read what people say; prefix leads to the matter."""
    if actor is SYSTEM:
        return Q()
    seen = Q(**{f"{prefix}thread__readers": Readers.PUBLIC.value})
    if actor.person_id is None:
        return seen
    homes = Residence.objects.filter(person_id=actor.person_id, state=ResidenceState.CONFIRMED.value)
    seen |= Q(**{f"{prefix}community__in": homes.values("community")})
    if actor.office is None:
        return seen
    return seen | Q(**{f"{prefix}place__path__startswith": actor.office.place_path})


def reviewable(actor: Actor, prefix: str) -> Q:
    """The condition under which this actor reads the waiting and hidden words of a matter; prefix leads to it."""
    if actor.office is None or actor.role not in REVIEW_ROLES:
        return NEVER
    return Q(**{f"{prefix}place__path__startswith": actor.office.place_path})
