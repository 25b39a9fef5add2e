"""Who may read the record, whose desk shows the bodies of the place, who files and hands files over."""

import rules

from xieshang.community.permissions import (
    acts_in_office,
    add,
    holds,
    is_above,
    is_officer,
    is_party_secretary,
    is_time,
    sits_on_committee,
    sits_on_owners_committee,
)
from xieshang.community.rules import Role
from xieshang.lib.actor import Actor

from .models.archives import OF_OWNERS


@rules.predicate
def is_of_owners(actor: Actor, thing: object) -> bool:
    """One of the owners' own matters, which their committee keeps."""
    return getattr(thing, "kind", "") in OF_OWNERS


add("home.read_record", is_above | holds(frozenset({Role.SUPERVISOR, Role.PARTY_SECRETARY})))
add("home.see_bodies", is_officer)
add("home.read_week", is_above | is_party_secretary)
add("home.name_deputy", acts_in_office)
add("home.read_archives", is_officer | holds(frozenset({Role.SUPERVISOR})) | sits_on_owners_committee)
add("home.file", sits_on_committee | is_party_secretary | (sits_on_owners_committee & is_of_owners) | is_time)
add("home.hand_over", sits_on_committee | is_party_secretary | sits_on_owners_committee)
