"""Who may take which step of a topic, and do what beside the steps. The state is the course's question, not theirs."""

import rules

from xieshang.community.permissions import (
    Predicate,
    acts_as_neighbour,
    add,
    is_above,
    is_signed_in,
    is_time,
    lives_in_community,
    sits_on_committee,
)
from xieshang.community.rules import Role
from xieshang.lib.actor import Actor

from .models import Topic
from .rules import WHO, Step, Who


@rules.predicate
def raised_it(actor: Actor, topic: Topic) -> bool:
    """The neighbour (or the body's speaker) who raised it."""
    return actor.person_id is not None and topic.matter.raised_by_id == actor.person_id


@rules.predicate
def leads_above(actor: Actor, topic: Topic) -> bool:
    """Street or township office: host of what concerns several communities (no single committee can be)."""
    office = actor.office
    return office is not None and actor.role == Role.STREET_OFFICER and topic.host_path == office.place_path


@rules.predicate
def is_own_secretary(actor: Actor, topic: Topic) -> bool:
    """Secretary of the Party organisation of the very place that leads it; not of the one above."""
    return (
        actor.role == Role.PARTY_SECRETARY and actor.office is not None and actor.office.place_path == topic.host_path
    )


@rules.predicate
def is_secretary_above(actor: Actor, topic: Topic) -> bool:
    """Secretary of a Party organisation above, who may study a matter that was left unanswered."""
    above = actor.office.place_path if actor.office else ""
    return actor.role == Role.PARTY_SECRETARY and topic.host_path.startswith(above) and topic.host_path != above


@rules.predicate
def acts_for_receiver(actor: Actor, topic: Topic) -> bool:
    """Acts for the body that the matter was handed to."""
    return actor.office is not None and topic.receiver_id is not None and actor.office.body_id == topic.receiver_id


@rules.predicate
def acts_for_convener(actor: Actor, topic: Topic) -> bool:
    """Acts for the body that convenes the owners."""
    return actor.office is not None and topic.convener_id is not None and actor.office.body_id == topic.convener_id


@rules.predicate
def acts_for_party(actor: Actor, topic: Topic) -> bool:
    """Acts for one of the bodies asked to take part."""
    return actor.office is not None and topic.parties.filter(body_id=actor.office.body_id or 0).exists()


hosts = sits_on_committee | leads_above
WHO_MAY: dict[Who, Predicate] = {
    Who.AUTHOR: raised_it,
    Who.RESIDENTS: acts_as_neighbour & lives_in_community,
    Who.PARTIES: acts_for_party,
    Who.COMMITTEE: hosts,
    Who.SECRETARY: is_own_secretary,
    Who.RECEIVER: acts_for_receiver,
    Who.STREET: is_above,
    Who.CONVENER: acts_for_convener,
    Who.RESPONSIBLE: acts_for_receiver,
    Who.SYSTEM: is_time,
}
# Studying in the stead of a silent organisation is the Party organisation's above, not the government's.
STUDY = is_own_secretary | is_secretary_above


def _any_of(kinds: frozenset[Who]) -> Predicate:
    first, *others = [WHO_MAY[kind] for kind in sorted(kinds)]
    for predicate in others:
        first |= predicate
    return first


for _step in Step:
    add(f"topics.{_step}", _any_of(WHO[_step]))
add("topics.agree", STUDY)
add("topics.party_return", STUDY)
# A sustained objection sends the opinion back by itself, in the transaction that sustains it.
add("topics.sustain_objection", hosts | is_time)
# The end of the thread that a topic was handed to is its answer.
for _step in (Step.ANSWER_REDIRECT, Step.REFUSE_REDIRECT):
    add(f"topics.{_step}", _any_of(WHO[_step]) | is_time)
# What the owners decided moves the topic by itself, in the transaction in which it takes effect.
# So does what the villagers' meeting resolved at the end of its 四议两公开.
for _step in (Step.OWNERS_PASSED, Step.OWNERS_FAILED, Step.RECORD_DECISION):
    add(f"topics.{_step}", _any_of(WHO[_step]) | is_time)

add("topics.raise", is_signed_in)
add("topics.raise_from_thread", sits_on_committee)
add("topics.support", acts_as_neighbour & lives_in_community)
add("topics.edit", raised_it)
add("topics.agree_withdrawal", hosts)
add("topics.record_session", hosts)
add("topics.draft_notice", hosts)
add("topics.return_draft", is_own_secretary)
add("topics.plan", hosts)
add("topics.set_items", hosts)
add("topics.explain", hosts)
add("topics.entrust", hosts | is_above)
add("topics.report", hosts)
add("topics.extend", is_above | leads_above)
add("topics.widen", hosts | is_above)
add("topics.record_owners", hosts | acts_for_convener | is_time)
add("topics.work", hosts | is_own_secretary | is_above | acts_for_receiver | acts_for_convener | acts_for_party)
