"""Who may read the record, and whose desk shows the bodies of the place."""

from xieshang.community.permissions import add, holds, is_above, is_officer
from xieshang.community.rules import Role

add("home.read_record", is_above | holds(frozenset({Role.SUPERVISOR, Role.PARTY_SECRETARY})))
add("home.see_bodies", is_officer)
