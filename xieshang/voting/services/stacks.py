"""A scanned stack of ballots: read beside the request, then every page kept with its paper, all or none of them."""

import secrets
from collections.abc import Collection, Mapping, Sequence

from django.core.files.base import ContentFile, File
from django.db import transaction

from xieshang.audit.services import record
from xieshang.discussion.services import attach_closed
from xieshang.lib import longwork
from xieshang.lib.actor import Actor
from xieshang.lib.longwork import Tell, Work
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.scans import TOO_LARGE, Page, pages_in, pages_of

from ..models import Decision, PaperBallot, Vote
from ..queries import tidy_serial, visible_owners_vote
from ..queries.stacks import known_serials, serials_on
from ..rules import State, paperwork
from ..rules import deciding as course
from ..rules.stack import Sheet, Sorted, sort_stack

# What was read waits an hour, sealed, until every page is right.
MOST_KEPT = 40 * 1024 * 1024


def read_stack(actor: Actor, vote_id: int, files: Sequence[File]) -> str:
    """Begin to read a scanned stack; gives the key under which it is looked at and its pages wait."""
    vote = _counted_by(actor, vote_id)
    _require_open_box(vote)
    sent = [file.read() for file in files]
    whole, key = pages_in(sent), secrets.token_urlsafe(16)

    def read(tell: Tell) -> list[Page]:
        return _read(sent, whole, tell)

    longwork.begin(_place(actor, vote, key), read)
    return key


def _read(sent: Sequence[bytes], whole: int, tell: Tell) -> list[Page]:
    pages: list[Page] = []
    for page in pages_of(sent):
        pages.append(page)
        tell(len(pages), whole)
    if sum(len(page.picture) for page in pages) > MOST_KEPT:
        raise RuleViolation(TOO_LARGE)
    return pages


def reading_of(actor: Actor, vote_id: int, key: str) -> Work:
    """How far the reading is; RuleViolation where nothing is read under this key, or what was read could not be."""
    vote = _counted_by(actor, vote_id)
    work = longwork.look(_place(actor, vote, key))
    if work is None:
        raise RuleViolation(paperwork.STACK_GONE)
    if work.refusals:
        raise RuleViolation(*work.refusals)
    return work


def sort_read(actor: Actor, vote_id: int, pages: Sequence[Page]) -> Sorted:
    """How a stack that was read falls to its papers; nothing is kept yet."""
    return _sorted(_counted_by(actor, vote_id), pages, {}, ())


def take_stack(
    actor: Actor, vote_id: int, key: str, typed: Mapping[int, str], *, left_out: Collection[int] = ()
) -> Sorted:
    """Keep each page of a stack that was read with its paper, once every page is right.

    What is unknown, doubled or unreadable comes back page by page; then nothing is kept with a paper, and the pages
    go on waiting for serials of single pages, and for pages to leave out.
    """
    vote = _counted_by(actor, vote_id)
    work = reading_of(actor, vote_id, key)
    if not isinstance(work.result, list):
        raise RuleViolation(paperwork.STACK_IS_READ)
    tidied = {page: tidy_serial(serial) for page, serial in typed.items()}
    found = _keep(actor, vote, work.result, tidied, set(left_out))
    if found.is_right:
        longwork.forget(_place(actor, vote, key))
    return found


def _counted_by(actor: Actor, vote_id: int) -> Vote:
    vote = visible_owners_vote(actor, vote_id)
    if not has_perm("voting.settle_conflict", actor, vote):
        raise NotAllowed("voting.settle_conflict")
    return vote


def _place(actor: Actor, vote: Vote, key: str) -> str:
    return f"stack:{vote.pk}:{actor.hands}:{key}"


def _require_open_box(vote: Vote) -> None:
    """The box is opened after closing, and shut again with the count (nobody looks at a ballot before)."""
    if vote.state != State.CLOSED or vote.decision.state != course.State.COUNTING:
        raise RuleViolation(paperwork.NOT_KEYING)


@transaction.atomic
def _keep(
    actor: Actor, vote: Vote, pages: Sequence[Page], typed: Mapping[int, str], left_out: Collection[int]
) -> Sorted:
    vote.decision = Decision.objects.select_for_update().get(vote=vote)
    _require_open_box(vote)
    found = _sorted(vote, pages, typed, left_out)
    if not found.is_right:
        return found
    papers = {paper.serial: paper for paper in PaperBallot.objects.filter(vote=vote, page=None)}
    pictures = {page.number: page.picture for page in pages}
    for number, serial in found.placed.items():
        scan = ContentFile(pictures[number], name=f"{serial}.jpg")
        papers[serial].page = attach_closed(actor, vote.matter, scan, caption=serial)
    PaperBallot.objects.bulk_update([papers[serial] for serial in found.placed.values()], ["page"], batch_size=500)
    facts = {"pages": len(found.placed), "blank": len(found.blanks), "left_out": len(left_out)}
    record(actor, "voting.take_stack", number=vote.matter.number, place=vote.place_path, detail=facts)
    return found


def _sorted(vote: Vote, pages: Sequence[Page], typed: Mapping[int, str], left_out: Collection[int]) -> Sorted:
    sheets = [Sheet(page.number, serials_on(page.codes), page.is_blank) for page in pages]
    return sort_stack(sheets, known_serials(vote), typed, left_out)
