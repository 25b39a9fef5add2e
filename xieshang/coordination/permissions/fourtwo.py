"""Who takes which step of 四议两公开. The state is the course's question, not theirs."""

import rules

from xieshang.community.permissions import add, holds, is_party_secretary, is_time, sits_on_committee
from xieshang.community.rules import Role
from xieshang.lib.actor import Actor

from ..models import FourTwo
from ..rules.fourtwo import WHO, Step, Who


@rules.predicate
def is_of_its_place(actor: Actor, flow: object) -> bool:
    """Acts in a body of the very community or village, not of the one above."""
    return isinstance(flow, FourTwo) and actor.office is not None and actor.office.place_path == flow.community.path


supervises = holds(frozenset({Role.SUPERVISOR}))
WHO_MAY = {
    Who.SECRETARY: is_party_secretary & is_of_its_place,
    # Often one person is both; whoever of the two bodies holds the minutes enters them.
    Who.COMMITTEE: sits_on_committee | (is_party_secretary & is_of_its_place),
    Who.SUPERVISORS: supervises,
    Who.SYSTEM: is_time,
}

add("coordination.begin_fourtwo", sits_on_committee | is_party_secretary)
add("coordination.redraft_fourtwo", sits_on_committee | (is_party_secretary & is_of_its_place))
add("coordination.draft_resolution", sits_on_committee)
add("coordination.set_fourtwo_items", sits_on_committee)
for _step in Step:
    add(f"coordination.fourtwo_{_step}", WHO_MAY[WHO[_step]])
# Only a disclosure that has run its days begins the work, by whoever comes first: the committee or time itself.
add("coordination.fourtwo_start", WHO_MAY[Who.COMMITTEE] | is_time)
