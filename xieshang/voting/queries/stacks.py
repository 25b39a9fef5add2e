"""What a scanned stack is sorted by, and a paper's own page."""

from collections.abc import Iterable

from xieshang.discussion.models import Attachment
from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm

from ..models import PaperBallot, Vote
from ..rules.paperwork import PaperState
from ..rules.stack import Known
from .papers import tidy_serial


def serials_on(codes: Iterable[str]) -> list[str]:
    """Serials among the codes of a page, of whatever vote; other codes on it (the page of the vote) are passed over."""
    return [tidy_serial(code)[:20] for code in codes if "serial=" in code]


def known_serials(vote: Vote) -> dict[str, Known]:
    """Every serial of a vote and how it stands; one query."""
    rows = PaperBallot.objects.filter(vote=vote).values_list("serial", "state", "page_id")
    return {serial: _known(PaperState(state), page) for serial, state, page in rows}


def _known(state: PaperState, page: int | None) -> Known:
    if state == PaperState.VOID:
        return Known.VOID
    if state == PaperState.ISSUED:
        return Known.NOT_RECEIVED
    return Known.SCANNED if page else Known.RECEIVED


def scanned_page(actor: Actor, vote: Vote, paper_id: int) -> Attachment | None:
    """The scan of one paper, for those who key it or settle what is on it."""
    if not (has_perm("voting.key_paper", actor, vote) or has_perm("voting.settle_conflict", actor, vote)):
        return None
    paper = PaperBallot.objects.filter(vote=vote, pk=paper_id).select_related("page").first()
    return paper.page if paper else None


def scanned(vote: Vote) -> tuple[int, int]:
    """How many received papers have their scan, of how many."""
    taken = PaperBallot.objects.filter(vote=vote, state__in=[PaperState.RECEIVED.value, PaperState.KEYED.value])
    return taken.exclude(page=None).count(), taken.count()
