"""Who may draft, publish, object, answer, carry out, look at and rate. None asks for the state."""

import rules

from xieshang.community import permissions as community
from xieshang.community.models import Office, Residence
from xieshang.community.permissions import (
    acts_as_neighbour,
    is_above,
    is_party_secretary,
    sits_on_committee,
)
from xieshang.community.rules import ResidenceState
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.matters.models import Matter

from . import hooks
from .rules import OF_OWNERS, NoticeKind


def _matter(thing: object) -> Matter | None:
    """The matter of a notice, or the matter itself."""
    found = thing if isinstance(thing, Matter) else getattr(thing, "matter", None)
    return found if isinstance(found, Matter) else None


@rules.predicate
def convenes_owners(actor: Actor, thing: object) -> bool:
    """Speaks for the body that convenes the owners in this matter."""
    matter = _matter(thing)
    return matter is not None and any(asked(actor, matter) for asked in hooks.convenes)


@rules.predicate
def binds_itself(actor: Actor, thing: object) -> bool:
    """Speaks for a side that promises something for itself in this matter."""
    matter = _matter(thing)
    return matter is not None and any(asked(actor, matter) for asked in hooks.binds_itself)


@rules.predicate
def moves_days(actor: Actor, thing: object) -> bool:
    """The committee moves promised days, but where an upper app says who does."""
    matter = _matter(thing)
    said = [asked(actor, matter) for asked in hooks.moves_due] if matter is not None else []
    answers = [answer for answer in said if answer is not None]
    return any(answers) if answers else bool(sits_on_committee(actor, thing))


@rules.predicate
def is_of_owners(actor: Actor, thing: object) -> bool:
    """A notice of an owners' vote."""
    return getattr(thing, "kind", "") in OF_OWNERS and not isinstance(thing, Matter)


@rules.predicate
def is_owner_concerned(actor: Actor, thing: object) -> bool:
    """One of the owners whom the notice of a vote is about, wherever they live."""
    matter = _matter(thing)
    return matter is not None and any(asked(actor, matter) for asked in hooks.concerned)


@rules.predicate
def lives_in_place(actor: Actor, thing: object) -> bool:
    """Has a confirmed home in the very place that the thing is about."""
    path = getattr(thing, "place_path", "")
    homes = Residence.objects.filter(person_id=actor.person_id or 0, state=ResidenceState.CONFIRMED.value)
    return bool(actor.person_id and path) and homes.filter(unit__path__startswith=path).exists()


@rules.predicate
def is_responsible(actor: Actor, item: object) -> bool:
    """Acts for the body that has to do the item."""
    return actor.office is not None and actor.office.body_id == getattr(item, "body_id", None)


@rules.predicate
def body_has_nobody_here(actor: Actor, item: object) -> bool:
    """Nobody holds an office in the item's body today, so that the committee writes down what it reports."""
    return not Office.objects.running(shown_today()).filter(body_id=getattr(item, "body_id", 0)).exists()


@rules.predicate
def objected(actor: Actor, objection: object) -> bool:
    """Made this objection."""
    return actor.person_id is not None and getattr(objection, "person_id", None) == actor.person_id


is_concerned = acts_as_neighbour & (lives_in_place | is_owner_concerned)
# Objections to the figures of an owners' vote are answered by its convener, all others by the committee.
answers = (sits_on_committee & ~is_of_owners) | (convenes_owners & is_of_owners)

# An outcome of a consultation is published by the Party secretary and nobody else; what the committee or the
# government tells by itself, by them.
OWNERS_NOTICES = dict.fromkeys(sorted(OF_OWNERS), convenes_owners)
DRAFTERS = dict.fromkeys(NoticeKind, sits_on_committee) | {NoticeKind.CORRECTION: is_above} | OWNERS_NOTICES
PUBLISHERS = {
    NoticeKind.ADVANCE: sits_on_committee,
    NoticeKind.GONGSHI: is_party_secretary,
    NoticeKind.GONGGAO: is_party_secretary,
    NoticeKind.FEEDBACK: sits_on_committee,
    NoticeKind.CORRECTION: is_above,
    **OWNERS_NOTICES,
}

for _kind, _predicate in DRAFTERS.items():
    community.add(f"outcomes.draft_{_kind}", _predicate)
for _kind, _predicate in PUBLISHERS.items():
    community.add(f"outcomes.publish_{_kind}", _predicate)
community.add("outcomes.record_posting", sits_on_committee | (convenes_owners & is_of_owners))
community.add("outcomes.object", is_concerned)
community.add("outcomes.answer_objections", answers)
community.add("outcomes.appeal", objected)
community.add("outcomes.answer_appeal", is_above)
community.add("outcomes.set_item", sits_on_committee | is_party_secretary | convenes_owners | binds_itself)
community.add("outcomes.move_due", moves_days)
community.add("outcomes.report", is_responsible | (sits_on_committee & body_has_nobody_here))
community.add("outcomes.verify_item", sits_on_committee | is_party_secretary)
community.add("outcomes.rate", is_concerned)
