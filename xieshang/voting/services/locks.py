"""The lock that decides what is in time: many may cast side by side, closing waits for all of them and then shuts."""

from django.db import connection
from django.shortcuts import get_object_or_404

from xieshang.lib.actor import Actor

from ..models import Vote


def hold(actor: Actor, vote_id: int) -> Vote:
    """The vote, shared with other casts, kept from closing until this transaction ends; the clock is read after this.

    SQLite takes one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM voting_vote WHERE id = %s FOR SHARE", [vote_id])
    votes = Vote.objects.visible_to(actor).select_related("matter", "decision")
    return get_object_or_404(votes.prefetch_related("options"), pk=vote_id)


def shut_out(vote_id: int) -> Vote:
    """The vote, alone: every cast that holds it has ended, no new one gets in until this transaction ends."""
    return Vote.objects.select_for_update(of=("self",)).select_related("matter__place", "of", "scope").get(pk=vote_id)
