"""Writing into the ledger of a vote, and chaining it after commit, in batches, so that there is no hot row."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction

from ..models import BallotVersion, LedgerEntry, LedgerLink, Vote
from ..rules import EntryKind
from ..rules.ledger import GENESIS, canonical, chain_value, instant, leaf_hash

MOST_LINKS = 500
_LEDGER_LOCK = 7_461_002


def write_entry(
    vote: Vote, kind: EntryKind, at: datetime, fields: Mapping[str, object], version: BallotVersion | None = None
) -> LedgerEntry:
    """Write one event into the ledger, in the acting transaction. Fields hold commitments and numbers only."""
    content = canonical({**fields, "kind": kind.value, "at": instant(at), "vote": vote.matter.number})
    return LedgerEntry.objects.create(vote=vote, kind=kind.value, at=at, content=content, version=version)


@transaction.atomic
def link_ledger(vote_id: int) -> int:
    """Chain the entries of a vote that are not chained yet, in one batch; gives the number of links added."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LEDGER_LOCK, vote_id % 2**31])
    last = LedgerLink.objects.filter(vote_id=vote_id).order_by("-position").first()
    waiting = LedgerEntry.objects.filter(vote_id=vote_id, link=None).order_by("pk")[:MOST_LINKS]
    links = list(_links(waiting, last.position if last else 0, last.value if last else GENESIS))
    LedgerLink.objects.bulk_create(links)
    return len(links)


def _links(entries: Iterable[LedgerEntry], position: int, before: str) -> Iterable[LedgerLink]:
    for entry in entries:
        position += 1
        value = chain_value(before, entry.content)
        yield LedgerLink(
            vote_id=entry.vote_id,
            entry=entry,
            position=position,
            before=before,
            value=value,
            leaf=leaf_hash(entry.content),
        )
        before = value
