"""A scanned stack of ballots: every page to its paper, all of them or none."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.files.base import ContentFile, File
from django.db import transaction

from xieshang.audit.services import record
from xieshang.discussion.services import attach_closed
from xieshang.lib import sealedcache
from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.scans import Page, pages_of

from ..models import Decision, PaperBallot, Vote
from ..queries import tidy_serial, visible_owners_vote
from ..queries.stacks import known_serials, serials_on
from ..rules import State, paperwork
from ..rules import deciding as course
from ..rules.stack import Sheet, Sorted, sort_stack

# What was read waits so long, sealed, for the serials that are typed in; a larger stack is chosen again.
WAITS = 60 * 60
MOST_KEPT = 40 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Taken:
    """How a stack was sorted, and under which key its pages wait where it was not right; empty: they do not."""

    found: Sorted
    kept: str = ""


def take_stack(
    actor: Actor,
    vote_id: int,
    files: Sequence[File],
    typed: Mapping[int, str],
    *,
    kept: str = "",
    left_out: Collection[int] = (),
) -> Taken:
    """Split a scanned stack by the codes on its pages. Each page is kept with its paper once every page is right.

    What is unknown, doubled or unreadable comes back page by page; then nothing is kept with a paper, and the pages
    that were read wait for an hour under a key: with it come serials for single pages, and pages to leave out.
    """
    vote = visible_owners_vote(actor, vote_id)
    if not has_perm("voting.settle_conflict", actor, vote):
        raise NotAllowed("voting.settle_conflict")
    _require_open_box(vote)
    pages = _pages(actor, vote, files, kept)
    tidied = {page: tidy_serial(serial) for page, serial in typed.items()}
    found = _keep(actor, vote, pages, tidied, set(left_out))
    if found.is_right:
        sealedcache.drop(_place(actor, vote, kept))
        return Taken(found)
    return Taken(found, kept or _let_wait(actor, vote, pages))


def _pages(actor: Actor, vote: Vote, files: Sequence[File], kept: str) -> list[Page]:
    """The pages as they are sent, else those that wait."""
    if files:
        return list(pages_of((file.file, file.size or 0) for file in files))
    waiting = sealedcache.take(_place(actor, vote, kept))
    if not isinstance(waiting, list):
        raise RuleViolation(paperwork.STACK_GONE)
    return waiting


def _let_wait(actor: Actor, vote: Vote, pages: list[Page]) -> str:
    if sum(len(page.picture) for page in pages) > MOST_KEPT:
        return ""
    key = secrets.token_urlsafe(16)
    sealedcache.put(_place(actor, vote, key), pages, WAITS)
    return key


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
    sheets = [Sheet(page.number, serials_on(page.codes), page.is_blank) for page in pages]
    found = sort_stack(sheets, known_serials(vote), typed, left_out)
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
