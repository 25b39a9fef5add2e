"""Casting: one right, one ballot, in time by the one clock."""

import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.live.services import tell
from xieshang.matters.rules import FollowReason
from xieshang.matters.services import follow

from ..models import Ballot, BallotChoice, BallotVersion, Right, Vote
from ..queries import standing_for, who_voted
from ..rules import Channel, EntryKind, OptionKind, State, refusals, require_valid_choice
from .ledger import enter_ballot
from .locks import hold

# Without what is easily misread aloud: no I, O, 0, 1.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS = 3


@transaction.atomic
def cast(
    actor: Actor, vote_id: int, *, option_ids: Collection[int], key: str, right_id: int | None = None
) -> BallotVersion:
    """Cast the ballot of a right, or change it where that is allowed; gives the ledger's entry with its receipt.

    The same key of the same person gives the same entry again. Of several rights (two homes, one vote a household)
    `right_id` names one, else the first not yet used. Late, twice, or a wrong paper: RuleViolation.
    """
    vote = hold(actor, vote_id)
    person_id = actor.person_id
    if person_id is None or not has_perm("voting.cast", actor, vote):
        raise NotAllowed("voting.cast", standing_for(actor, vote).sentence)
    rights = Right.objects.select_for_update(of=("self",)).filter(vote=vote, holders__person_id=person_id)
    locked = list(rights.order_by("pk"))
    again = BallotVersion.objects.filter(vote=vote, key=key, ballot__cast_by_id=person_id).first()
    if again:
        return again
    at = now()
    _require_open(vote, at)
    require_paper(vote, option_ids)
    ballot = _ballot_for(actor, vote, locked, right_id)
    version = _write(actor, ballot, set(option_ids), key, at)
    follow(vote.of or vote.matter, person_id, FollowReason.VOTED)
    for matter_id in filter(None, (vote.matter_id, vote.of_id)):
        tell(f"matter.{matter_id}", "poll")
    return version


def require_paper(vote: Vote, option_ids: Collection[int]) -> None:
    """Check that a paper of this vote is filled in as it should be; raises RuleViolation."""
    kinds = {option.pk: OptionKind(option.kind) for option in vote.options.all()}
    require_valid_choice(set(option_ids), kinds, vote.most_choices)


def _require_open(vote: Vote, at: datetime) -> None:
    if vote.state == State.DRAFTED:
        raise RuleViolation(refusals.NOT_OPEN_YET)
    if vote.state != State.OPEN or vote.closes_at is None or at >= vote.closes_at:
        raise RuleViolation(refusals.TOO_LATE)


def _ballot_for(actor: Actor, vote: Vote, rights: list[Right], right_id: int | None) -> Ballot:
    """The ballot to write: a new one for a free right, or one's own where changing is allowed."""
    wanted = [right for right in rights if right_id is None or right.pk == right_id]
    cast_already = {ballot.right_id: ballot for ballot in Ballot.objects.filter(right__in=[r.pk for r in wanted])}
    free = next((right for right in wanted if right.pk not in cast_already), None)
    if free:
        return Ballot(right=free, vote=vote, community_id=vote.community_id, cast_by_id=actor.person_id or 0)
    own = next((ballot for ballot in cast_already.values() if ballot.cast_by_id == actor.person_id), None)
    if own and vote.allow_change:
        return own
    if own:
        raise RuleViolation(refusals.ALREADY_VOTED)
    taken = next(iter(cast_already.values()), None)
    if taken is None:
        raise NotAllowed("voting.cast")
    raise RuleViolation(Refusal(refusals.HOUSEHOLD_VOTED.code, who_voted(actor, vote, taken)))


def _write(actor: Actor, ballot: Ballot, chosen: set[int], key: str, at: datetime) -> BallotVersion:
    """The ballot as it stands from now on, and its entry in the ledger."""
    is_new, before = ballot.pk is None, ballot.receipt
    ballot.channel = (Channel.ASSISTED if actor.helper else Channel.ONLINE).value
    ballot.assisted_by_id = actor.helper.person_id if actor.helper else None
    ballot.consent, ballot.cast_at, ballot.receipt = actor.consent, at, new_receipt()
    ballot.save()
    ballot.choices.all().delete()
    BallotChoice.objects.bulk_create(BallotChoice(ballot=ballot, option_id=option) for option in sorted(chosen))
    kind, hands = (EntryKind.CAST if is_new else EntryKind.REPLACED), actor.hands or ballot.cast_by_id or 0
    return enter_ballot(ballot, kind=kind, key=key, hands_id=hands, before=before)


def new_receipt() -> str:
    """A receipt number that can be read out and not be guessed: K7QM-2F9X-PRTW. It says nothing of the choice."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(GROUPS))
