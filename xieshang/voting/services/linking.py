"""Chaining the entries of a ledger after commit, in batches, so that there is no hot row; and signing its heads."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from xieshang.lib import seal
from xieshang.lib.clock import now as clock_now

from ..models import LedgerEntry, LedgerLink, TreeHead, Vote
from ..queries import key_of
from ..rules import State
from ..rules.entries import head_content
from ..rules.ledger import GENESIS, chain_value, leaf_hash, tree_root

log = logging.getLogger(__name__)
MOST_LINKS = 2000
MOST_BATCHES = 20
HEAD_EVERY = timedelta(minutes=3)
# Ids are given before commit: an entry may appear behind others with higher ids. Nothing takes so long as this many
# entries take; at closing and after it the whole ledger is looked through.
IN_FLIGHT = 20_000
LATEST = 2000
_LEDGER_LOCK = 7_461_002


@transaction.atomic
def link_ledger(vote_id: int, *, thorough: bool = False) -> int:
    """Chain the entries of a vote that are not chained yet, in one batch; gives the number of links added."""
    _alone(vote_id)
    last = LedgerLink.objects.filter(vote_id=vote_id).order_by("-position").first()
    waiting = LedgerEntry.objects.filter(vote_id=vote_id, link=None)
    if last and not thorough:
        waiting = waiting.filter(pk__gt=last.entry_id - IN_FLIGHT)
    links = list(_links(waiting.order_by("pk")[:MOST_LINKS], last))
    LedgerLink.objects.bulk_create(links)
    return len(links)


def _alone(vote_id: int) -> None:
    """One at a time for each vote, until the transaction ends; SQLite takes one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LEDGER_LOCK, vote_id % 2**31])


def _links(entries: Iterable[LedgerEntry], last: LedgerLink | None) -> Iterable[LedgerLink]:
    position, before = (last.position, last.value) if last else (0, GENESIS)
    for entry in entries:
        position += 1
        value, leaf = chain_value(before, entry.content), leaf_hash(entry.content)
        yield LedgerLink(vote_id=entry.vote_id, entry=entry, position=position, before=before, value=value, leaf=leaf)
        before = value


@transaction.atomic
def sign_head(vote_id: int, at: datetime) -> TreeHead | None:
    """Sign the root over all that is chained so far; None where the last head covers it already.

    Never by another key than it began with: the notice names one, and a record signed by two holds for nobody.
    """
    _alone(vote_id)
    before = TreeHead.objects.filter(vote_id=vote_id).order_by("-size").first()
    link = LedgerLink.objects.filter(vote_id=vote_id).order_by("-position").first()
    if link is None or (before and before.size >= link.position):
        return None
    key = key_of(vote_id)
    if seal.key_code(key) != key:
        log.error("vote %d began with the key %s, which is not beside LEDGER_KEY_FILE: not signed", vote_id, key)
        return None
    leaves = LedgerLink.objects.filter(vote_id=vote_id).order_by("position").values_list("leaf", flat=True)
    root = tree_root(list(leaves))
    number = Vote.objects.values_list("matter__number", flat=True).get(pk=vote_id)
    size, chain = link.position, link.value
    signed = head_content(vote=number, size=size, root=root, chain=chain, at=at, before=before.size if before else 0)
    return TreeHead.objects.create(
        vote_id=vote_id,
        size=size,
        root=root,
        chain=chain,
        at=at,
        algorithm=seal.SIGNATURE,
        key_code=key,
        signature=seal.sign(signed.encode(), key),
    )


def settle_ledger(vote_id: int) -> None:
    """Chain everything there is and sign the head over it: at closing, and whenever something is written after it."""
    while link_ledger(vote_id, thorough=True):
        pass
    sign_head(vote_id, clock_now())


def due_ledgers(now: datetime) -> None:
    """What time does to ledgers: chain what was written, sign heads every few minutes."""
    running = Vote.objects.filter(state=State.OPEN.value).order_by("closes_at", "pk").values_list("pk", flat=True)
    for vote_id in [*running, *_lately_written()]:
        _link_batches(vote_id)
        _sign_in_time(vote_id, now)


def _link_batches(vote_id: int) -> None:
    for _batch in range(MOST_BATCHES):
        if link_ledger(vote_id) < MOST_LINKS:
            break


def _sign_in_time(vote_id: int, now: datetime) -> None:
    head = TreeHead.objects.filter(vote_id=vote_id).order_by("-size").first()
    if head is None or now - head.at >= HEAD_EVERY:
        sign_head(vote_id, now)


def _lately_written() -> QuerySet[LedgerEntry, int]:
    """Votes that take no ballots and have entries among the latest of all that are not chained or not signed for yet.

    Papers keyed, counts, corrections.
    """
    latest = LedgerEntry.objects.order_by("-pk").values_list("pk", flat=True)[:LATEST]
    written = LedgerEntry.objects.filter(pk__gte=min(latest, default=0)).exclude(vote__state=State.OPEN.value)
    heads = TreeHead.objects.filter(vote=OuterRef("vote")).order_by("-size").values("size")
    unsigned = Q(link__position__gt=Coalesce(Subquery(heads[:1]), 0))
    return written.filter(Q(link=None) | unsigned).order_by("vote_id").values_list("vote_id", flat=True).distinct()
