"""Writing into the ledger of a vote, in the acting transaction; what it says is fixed in rules/entries.py."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Model

from xieshang.lib.often import Often, put

from ..models import Ballot, BallotVersion, LedgerEntry, TreeHead, Vote, VoteCount
from ..queries import opening_fields, result_fields
from ..rules import EntryKind, State, entries
from ..rules.entries import ballot_commitment, slot_of
from ..rules.ledger import canonical, instant
from ..rules.rolls import opening_salt
from .linking import link_ledger, settle_ledger

WEIGHTY = frozenset(
    {EntryKind.CLOSED, EntryKind.RESULT, EntryKind.CORRECTED, EntryKind.ANNULLED, EntryKind.VOIDED, EntryKind.EXTENDED}
)


def write_entry(
    vote: Vote,
    kind: EntryKind,
    at: datetime,
    fields: Mapping[str, object],
    version: BallotVersion | None = None,
    *,
    new: Sequence[Model] = (),
) -> LedgerEntry:
    """Write one event into the ledger, in the acting transaction. Fields hold commitments and numbers only.

    A ballot's version is new too, and so are rows before it: all are written at once.

    While a vote is open its entries are chained by `tick`; all others as soon as they are committed, and what the
    result hangs on is covered by a signed head at once.
    """
    content = canonical({**fields, "kind": kind.value, "at": instant(at), "vote": vote.matter.number})
    entry = LedgerEntry(vote=vote, kind=kind.value, at=at, content=content, version=version)
    put(*new, *([version] if version else []), entry)
    if vote.state != State.OPEN:
        chain = settle_ledger if kind in WEIGHTY else link_ledger
        transaction.on_commit(partial(chain, vote.pk), robust=True)
    return entry


def write_opened(vote: Vote, at: datetime) -> LedgerEntry:
    """The first entry of a ledger, when ballots are taken from now on: the roll is frozen, everything stands fixed."""
    return write_entry(vote, EntryKind.OPENED, at, opening_fields(vote))


def enter_ballot(
    ballot: Ballot,
    new: Sequence[Model] = (),
    *,
    kind: EntryKind,
    choice: Sequence[int],
    key: str,
    hands_id: int,
    before: str = "",
    paper: str = "",
) -> BallotVersion:
    """Keep a ballot as it stands, ticks included, as a new version with its entry: CAST, REPLACED or CONFIRMED.

    `choice` holds the positions of the options ticked, in order of rank; `before` is the receipt it replaces, `paper`
    the serial of the paper it was read from; `new` are rows of it to be written with them.
    """
    nonce, right = secrets.token_hex(16), ballot.right
    version = BallotVersion(
        vote_id=ballot.vote_id,
        ballot=ballot,
        key=key,
        receipt=ballot.receipt,
        cast_at=ballot.cast_at,
        channel=ballot.channel,
        mark=ballot.mark,
        hands_id=hands_id,
        nonce=nonce,
        commitment=ballot_commitment(ballot.receipt, right.number, ballot.mark, choice, nonce),
    )
    fields = entries.ballot(
        receipt=version.receipt,
        channel=version.channel,
        commitment=version.commitment,
        slot=slot_of(opening_salt(right.salt)),
        head=_last_head(ballot.vote_id),
        before=before,
        paper=paper,
    )
    write_entry(ballot.vote, kind, version.cast_at, fields, version, new=new)
    return version


def _last_head(vote_id: int) -> int:
    return next((head.size for head in newest_head(vote_id)), 0)


newest_head: Often[TreeHead] = Often(
    lambda vote: TreeHead.objects.filter(vote_id=vote).order_by("-size").only("size")[:1]
)


def write_result(count: VoteCount) -> LedgerEntry:
    """A count as it was kept, in the ledger: to be called in the transaction that keeps it, after its lines."""
    return write_entry(count.vote, EntryKind.RESULT, count.counted_at, result_fields(count))
