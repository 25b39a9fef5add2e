"""Paper before closing: printed with a serial, received unread; what is received shuts the other ways."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import File as Upload
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.audit.services import record
from xieshang.discussion.services import attach_closed
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.days import moment
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.notify.services import send

from ..models import Ballot, Conflict, Decision, PaperBallot, Right, RightHolder, Vote, VoteCount
from ..queries import label_of_units, tidy_serial, visible_owners_vote
from ..rules import EntryKind, entries, handing, paperwork, refusals
from ..rules.deciding import State
from ..rules.paperwork import PaperState
from ..rules.rolls import opening_salt
from .casting import require_open, tell_page
from .ledger import write_entry
from .locks import hold
from .writing import new_receipt

BATCH = 1000


@transaction.atomic
def issue_papers(actor: Actor, vote_id: int, *, building: str = "") -> int:
    """Give every right of a building (or of the whole roll) a ballot to print that has none; gives how many are new."""
    vote = _vote_to_issue(actor, vote_id)
    rights = Right.objects.filter(vote=vote).order_by("pk")
    if building:
        rights = rights.filter(units__building=building).distinct()
    living = PaperBallot.objects.filter(vote=vote).exclude(state=PaperState.VOID.value).values("right")
    wanted = list(rights.exclude(pk__in=living).values_list("pk", flat=True))
    _print(actor, vote, wanted)
    if wanted:
        facts = {"papers": len(wanted), "building": building}
        record(actor, "voting.issue_papers", number=vote.matter.number, place=vote.place_path, detail=facts)
    return len(wanted)


def _vote_to_issue(actor: Actor, vote_id: int) -> Vote:
    """The vote, its decision locked so that two people print each ballot once."""
    vote = visible_owners_vote(actor, vote_id)
    if not has_perm("voting.issue_papers", actor, vote):
        raise NotAllowed("voting.issue_papers")
    decision = Decision.objects.select_for_update().get(vote=vote)
    over = vote.closes_at is None or now() >= vote.closes_at
    if decision.state not in {State.NOTICE, State.VOTING} or over:
        raise RuleViolation(paperwork.NOT_ISSUING)
    return vote


def _print(actor: Actor, vote: Vote, right_ids: Iterable[int]) -> list[PaperBallot]:
    at = now()
    papers = (
        PaperBallot(vote=vote, right_id=right, serial=new_receipt(), issued_at=at, issued_by_id=actor.person_id)
        for right in right_ids
    )
    return PaperBallot.objects.bulk_create(papers, batch_size=BATCH)


@transaction.atomic
def reissue_paper(actor: Actor, paper_id: int, *, reason: str) -> PaperBallot:
    """A ballot lost or spoilt: its serial is void from now on, a new one takes its place."""
    lost = locked_paper(actor, paper_id)
    vote = _vote_to_issue(actor, lost.vote_id)
    if lost.state != PaperState.ISSUED:
        raise RuleViolation(with_serial(paperwork.SERIAL_USED, lost))
    if not reason.strip():
        raise RuleViolation(handing.REASON_MISSING)
    lost.state = PaperState.VOID.value
    lost.save(update_fields=["state"])
    (fresh,) = _print(actor, vote, [lost.right_id])
    facts = {"paper": lost.serial, "instead": fresh.serial, "reason": reason.strip()}
    record(actor, "voting.reissue_paper", number=vote.matter.number, place=vote.place_path, detail=facts)
    return fresh


def locked_paper(actor: Actor, paper_id: int) -> PaperBallot:
    """One paper of a vote that this actor may know of, after its right and then itself were locked."""
    found = get_object_or_404(PaperBallot.objects.filter(vote__in=Vote.objects.visible_to(actor)), pk=paper_id)
    Right.objects.select_for_update().get(pk=found.right_id)
    rows = PaperBallot.objects.select_for_update(of=("self",)).select_related("right", "vote__matter__place")
    return rows.get(pk=found.pk)


def with_serial(refusal: Refusal, paper: PaperBallot) -> Refusal:
    """The refusal with the paper's serial, and when it was taken in."""
    when = moment(paper.received_at) if paper.received_at else ""
    return Refusal(refusal.code, str(refusal.sentence).format(serial=paper.serial, when=when), refusal.source)


