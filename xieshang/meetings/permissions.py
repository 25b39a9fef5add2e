"""Who may call which meeting, and who keeps its room. The state is the course's question, not theirs."""

from dataclasses import dataclass

import rules

from xieshang.community.models import Body
from xieshang.community.permissions import add, holds, is_signed_in, is_time
from xieshang.community.rules import ABOVE_ROLES, COMMITTEE_ROLES, OWNERS_ROLES, PARTY_ROLES, BodyKind, Role
from xieshang.lib.actor import Actor

from .models import Meeting, MinutesSignature
from .rules import KINDS, MeetingKind, Step


@dataclass(frozen=True, slots=True)
class Calling:
    """A meeting that somebody wants to call: of which kind, by which body, where."""

    kind: MeetingKind
    body: Body
    place_path: str


@rules.predicate
def may_convene(actor: Actor, calling: Calling) -> bool:
    """Acts in the body that calls it, in a role the kind's table names, for a place the body answers for."""
    office, procedure = actor.office, KINDS[calling.kind]
    if office is None or office.body_id != calling.body.pk:
        return False
    fits = actor.role in procedure.conveners and BodyKind(calling.body.kind) in procedure.bodies
    return fits and calling.place_path.startswith(office.place_path)


@rules.predicate
def convenes(actor: Actor, meeting: Meeting) -> bool:
    """Acts in the body that called it, in a role the kind's table names."""
    office = actor.office
    return office is not None and office.body_id == meeting.body_id and actor.role in meeting.procedure.conveners


@rules.predicate
def presides(actor: Actor, meeting: Meeting) -> bool:
    """Holds the office that was named to preside."""
    return actor.office is not None and meeting.chair_id is not None and actor.office.id == meeting.chair_id


# Who speaks for a body in writing: those who lead it and its members, not those who work for it.
SIGNS_FOR = COMMITTEE_ROLES | PARTY_ROLES | OWNERS_ROLES | ABOVE_ROLES | {Role.PROPERTY_MANAGER, Role.SUPERVISOR}


@rules.predicate
def signs(actor: Actor, line: MinutesSignature) -> bool:
    """Holds office in the body of this line today; or is the very member whose line it is."""
    if line.body_id is not None:
        return actor.office is not None and actor.office.body_id == line.body_id and actor.role in SIGNS_FOR
    return actor.person_id is not None and line.person_id == actor.person_id


add("meetings.request", holds(OWNERS_ROLES))
add("meetings.sign_minutes", signs)
add("meetings.call", may_convene)
# Some kind or other, for the door on the desk.
add("meetings.begin", holds(frozenset().union(*(known.conveners for known in KINDS.values()))))
for _step in Step:
    add(f"meetings.{_step}", convenes | presides)
for _verb in ("revise", "notify", "postpone", "enter"):
    add(f"meetings.{_verb}", convenes)
# By time too: what the meeting was to be held about may have gone another way.
add("meetings.cancel", convenes | is_time)
# Signing others in, calling speakers, going through the agenda, showing the big screen.
add("meetings.keep", convenes | presides)
add("meetings.sign_in", is_signed_in)
