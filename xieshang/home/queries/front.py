"""The home page: what waits for me, what is voted on, what neighbours talk over, what was done, what was announced."""

from django.http import HttpRequest

from xieshang.community.queries import committee_of
from xieshang.lib.actor import Actor
from xieshang.lib.paging import Page, page_of
from xieshang.matters.models import Matter
from xieshang.matters.queries import search
from xieshang.outcomes import queries as outcomes
from xieshang.topics import queries as topics
from xieshang.voting import queries as voting

from .. import hooks
from .frame import frame_of, is_elder
from .waiting import waiting_for

MOST = 3


def front(request: HttpRequest) -> dict[str, object]:
    """Everything the home page shows for this reader at the place of the header."""
    actor: Actor = request.actor
    frame = frame_of(request)
    community = frame.community
    waiting = waiting_for(actor, frame.homes)
    page: dict[str, object] = {
        "waiting": waiting[: 1 if is_elder(request) else MOST],
        "waiting_count": len(waiting),
        "community": community,
    }
    if community is None:
        return page
    # Whoever acts in an office comes for the work; what was done and announced, and whom to call, they know.
    if actor.office is None:
        page["notices"] = outcomes.published_in(community.pk).rows[:MOST]
        page["done"] = outcomes.recently_done(community.pk)[:MOST]
        page["committee"], page["sections"] = committee_of(community), _sections(community.pk)
    return page | {
        "votes": voting.open_votes(actor, community.pk)[:MOST],
        "topics": topics.being_talked_over(actor, community.pk)[:MOST],
    }


def _sections(community_id: int) -> list[dict[str, str]]:
    return [door for sections in hooks.sections for door in sections(community_id)]


def found(actor: Actor, words: str, key: str) -> Page[Matter]:
    """One page of the matters that a search finds, newest first."""
    return page_of(search(actor, words).select_related("place"), key)
