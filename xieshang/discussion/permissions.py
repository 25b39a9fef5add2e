"""Who may read, speak, report and rule. A thing is a thread, a post or an appeal; none of these asks for its state."""

import rules

from xieshang.community.models import Residence
from xieshang.community.permissions import (
    acts_as_neighbour,
    acts_in_office,
    add,
    is_above,
    is_party_secretary,
    is_signed_in,
    lives_in_community,
    sits_on_committee,
)
from xieshang.community.rules import ResidenceState
from xieshang.lib.actor import Actor

from .models import Appeal, Post, Thread
from .rules import Readers, Speakers


def _thread_of(thing: Thread | Post) -> Thread:
    return thing.thread if isinstance(thing, Post) else thing


@rules.predicate
def reads_as_anybody(actor: Actor, thing: Thread | Post) -> bool:
    """The place opened this discussion to everybody's eyes."""
    return _thread_of(thing).readers == Readers.PUBLIC


@rules.predicate
def lives_in_scope(actor: Actor, thing: Thread | Post) -> bool:
    """Has a confirmed home among those whom this discussion asks: the community, or only the matter's own place."""
    if actor.person_id is None:
        return False
    thread = _thread_of(thing)
    homes = Residence.objects.filter(person_id=actor.person_id, state=ResidenceState.CONFIRMED.value)
    if thread.speakers == Speakers.SCOPE:
        return homes.filter(unit__path__startswith=thread.place_path).exists()
    return homes.filter(community_id=thread.community_id).exists()


@rules.predicate
def wrote_it(actor: Actor, post: Post) -> bool:
    """Said it, in the same office as now or as a neighbour then and now."""
    office_id = actor.office.id if actor.office else None
    return actor.person_id == post.author_id and office_id == post.office_id


@rules.predicate
def is_its_author(actor: Actor, post: Post) -> bool:
    """Said it, in whatever office."""
    return actor.person_id is not None and actor.person_id == post.author_id


def _has_no_part(actor: Actor, post: Post) -> bool:
    """Neither they nor their body said it, and they did not type it in for the author."""
    own = {post.author_id, post.assisted_by_id}
    body_id = post.office.body_id if post.office else None
    return actor.hands not in own and (body_id is None or actor.office is None or body_id != actor.office.body_id)


@rules.predicate
def has_no_part(actor: Actor, post: Post) -> bool:
    """Stands outside the post that is judged."""
    return _has_no_part(actor, post)


@rules.predicate
def is_another_human(actor: Actor, appeal: Appeal) -> bool:
    """Stands outside the post, and is not the one who hid it."""
    return _has_no_part(actor, appeal.post) and actor.hands != appeal.ruling.by_id


reads = reads_as_anybody | lives_in_community | acts_in_office
speaks = (acts_as_neighbour & lives_in_scope) | acts_in_office

add("discussion.read", reads)
add("discussion.say", speaks)
add("discussion.thank", speaks)
add("discussion.report", is_signed_in & reads)
add("discussion.edit", wrote_it)
add("discussion.withdraw", wrote_it)
add("discussion.appeal", is_its_author)
add("discussion.review", (sits_on_committee | is_party_secretary) & has_no_part)
add("discussion.decide_appeal", (sits_on_committee | is_party_secretary | is_above) & is_another_human)
add("discussion.set_circle", sits_on_committee | is_party_secretary)
