"""Who may ask for, give and answer an opinion. The one who answers is named in it; nobody here touches a vote."""

import rules

from xieshang.community.permissions import (
    add,
    is_above,
    is_property,
    sits_in_party_org,
    sits_on_committee,
    sits_on_owners_committee,
)
from xieshang.community.rules import COMMITTEE_ROLES, OWNERS_ROLES, PROPERTY_ROLES
from xieshang.lib.actor import Actor

ANSWERING_ROLES = OWNERS_ROLES | PROPERTY_ROLES | COMMITTEE_ROLES


@rules.predicate
def speaks_for_addressee(actor: Actor, guidance: object) -> bool:
    """Holds an office that speaks in the body which has to answer."""
    if actor.office is None or actor.role not in ANSWERING_ROLES:
        return False
    return actor.office.body_id == getattr(guidance, "body_id", None)


@rules.predicate
def asked_for_it(actor: Actor, guidance: object) -> bool:
    """Speaks for the body that asked for the opinion."""
    asked_in = getattr(guidance, "asked_in", None)
    return actor.office is not None and asked_in is not None and asked_in.body_id == actor.office.body_id


add("coordination.see_guidance", sits_in_party_org | sits_on_committee | is_above)
add(
    "coordination.ask_guidance",
    sits_on_owners_committee | sits_on_committee | is_property | is_above,
)
add("coordination.give_guidance", sits_in_party_org)
add("coordination.withdraw_guidance", sits_in_party_org)
add("coordination.answer_guidance", speaks_for_addressee)
add("coordination.take_back_guidance", asked_for_it)
