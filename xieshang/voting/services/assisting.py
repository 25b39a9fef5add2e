"""Assisted at the door: an owner without a phone says what they choose, signs a sheet, and a helper hands it in."""

from collections.abc import Collection
from datetime import datetime

from django.core.files.base import File as Upload
from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.community.rules import ConsentKind
from xieshang.discussion.services import attach_closed
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation

from ..models import Ballot, BallotVersion, OwnerClaim, PaperBallot, Right, Vote
from ..queries import signers_of
from ..rules import Channel, handing, paperwork
from ..rules.estate import ClaimState
from ..rules.paperwork import PaperState
from .casting import require_open, require_paper, tell_page
from .locks import hold
from .owning import tell_of_ballot
from .papers import require_signed_in_time, with_serial
from .writing import write_ballot


@transaction.atomic
def cast_at_door(
    actor: Actor,
    vote_id: int,
    *,
    right_id: int,
    option_ids: Collection[int],
    key: str,
    signer: str,
    sheet: Upload | None,
    signed_at: datetime | None = None,
) -> BallotVersion:
    """Hand in what an owner chose and signed at the door: both names are kept, counted under its own channel.

    Written down later, with `signed_at` before closing, it counts if it is there before the count.
    """
    vote = hold(actor, vote_id)
    if not has_perm("voting.cast_at_door", actor, vote):
        raise NotAllowed("voting.cast_at_door")
    right = get_object_or_404(Right.objects.select_for_update(), pk=right_id, vote=vote)
    again = BallotVersion.objects.filter(vote=vote, key=key, hands_id=actor.person_id, ballot__right=right).first()
    if again:
        return again
    at = now()
    if signed_at is None:
        require_open(vote, at)
    else:
        require_signed_in_time(vote, at, signed_at)
    require_paper(vote, option_ids)
    ballot = _ballot(actor, vote, right, signer)
    if sheet is None:
        raise RuleViolation(handing.SHEET_MISSING)
    ballot.sheet = attach_closed(actor, vote.matter, sheet, caption=signer.strip())
    version = write_ballot(ballot, option_ids, key=key, at=at, hands_id=actor.person_id or 0)
    detail = {"receipt": version.receipt, "signed_at": signed_at}
    record(actor, "voting.cast_at_door", number=vote.matter.number, place=vote.place_path, detail=detail)
    tell_of_ballot(actor, vote, ballot)
    tell_page(vote)
    return version


def _ballot(actor: Actor, vote: Vote, right: Right, signer: str) -> Ballot:
    """The row for this right: free, or an agent's, which the owner's own vote beats; signed by one of its owners."""
    owner = signers_of(right).get("".join(signer.split()))
    if owner is None:
        raise RuleViolation(handing.NOT_THE_SIGNER)
    taken = [PaperState.RECEIVED.value, PaperState.KEYED.value]
    paper = PaperBallot.objects.filter(right=right, state__in=taken).first()
    if paper:
        raise RuleViolation(with_serial(paperwork.RIGHT_ON_PAPER, paper))
    ballot = Ballot.objects.filter(right=right).first()
    if ballot and ballot.channel != Channel.PROXY:
        raise RuleViolation(handing.ALREADY_THERE)
    ballot = ballot or Ballot(vote=vote, community_id=vote.community_id)
    claim = OwnerClaim.objects.filter(owner_id=owner or 0, state=ClaimState.CONFIRMED.value).first()
    ballot.right, ballot.vote, ballot.cast_by_id = right, vote, claim.person_id if claim else None
    ballot.channel, ballot.assisted_by_id = Channel.ASSISTED.value, actor.person_id
    ballot.consent = ConsentKind.WRITTEN.value
    return ballot
