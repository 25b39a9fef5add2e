"""Casting: one right, one ballot, in time by the one clock."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from xieshang.accounts.models import Person
from xieshang.accounts.queries import others_on
from xieshang.lib.actor import Actor
from xieshang.lib.clock import INSTANT, now
from xieshang.lib.often import Often, Question, together
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.live.services import tell_crowd
from xieshang.matters.rules import FollowReason
from xieshang.matters.services import follow

from ..models import Ballot, BallotVersion, Right, Vote, lines_of
from ..queries import held_rights, standing_for, standing_rights, usable_rights, who_voted
from ..rules import ROOM_KINDS, Base, Channel, Kind, OptionKind, State, refusals, require_valid_choice, room, secret
from ..rules import deciding as course
from .ledger import newest_head
from .locks import hold, to_hold
from .owning import ballot_of_owner, confirm_owner, tell_of_ballot
from .writing import write_ballot


@transaction.atomic
def cast(
    actor: Actor, vote_id: int, *, option_ids: Collection[int], key: str, right_id: int | None = None, code: str = ""
) -> BallotVersion:
    """Cast the ballot of a right, or change it where that is allowed; gives the ledger's entry with its receipt.

    The same key of the same person gives the same entry again. Of several rights (two homes, one vote a household)
    `right_id` names one, else the first not yet used. An owner is confirmed by the one-time `code`.
    Late, twice, or a wrong paper: RuleViolation.
    """
    with together(*_to_cast(actor, vote_id, code)):
        return _cast(actor, vote_id, option_ids, key=key, right_id=right_id, code=code)


def _to_cast(actor: Actor, vote_id: int, code: str) -> list[Question]:
    """What is asked of everybody who casts, in the order of the locks: all of it is read behind them."""
    person = actor.person_id or 0
    questions = [*to_hold(vote_id), _rights_alone.of(person, vote_id)]
    if code and isinstance(actor.person, Person):
        # An owner.
        questions += [standing_rights.of(person, vote_id), others_on.of(str(actor.person.phone), person)]
    return [*questions, INSTANT.of(), lines_of.of(vote_id), newest_head.of(vote_id)]


def _cast(
    actor: Actor, vote_id: int, option_ids: Collection[int], *, key: str, right_id: int | None, code: str
) -> BallotVersion:
    vote = hold(actor, vote_id)
    person_id = actor.person_id
    locked = _rights_alone(person_id, vote.pk) if person_id is not None else []
    if person_id is None or not locked or not has_perm("voting.use_right", actor, vote):
        raise NotAllowed("voting.cast", standing_for(actor, vote).sentence)
    rights = {right.pk for right in locked}
    held = [one for one in held_rights(actor, vote) if one.right.pk in rights] if vote.base == Base.OWNERS else []
    # An owner whose rights are all free has cast nothing yet that could come again.
    if not held or any(one.ballot for one in held):
        again = [one for one in _by_key(vote.pk, key, actor.hands or person_id) if one.ballot.right_id in rights]
        if again:
            return again[0]
    if vote.kind == Kind.ROOM_SECRET:
        raise RuleViolation(room.SECRETLY)
    at = now()
    require_open(vote, at)
    require_paper(vote, option_ids)
    if vote.base == Base.OWNERS:
        ballot = ballot_of_owner(actor, vote, held, right_id)
        confirm_owner(actor, vote, code)
    else:
        ballot = _ballot_for(actor, vote, locked, right_id)
        ballot.channel = (Channel.ASSISTED if actor.helper else Channel.ONLINE).value
        ballot.assisted_by_id = actor.helper.person_id if actor.helper else None
        ballot.consent = actor.consent
    version = write_ballot(ballot, option_ids, key=key, at=at, hands_id=actor.hands or person_id)
    follow(vote.of or vote.matter, person_id, FollowReason.VOTED)
    if any(one.is_shared for one in held):
        tell_of_ballot(actor, vote, ballot)
    tell_page(vote)
    return version


_by_key: Often[BallotVersion] = Often(
    lambda vote, key, hands: (
        BallotVersion.objects.filter(vote_id=vote, key=key, hands_id=hands).select_related("ballot").order_by("pk")
    )
)


# The rights that somebody may cast, as a holder or by an accepted proxy, locked in one order.
_rights_alone: Often[Right] = Often(lambda person, vote: usable_rights(person, vote).select_for_update(of=("self",)))


def tell_page(vote: Vote) -> None:
    """Let open pages of the vote, and of what it is about, renew their participation."""
    for matter_id in filter(None, (vote.matter_id, vote.of_id)):
        tell_crowd(f"matter.{matter_id}", "poll")


def require_paper(vote: Vote, option_ids: Collection[int]) -> None:
    """Check that a paper of this vote is filled in as it should be; raises RuleViolation."""
    if vote.kind == Kind.SECRET:
        raise RuleViolation(secret.ONLY_SEALED)
    kinds = {option.pk: OptionKind(option.kind) for option in vote.lines}
    if vote.kind == Kind.PRIORITIES and len(set(option_ids)) < len(option_ids):
        raise RuleViolation(refusals.CHOSEN_TWICE)
    require_valid_choice(set(option_ids), kinds, vote.most_choices)


def require_open(vote: Vote, at: datetime) -> None:
    """The vote takes ballots at this instant; raises RuleViolation with the reason otherwise."""
    if vote.state == State.VOIDED or (vote.base == Base.OWNERS and vote.decision.state == course.State.ABORTED):
        raise RuleViolation(refusals.ABORTED)
    if vote.state == State.DRAFTED or (vote.opens_at is not None and at < vote.opens_at):
        raise RuleViolation(refusals.NOT_OPEN_YET)
    if vote.state != State.OPEN or vote.closes_at is None or at >= vote.closes_at:
        raise RuleViolation(refusals.TOO_LATE)
    if vote.base == Base.OWNERS and vote.decision.state not in {course.State.VOTING, course.State.NOTICE}:
        raise RuleViolation(refusals.NOT_OPEN_YET)


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
        raise RuleViolation(room.VOTED_HERE if vote.kind in ROOM_KINDS else refusals.ALREADY_VOTED)
    taken = next(iter(cast_already.values()), None)
    if taken is None:
        raise NotAllowed("voting.cast")
    if vote.base == Base.SIDE:
        raise RuleViolation(room.SIDE_VOTED)
    raise RuleViolation(Refusal(refusals.HOUSEHOLD_VOTED.code, who_voted(actor, vote, taken)))
