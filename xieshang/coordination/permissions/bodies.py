"""Who keeps the register of bodies under guidance, and who reads it."""

import rules

from xieshang.community.permissions import add, is_above, sits_in_party_org, sits_on_committee
from xieshang.lib.actor import Actor


@rules.predicate
def is_of_the_body(actor: Actor, body: object) -> bool:
    """Holds an office in the body itself."""
    return actor.office is not None and actor.office.body_id == getattr(body, "pk", 0)


add("coordination.keep_bodies", sits_in_party_org | sits_on_committee | is_above)
add("coordination.see_bodies", sits_in_party_org | sits_on_committee | is_above)
add("coordination.see_own_body", is_of_the_body)