@transaction.atomic
def receive_paper(
    actor: Actor, vote_id: int, *, serial: str, signed_at: datetime | None = None, sheet: Upload | None = None
) -> PaperBallot:
    """Take a paper in, unread: from now on nothing else can be cast for its right. Late, used, unknown: RuleViolation.

    What was signed at the door before closing may be written down until the count, with a photo of it (`sheet`).
    """
    vote = hold(actor, vote_id)
    if not has_perm("voting.receive_paper", actor, vote):
        raise NotAllowed("voting.receive_paper")
    number = tidy_serial(serial)
    known = PaperBallot.objects.filter(vote=vote, serial=number).values_list("pk", flat=True).first()
    if known is None:
        raise RuleViolation(_unknown(actor, number))
    paper, at = locked_paper(actor, known), now()
    _require_free(paper)
    _require_in_time(vote, paper, at, signed_at)
    if signed_at is not None:
        if sheet is None:
            raise RuleViolation(handing.SHEET_MISSING)
        paper.page = attach_closed(actor, vote.matter, sheet, caption=paper.serial)
    paper.state, paper.signed_at = PaperState.RECEIVED.value, signed_at
    paper.received_at, paper.received_by_id = at, actor.person_id
    paper.save()
    _write_received(actor, vote, paper, at)
    return paper


def _unknown(actor: Actor, serial: str) -> Refusal:
    """Why a serial is none of this vote: it is another one's that this actor may know of, or nobody's."""
    found = PaperBallot.objects.filter(vote__in=Vote.objects.visible_to(actor), serial=serial).select_related("vote")
    other = found.first()
    if other is None:
        return paperwork.UNKNOWN_SERIAL
    words = paperwork.OF_ANOTHER_VOTE.sentence.format(serial=serial, question=other.vote.question)
    return Refusal(paperwork.OF_ANOTHER_VOTE.code, words)


def _require_free(paper: PaperBallot) -> None:
    """Its serial is good, and no other paper of this right was taken in."""
    if paper.state == PaperState.VOID:
        raise RuleViolation(with_serial(paperwork.SERIAL_VOID, paper))
    if paper.state != PaperState.ISSUED:
        raise RuleViolation(with_serial(paperwork.SERIAL_USED, paper))
    taken = [PaperState.RECEIVED.value, PaperState.KEYED.value]
    other = PaperBallot.objects.filter(right=paper.right_id, state__in=taken).first()
    if other:
        raise RuleViolation(with_serial(paperwork.RIGHT_ON_PAPER, other))


def _require_in_time(vote: Vote, paper: PaperBallot, at: datetime, signed_at: datetime | None) -> None:
    if signed_at is not None:
        require_signed_in_time(vote, at, signed_at)
        return
    try:
        require_open(vote, at)
    except RuleViolation as refused:
        if refused.refusal != refusals.TOO_LATE:
            raise
        raise RuleViolation(with_serial(paperwork.PAPER_LATE, paper)) from refused


def require_signed_in_time(vote: Vote, at: datetime, signed_at: datetime) -> None:
    """Signed within the window and not in the future, and written down before the count."""
    opens, closes = vote.opens_at, vote.closes_at
    # What is written down at a door says the minute, not the second.
    begins = opens.replace(second=0, microsecond=0) if opens else None
    if begins is None or closes is None or not begins <= signed_at < closes or signed_at > at:
        raise RuleViolation(handing.SIGNED_LATER)
    if vote.decision.state not in {State.VOTING, State.COUNTING}:
        raise RuleViolation(refusals.NOT_OPEN_YET if at < closes else refusals.TOO_LATE)
    if VoteCount.objects.filter(vote=vote).exists():
        raise RuleViolation(handing.COUNTED_ALREADY)


def _write_received(actor: Actor, vote: Vote, paper: PaperBallot, at: datetime) -> None:
    slot = entries.slot_of(opening_salt(paper.right.salt))
    write_entry(vote, EntryKind.RECEIVED, at, entries.paper(serial=paper.serial, slot=slot))
    ballot = Ballot.objects.filter(right=paper.right_id).first()
    if ballot:
        words = _("这一票先有线上或代办的票（%(cast)s），又收到纸质票（%(paper)s）。") % {
            "cast": moment(ballot.cast_at),
            "paper": moment(at),
        }
        Conflict.objects.create(right=paper.right, paper=paper, ballot=ballot, words=words, at=at)
    facts = {"paper": paper.serial, "conflict": ballot is not None, "signed_at": paper.signed_at}
    record(actor, "voting.receive_paper", number=vote.matter.number, place=vote.place_path, detail=facts)
    holders = list(RightHolder.objects.filter(right=paper.right_id).values_list("person_id", flat=True))
    body = _("%(units)s的纸质票在%(when)s收到，线上不能再投。不是您交的，请马上联系召集人。") % {
        "units": label_of_units(paper.right_id),
        "when": moment(at),
    }
    send(holders, title=vote.question, body=body, number=vote.matter.number, url=vote.get_absolute_url())
    tell_page(vote)
