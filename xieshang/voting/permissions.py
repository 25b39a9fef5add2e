"""Who may prepare, open and cast a poll, and who may do what in an owners' decision. None asks for its state.

The convener's body acts; the residents' committee is the second person and the witness; the Party organisation gives
its opinion, and has no part in count and announcement.
"""

import rules

from xieshang.community.models import Body, PropertyArea
from xieshang.community.permissions import (
    acts_as_neighbour,
    acts_in_office,
    add,
    holds,
    is_above,
    is_property,
    sits_in_party_org,
    sits_on_committee,
)
from xieshang.community.rules import BodyKind, Role
from xieshang.lib.actor import Actor
from xieshang.lib.often import Often
from xieshang.matters.models import Matter

from .models import Decision, Proxy, RightHolder, Trustee, Vote
from .rules import ROOM_KINDS, Base, Item, Kind
from .rules.paperwork import ProxyState

# Who may convene the owners: their own committee, or by law another body in its place.
CONVENERS = frozenset(
    {
        BodyKind.HOMEOWNERS_COMMITTEE,
        BodyKind.PROPERTY_MANAGEMENT_COMMITTEE,
        BodyKind.RESIDENTS_COMMITTEE,
        BodyKind.VILLAGERS_COMMITTEE,
        BodyKind.STREET_OFFICE,
    }
)
SPEAKS_FOR_CONVENER = frozenset(
    {Role.OWNERS_CHAIR, Role.OWNERS_MEMBER, Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER, Role.STREET_OFFICER}
)
# In these, and on fees, which are a matter of the contract, the company's people and the candidates touch no paper.
KEPT_OUT_ITEMS = frozenset({Item.COMMITTEE, Item.COMPANY})


def _decision(thing: object) -> Decision | None:
    """The decision that a thing belongs to: itself, a vote's, or that of a thing with a vote."""
    if isinstance(thing, Decision):
        return thing
    vote = thing if isinstance(thing, Vote) else getattr(thing, "vote", None)
    return getattr(vote, "decision", None)


def _area(thing: object) -> PropertyArea | None:
    return thing if isinstance(thing, PropertyArea) else getattr(_decision(thing) or thing, "area", None)


@rules.predicate
def holds_right(actor: Actor, vote: Vote) -> bool:
    """Stands on the frozen roll of this vote, for themselves or for their household."""
    return bool(_held_by(actor.person_id or 0, vote.pk))


_held_by: Often[RightHolder] = Often(
    lambda person, vote: RightHolder.objects.filter(person_id=person, right__vote_id=vote)[:1]
)


@rules.predicate
def is_in_a_room(actor: Actor, vote: Vote) -> bool:
    """A motion in a meeting: people vote there as those who sit there, in whatever office they act on the page."""
    return vote.kind in ROOM_KINDS


@rules.predicate
def is_trustee(actor: Actor, vote: Vote) -> bool:
    """Is one of the three who keep the keys of this secret vote, in whatever office they act."""
    return Trustee.objects.filter(person_id=actor.person_id or 0, vote=vote).exists()


@rules.predicate
def is_agent(actor: Actor, vote: Vote) -> bool:
    """Acts for an owner by a written proxy that was accepted."""
    usable = [ProxyState.ACCEPTED.value, ProxyState.USED.value]
    proxies = Proxy.objects.filter(agent_id=actor.person_id or 0, right__vote=vote, state__in=usable)
    return vote.base == Base.OWNERS and proxies.exists()


@rules.predicate
def may_convene(actor: Actor, thing: object) -> bool:
    """Speaks for a body that may call the owners of this estate together and keep their list."""
    area, office = _area(thing), actor.office
    if area is None or office is None or actor.role not in SPEAKS_FOR_CONVENER:
        return False
    body = office.body
    if not isinstance(body, Body) or BodyKind(body.kind) not in CONVENERS:
        return False
    return any(path.startswith(office.place_path) for path in area.places.values_list("path", flat=True))


@rules.predicate
def acts_for_convener(actor: Actor, thing: object) -> bool:
    """Speaks for the very body that convenes this decision."""
    decision, office = _decision(thing), actor.office
    if decision is None or office is None or actor.role not in SPEAKS_FOR_CONVENER:
        return False
    return office.body_id == decision.convener_id


def convenes(actor: Actor, matter: Matter) -> bool:
    """Whether this actor speaks for the convener of the owners' vote that the matter is."""
    if actor.office is None or actor.role not in SPEAKS_FOR_CONVENER:
        return False
    decision = Decision.objects.filter(vote__matter=matter).first()
    return decision is not None and acts_for_convener(actor, decision)


def is_concerned(actor: Actor, matter: Matter) -> bool:
    """Whether this person stands on the roll of the owners' vote that the matter is, wherever they live."""
    return RightHolder.objects.filter(person_id=actor.person_id or 0, right__vote__matter=matter).exists()


