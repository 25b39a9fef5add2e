"""A scanned stack of ballots: every page to its paper, all of them or none."""

from collections.abc import Mapping, Sequence

from django.core.files.base import ContentFile, File
from django.db import transaction

from xieshang.audit.services import record
from xieshang.discussion.services import attach_closed
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


def take_stack(actor: Actor, vote_id: int, files: Sequence[File], typed: Mapping[int, str]) -> Sorted:
    """Split a scanned stack by the codes on its pages. Each page is kept with its paper once every page is right.

    What is unknown, doubled or unreadable comes back page by page; then nothing is kept.
    """
    vote = visible_owners_vote(actor, vote_id)
    if not has_perm("voting.settle_conflict", actor, vote):
        raise NotAllowed("voting.settle_conflict")
    _require_open_box(vote)
    pages = list(pages_of((file.file, file.size or 0) for file in files))
    return _keep(actor, vote, pages, {page: tidy_serial(serial) for page, serial in typed.items()})


def _require_open_box(vote: Vote) -> None:
    """The box is opened after closing, and shut again with the count (nobody looks at a ballot before)."""
    if vote.state != State.CLOSED or vote.decision.state != course.State.COUNTING:
        raise RuleViolation(paperwork.NOT_KEYING)


@transaction.atomic
def _keep(actor: Actor, vote: Vote, pages: Sequence[Page], typed: Mapping[int, str]) -> Sorted:
    vote.decision = Decision.objects.select_for_update().get(vote=vote)
    _require_open_box(vote)
    sheets = [Sheet(page.number, serials_on(page.codes), page.is_blank) for page in pages]
    found = sort_stack(sheets, known_serials(vote), typed)
    if not found.is_right:
        return found
    papers = {paper.serial: paper for paper in PaperBallot.objects.filter(vote=vote, page=None)}
    pictures = {page.number: page.picture for page in pages}
    for number, serial in found.placed.items():
        scan = ContentFile(pictures[number], name=f"{serial}.jpg")
        papers[serial].page = attach_closed(actor, vote.matter, scan, caption=serial)
    PaperBallot.objects.bulk_update([papers[serial] for serial in found.placed.values()], ["page"], batch_size=500)
    facts = {"pages": len(found.placed), "blank": len(found.blanks)}
    record(actor, "voting.take_stack", number=vote.matter.number, place=vote.place_path, detail=facts)
    return found
