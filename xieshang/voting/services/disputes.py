"""A co-owner disputes a ballot before closing; the tellers settle it before the count."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.notify.services import send

from ..models import Ballot, Dispute, RightHolder, Vote, VoteCount
from ..rules import Base, EntryKind, Mark, entries, handing
from .casting import require_open
from .ledger import write_entry
from .locks import hold


@transaction.atomic
def dispute(actor: Actor, vote_id: int, *, ballot_id: int, text: str) -> Dispute:
    """Say that a ballot cast by somebody else for one's own home was not agreed on; before closing, once a person."""
    vote = hold(actor, vote_id)
    ballot = get_object_or_404(
        Ballot.objects.select_for_update(of=("self",)), pk=ballot_id, vote=vote, vote__base=Base.OWNERS.value
    )
    at = now()
    require_open(vote, at)
    _require_co_owner(actor, ballot)
    if not text.strip():
        raise RuleViolation(handing.DISPUTE_WORDS)
    made, is_new = Dispute.objects.get_or_create(
        ballot=ballot, person_id=actor.person_id, defaults={"text": text.strip(), "at": at}
    )
    if not is_new:
        raise RuleViolation(handing.DISPUTED_ALREADY)
    write_entry(vote, EntryKind.DISPUTED, at, entries.dispute(receipt=ballot.receipt, upheld=None))
    record(actor, "voting.dispute", number=vote.matter.number, place=vote.place_path, detail={"dispute": made.pk})
    return made


def _require_co_owner(actor: Actor, ballot: Ballot) -> None:
    holds = RightHolder.objects.filter(right=ballot.right_id, person_id=actor.person_id).exists()
    if actor.office or not holds or ballot.cast_by_id == actor.person_id:
        raise RuleViolation(handing.NOT_YOUR_UNIT)


@transaction.atomic
def settle_dispute(actor: Actor, dispute_id: int, *, upheld: bool, reason: str) -> Dispute:
    """The tellers' answer, with the reason: upheld, the ballot counts as disputed and takes no part."""
    rows = Dispute.objects.select_for_update(of=("self",)).select_related("ballot__vote__matter__place")
    found = get_object_or_404(rows.filter(ballot__vote__in=Vote.objects.visible_to(actor)), pk=dispute_id)
    vote = found.ballot.vote
    if not has_perm("voting.settle_dispute", actor, vote):
        raise NotAllowed("voting.settle_dispute")
    _require_answerable(found, vote, reason)
    at = now()
    found.upheld, found.reason = upheld, reason.strip()[:200]
    found.settled_by_id, found.settled_at = actor.person_id, at
    found.save()
    if upheld:
        Ballot.objects.filter(pk=found.ballot_id).update(mark=Mark.DISPUTED.value)
    write_entry(vote, EntryKind.DISPUTED, at, entries.dispute(receipt=found.ballot.receipt, upheld=upheld))
    record(actor, "voting.settle_dispute", number=vote.matter.number, place=vote.place_path, detail={"upheld": upheld})
    word = _("异议成立，这一票不计入。") if upheld else _("异议不成立，这一票照常计入。")
    people = {found.person_id, found.ballot.cast_by_id or found.person_id}
    url = vote.get_absolute_url()
    send(people, title=vote.question, body=word + found.reason, number=vote.matter.number, url=url)
    return found


def _require_answerable(found: Dispute, vote: Vote, reason: str) -> None:
    if found.settled_at is not None:
        raise RuleViolation(handing.DISPUTE_SETTLED)
    if VoteCount.objects.filter(vote=vote).exists():
        raise RuleViolation(handing.COUNTED_ALREADY)
    if not reason.strip():
        raise RuleViolation(handing.REASON_MISSING)