@rules.predicate
def is_candidate(actor: Actor, thing: object) -> bool:
    """Stands on the ballot of this election, by the name on it."""
    decision = _decision(thing)
    if decision is None or decision.vote.kind != Kind.ELECTION or actor.person is None:
        return False
    name = getattr(actor.person, "real_name", "")
    return bool(name) and decision.vote.options.filter(text=name).exists()


@rules.predicate
def is_about_the_company(actor: Actor, thing: object) -> bool:
    """Elects the committee, or is about the company, its contract or its fees."""
    decision = _decision(thing)
    return decision is not None and decision.item in KEPT_OUT_ITEMS


@rules.predicate
def is_owners_vote(actor: Actor, thing: object) -> bool:
    """Is a decision of the owners, not a poll."""
    return _decision(thing) is not None


add("voting.prepare", sits_on_committee)
add("voting.open", sits_on_committee)
add("voting.cast", (acts_as_neighbour & (holds_right | is_agent)) | (is_in_a_room & holds_right))
# The same of somebody whose rights were read already, at casting.
add("voting.use_right", acts_as_neighbour | is_in_a_room)

# A motion in a meeting: whoever speaks for a body of the place; the meeting asks for its own chair and clerk.
add("voting.hold_room", acts_in_office)

# A secret vote: trustees make their keys and open; the committee hands out papers and counts the paper box.
add("voting.register_key", is_trustee)
add("voting.unseal", sits_on_committee | is_trustee)
add("voting.end_secret", sits_on_committee)
add("voting.answer_end", sits_on_committee | is_trustee)
add("voting.hand_out_paper", sits_on_committee)
add("voting.tally_paper", sits_on_committee)

# The estate's list.
add("voting.import_register", may_convene)
add("voting.answer_same_name", may_convene)
add("voting.see_registers", holds(frozenset(SPEAKS_FOR_CONVENER)))
add("voting.decide_claim", may_convene)
add("voting.claim_owner", acts_as_neighbour)
add("voting.check_consent", may_convene)
add("voting.set_contract", may_convene)

# The draft, its class, the advice.
add("voting.draft_decision", may_convene)
add("voting.redraft_decision", acts_for_convener)
add("voting.confirm_class", sits_on_committee)
add("voting.consult", acts_for_convener)
add("voting.give_opinion", sits_in_party_org)

# The roll.
add("voting.open_roll", acts_for_convener)
add("voting.publish_roll", acts_for_convener)
add("voting.object_to_roll", acts_as_neighbour)
add("voting.answer_roll_objection", acts_for_convener)
add("voting.freeze_roll", acts_for_convener)
add("voting.ask_roll_change", acts_for_convener | sits_on_committee)
add("voting.answer_roll_change", acts_for_convener | sits_on_committee)
add("voting.write_succession", acts_for_convener | sits_on_committee)
add("voting.confirm_succession", acts_for_convener | sits_on_committee)

# The notice, and what may still happen to a vote that has been called.
add("voting.publish_decision", acts_for_convener)
add("voting.extend", acts_for_convener)
add("voting.abort", acts_for_convener)
add("voting.answer_signature", acts_for_convener | sits_on_committee)
add("voting.withdraw_decision", acts_for_convener)

# Paper: carried by many, but where the company or the committee itself is at stake not by them.
carries = acts_for_convener | sits_on_committee | holds(frozenset({Role.GRID_WORKER}))
is_kept_out = is_candidate | (is_property & is_about_the_company)
add("voting.issue_papers", (acts_for_convener | sits_on_committee) & ~is_candidate)
add("voting.receive_paper", carries & ~is_candidate)
add("voting.cast_at_door", carries & ~is_candidate)
add("voting.record_delivery", (carries | is_property) & ~is_kept_out)
add("voting.key_paper", (carries | is_property) & ~is_kept_out)
add("voting.accept_proxy", acts_for_convener & ~is_candidate)

# The count: tellers of the convener, scrutineers and witness of the residents' committee.
counts = (acts_for_convener | sits_on_committee) & ~is_candidate
add("voting.settle_conflict", counts)
add("voting.settle_dispute", counts)
add("voting.sign_count", counts)
add("voting.count", counts)
add("voting.enter_result", counts)

# The record: every ballot without names for the owners of this roll; with names for those who count, the street, and
# through it a court. A residents' poll is opened to nobody but the street.
add("voting.take_openings", acts_as_neighbour & holds_right & is_owners_vote)
add("voting.take_named", (counts & is_owners_vote) | is_above)

# The result. The Party organisation has no button here.
add("voting.publish_count", acts_for_convener)
add("voting.recount", acts_for_convener)
add("voting.announce", acts_for_convener)
add("voting.correct", acts_for_convener)
add("voting.plan_item", acts_for_convener | sits_on_committee)
add("voting.annul", is_above)

# The page on which a decision is worked: whoever has some step of it.
add("voting.work_decision", acts_for_convener | sits_on_committee | sits_in_party_org | is_above)
