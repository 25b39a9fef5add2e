"""The lock that decides what is in time: many may cast side by side, closing waits for all of them and then shuts."""

from django.db import connection
from django.http import Http404

from xieshang.lib.actor import Actor
from xieshang.lib.often import Often, Plain, Question

from ..models import Vote


def hold(actor: Actor, vote_id: int) -> Vote:
    """The vote, shared with other casts, kept from closing until this transaction ends; the clock is read after this.

    SQLite takes one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        _shared(vote_id)
    found = _with_matter(vote_id)
    # What everybody may know of needs no question to the database about who asks.
    if not found or not (found[0].matter.is_public or Vote.objects.visible_to(actor).filter(pk=vote_id).exists()):
        raise Http404
    return found[0]


def to_hold(vote_id: int) -> tuple[Question, ...]:
    """What `hold` asks, to be asked `together` with what is read behind its lock."""
    return _shared.of(vote_id), _with_matter.of(vote_id)


_shared = Plain("SELECT id FROM voting_vote WHERE id = %s FOR SHARE")
_with_matter: Often[Vote] = Often(lambda vote: Vote.objects.filter(pk=vote).select_related("matter", "decision"))


def shut_out(vote_id: int) -> Vote:
    """The vote, alone: every cast that holds it has ended, no new one gets in until this transaction ends."""
    return Vote.objects.select_for_update(of=("self",)).select_related("matter__place", "of", "scope").get(pk=vote_id)
