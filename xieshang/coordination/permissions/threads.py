"""Who may take which step of a coordination thread, and speak for which side. The state is the course's question."""

import rules

from xieshang.community.permissions import (
    Predicate,
    acts_as_neighbour,
    add,
    confirmed_homes,
    holds,
    is_above,
    is_time,
    sits_on_committee,
)
from xieshang.community.rules import (
    COMMITTEE_ROLES,
    OFFICER_ROLES,
    OWNERS_ROLES,
    PARTY_ROLES,
    PROPERTY_ROLES,
    Role,
)
from xieshang.lib.actor import Actor
from xieshang.matters.models import Matter

from ..models import Commitment, Entry, Side, Thread
from ..rules.threads import WHO, Step, Via, Who

# Who speaks for a body in writing; others of it work, but do not bind it.
SPEAKING_ROLES = COMMITTEE_ROLES | OWNERS_ROLES | PROPERTY_ROLES | {Role.UNIT_REPRESENTATIVE}
# Who may ask for a thread: the sides, the grid worker who hears of it, the Party organisation, and those above.
RAISING_ROLES = OFFICER_ROLES | OWNERS_ROLES | PROPERTY_ROLES | {Role.GRID_WORKER}


@rules.predicate
def raised_it(actor: Actor, thread: Thread) -> bool:
    """Acts for the body that raised it."""
    return (
        actor.office is not None and thread.raised_for_id is not None and actor.office.body_id == thread.raised_for_id
    )


@rules.predicate
def convenes(actor: Actor, thread: Thread) -> bool:
    """Secretary of the community's own Party organisation, or whom they asked to convene in their stead."""
    home = thread.matter.community.path
    if actor.office is None or actor.office.place_path != home:
        return False
    is_asked = thread.delegate_id is not None and thread.delegate_id == actor.person_id
    return actor.role == Role.PARTY_SECRETARY or (is_asked and actor.role in PARTY_ROLES | COMMITTEE_ROLES)


@rules.predicate
def is_own_secretary(actor: Actor, thread: Thread) -> bool:
    """Secretary of the community's own Party organisation."""
    home = thread.matter.community.path
    return actor.role == Role.PARTY_SECRETARY and actor.office is not None and actor.office.place_path == home


@rules.predicate
def works_in_side(actor: Actor, thread: Thread) -> bool:
    """Holds an office in a body that sits at the table."""
    return actor.office is not None and thread.sides.filter(body_id=actor.office.body_id or 0).exists()


@rules.predicate
def represents(actor: Actor, thread: Thread) -> bool:
    """Was named to sit where a body is missing."""
    if actor.person_id is None or actor.office is not None:
        return False
    return thread.sides.filter(representatives__person=actor.person_id, representatives__ended_at=None).exists()


@rules.predicate
def speaks_for_side(actor: Actor, side: Side) -> bool:
    """Speaks for this side: in an office of its body, or as one of the representatives who fill it."""
    if side.is_filled:
        mine = side.representatives.filter(person_id=actor.person_id or 0, ended_at=None)
        return actor.office is None and mine.exists()
    return actor.office is not None and actor.office.body_id == side.body_id and actor.role in SPEAKING_ROLES


@rules.predicate
def owns_entry(actor: Actor, entry: Entry) -> bool:
    """Speaks for the side that said it; the committee for a letter it entered, the convenor for their own words."""
    if entry.side is None:
        return bool(convenes(actor, entry.thread))
    return bool(speaks_for_side(actor, entry.side)) or (entry.via != Via.ACCOUNT and bool(keeps_table(actor, entry)))


@rules.predicate
def keeps_table(actor: Actor, thing: Thread | Entry | Side) -> bool:
    """Committee or convenor of the thread: they invite, enter letters and cover what must not be read."""
    thread = thing if isinstance(thing, Thread) else thing.thread
    return bool(sits_on_committee(actor, thread)) or bool(convenes(actor, thread))


@rules.predicate
def promised_it(actor: Actor, commitment: Commitment) -> bool:
    """In office for the side that promised it; the committee for one that came by letter."""
    side = commitment.side
    return (not side.is_filled and speaks_for_side(actor, side)) or (
        side.kind == "invited" and bool(keeps_table(actor, commitment.thread))
    )


@rules.predicate
def convenes_commitment(actor: Actor, commitment: Commitment) -> bool:
    """Convenes the thread in which it was promised."""
    return bool(convenes(actor, commitment.thread))


@rules.predicate
def lives_in_place(actor: Actor, thread: Thread) -> bool:
    """Has a confirmed home in the thread's community."""
    return actor.person_id is not None and confirmed_homes(actor.person_id, thread.community_id)


def _of(matter: Matter) -> Thread | None:
    """The thread that this matter is."""
    if matter.kind != "coordination":
        return None
    return Thread.objects.with_frame().filter(matter=matter).first()


def binds_itself(actor: Actor, matter: Matter) -> bool:
    """Whether this actor speaks for a side of the thread that this matter is, or enters letters for one."""
    thread = _of(matter)
    if thread is None:
        return False
    return bool(keeps_table(actor, thread)) or any(speaks_for_side(actor, side) for side in thread.sides.all())


def moves_due(actor: Actor, matter: Matter) -> bool | None:
    """Promised days of a thread are moved by its convenor alone; None for other matters."""
    thread = _of(matter)
    return None if thread is None else bool(convenes(actor, thread))


WHO_MAY: dict[Who, Predicate] = {
    Who.RAISER: raised_it,
    Who.CONVENOR: convenes,
    Who.COMMITTEE: sits_on_committee,
    Who.SIDES: works_in_side,
    Who.STREET: is_above,
    Who.RESIDENTS: acts_as_neighbour & lives_in_place,
    Who.SYSTEM: is_time,
}


def _any_of(kinds: frozenset[Who]) -> Predicate:
    first, *others = [WHO_MAY[kind] for kind in sorted(kinds)]
    for predicate in others:
        first |= predicate
    return first


for _step in Step:
    add(f"coordination.{_step}", _any_of(WHO[_step]))

at_table = works_in_side | represents | convenes | sits_on_committee | is_above
add("coordination.raise", holds(frozenset(RAISING_ROLES)))
add("coordination.delegate", is_own_secretary)
add("coordination.mark_for_owners", convenes)
add("coordination.read_working", at_table)
add("coordination.invite", keeps_table)
add("coordination.name_representative", keeps_table)
add("coordination.enter_letter", keeps_table)
add("coordination.guest_link", keeps_table)
add("coordination.speak", speaks_for_side)
add("coordination.convenor_speaks", convenes)
add("coordination.cover", owns_entry | keeps_table)
add("coordination.open_entry", owns_entry)
add("coordination.ask_promise", at_table)
add("coordination.ask_move", promised_it)
add("coordination.answer_move", convenes_commitment)
add("coordination.add_reading", acts_as_neighbour & lives_in_place)
add("coordination.add_readings", works_in_side | represents | keeps_table)
add("coordination.work", at_table)
