"""Who may prepare, open and cast. None asks for the state of the vote."""

import rules

from xieshang.community.permissions import acts_as_neighbour, add, sits_on_committee
from xieshang.lib.actor import Actor

from .models import RightHolder, Vote


@rules.predicate
def holds_right(actor: Actor, vote: Vote) -> bool:
    """Stands on the frozen roll of this vote, for themselves or for their household."""
    return RightHolder.objects.filter(person_id=actor.person_id or 0, right__vote=vote).exists()


add("voting.prepare", sits_on_committee)
add("voting.open", sits_on_committee)
add("voting.cast", acts_as_neighbour & holds_right)
