"""What is particular to an owner's ballot: paper shuts, the own vote beats the agent's, co-owners are told."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from xieshang.accounts.models import Person
from xieshang.community.queries import name_for
from xieshang.lib.actor import Actor
from xieshang.lib.days import moment
from xieshang.lib.often import Often
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.notify.services import send

from ..models import CHANNEL_LABELS, Ballot, Proxy, RightHolder, Vote
from ..queries import Held, label_of_units, sentence_of
from ..rules import Channel, handing
from ..rules.handing import OPEN_HOLDS, Hold
from ..rules.paperwork import ProxyState
from .codes import require_own_phone, use_code


def ballot_of_owner(actor: Actor, vote: Vote, held: Iterable[Held], right_id: int | None) -> Ballot:
    """The ballot to write, its channel set; RuleViolation with who, how and when where the right is used."""
    held = [one for one in held if right_id in {None, one.right.pk}]
    if not held:
        raise NotAllowed("voting.cast")
    order = [Hold.FREE, Hold.MAY_CHANGE]
    open_ones = sorted((one for one in held if one.hold in OPEN_HOLDS), key=lambda one: order.index(one.hold))
    if not open_ones:
        raise RuleViolation(Refusal(held[0].hold.value, sentence_of(actor, vote, held[0])))
    return _taken_over(actor, vote, open_ones[0])


def _taken_over(actor: Actor, vote: Vote, mine: Held) -> Ballot:
    """The row for this right with this person's hand on it; an agent's proxy is used up by it."""
    ballot = mine.ballot or Ballot(vote=vote, community_id=vote.community_id)
    ballot.right, ballot.vote, ballot.cast_by_id = mine.right, vote, actor.person_id
    ballot.channel = (Channel.PROXY if mine.proxy_id else Channel.ONLINE).value
    ballot.assisted_by_id, ballot.consent, ballot.sheet = None, "", None
    if mine.proxy_id:
        Proxy.objects.filter(pk=mine.proxy_id).update(state=ProxyState.USED.value)
    return ballot


def confirm_owner(actor: Actor, vote: Vote, code: str) -> None:
    """The person is confirmed again at casting, by a code that only their own telephone got."""
    if actor.helper or not isinstance(actor.person, Person):
        raise RuleViolation(handing.AT_THE_DOOR)
    require_own_phone(actor.person)
    use_code(actor.person.pk, vote, code)


_holders_of: Often[RightHolder] = Often(lambda right: RightHolder.objects.filter(right_id=right))


def tell_of_ballot(actor: Actor, vote: Vote, ballot: Ballot) -> None:
    """Tell the other holders of a right that it was cast, by whom, how and when; never what was chosen."""
    people = [holder.person_id for holder in _holders_of(ballot.right_id) if holder.person_id != actor.person_id]
    if not people:
        return
    who = name_for(actor.person_id, actor, vote.scope).name if actor.person_id and not actor.office else _("工作人员")
    words = _("%(units)s的这一票由%(who)s投出（%(channel)s，%(when)s）。如果没有商量过，截止前可以提出异议。") % {
        "units": label_of_units(ballot.right_id),
        "who": who,
        "channel": CHANNEL_LABELS[Channel(ballot.channel)],
        "when": moment(ballot.cast_at),
    }
    send(people, title=vote.question, body=words, number=vote.matter.number, url=vote.get_absolute_url())
