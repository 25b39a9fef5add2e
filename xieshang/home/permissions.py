"""Who may read the record."""

from xieshang.community.permissions import add, holds, is_above
from xieshang.community.rules import Role

add("home.read_record", is_above | holds(frozenset({Role.SUPERVISOR, Role.PARTY_SECRETARY})))
