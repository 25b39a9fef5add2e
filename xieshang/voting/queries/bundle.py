"""The bundle `xieshang-vote/1`: the record of a vote as files that anybody can check without this site.

docs/vote-bundle.md describes the format, static/verify.py checks it. The same vote gives the same bytes every time.
"""

import hashlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby

from django.db.models import Exists, OuterRef

from xieshang.lib import seal
from xieshang.lib.zips import stream_zip

from ..models import Ballot, Decision, Dispute, Envelope, LedgerLink, Right, TreeHead, Vote, VoteCount
from ..rules import Kind, Mark
from ..rules.ledger import canonical, instant
from ..rules.rolls import identity_of, identity_salt, opening_salt
from .facts import buildings_of, opening_fields, result_fields, rows_of_roll
from .ledger import key_of
from .owners_count import proven_deliveries, reckoning_of

FORMAT = "xieshang-vote/1"
CHUNK = 2000
TICKED = "choices__option__position"


class Depth(StrEnum):
    """How much a bundle shows: nothing of any ballot; every ballot without names; every ballot with names."""

    PUBLIC = "public"
    OWNERS = "owners"
    NAMED = "named"


def bundle(vote: Vote, depth: Depth) -> Iterator[bytes]:
    """The record of a vote as a zip, piece by piece, up to its last signed head."""
    return stream_zip(_files(vote, depth))


def _files(vote: Vote, depth: Depth) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Every file in its fixed order; the manifest comes last, with the hashes of all before it."""
    listed: list[dict[str, object]] = []
    for name, rows in _contents(vote, depth):
        yield name, _noted(name, rows, listed)
    yield (
        "manifest.json",
        [_line({"format": FORMAT, "depth": depth.value, "vote": vote.matter.number, "files": listed})],
    )


def _contents(vote: Vote, depth: Depth) -> Iterator[tuple[str, Iterable[dict[str, object]]]]:
    heads = list(TreeHead.objects.filter(vote=vote).order_by("size"))
    yield "rules.json", [opening_fields(vote)]
    yield "roll.jsonl", _roll(vote)
    yield "ledger.jsonl", _ledger(vote, heads[-1].size if heads else 0)
    yield "heads.jsonl", _heads(heads)
    yield "result.json", [_result(vote)]
    yield "key.json", [_key(vote)]
    if vote.kind == Kind.SECRET and vote.closed_at is not None:
        yield "envelopes.jsonl", _envelopes(vote)
    if depth != Depth.PUBLIC:
        yield "rights.jsonl", _rights(vote)
        yield "ballots.jsonl", _ballots(vote)
    if depth == Depth.NAMED:
        yield "names.jsonl", _names(vote)


def _line(row: dict[str, object]) -> bytes:
    return canonical(row).encode() + b"\n"


def _noted(name: str, rows: Iterable[dict[str, object]], listed: list[dict[str, object]]) -> Iterator[bytes]:
    """The lines of a file; when all are out, its hash and size are on the list."""
    hasher, size = hashlib.sha256(), 0
    for row in rows:
        line = _line(row)
        hasher.update(line)
        size += len(line)
        yield line
    listed.append({"name": name, "sha256": hasher.hexdigest(), "size": size})


def _roll(vote: Vote) -> Iterator[dict[str, object]]:
    rows = Right.objects.filter(vote=vote).order_by("number").values_list("number", "commitment")
    for number, commitment in rows.iterator(chunk_size=CHUNK):
        yield {"number": number, "commitment": commitment}


def _ledger(vote: Vote, size: int) -> Iterator[dict[str, object]]:
    links = LedgerLink.objects.filter(vote=vote, position__lte=size).order_by("position")
    columns = ("position", "entry__content", "before", "value", "leaf")
    for position, content, before, value, leaf in links.values_list(*columns).iterator(chunk_size=CHUNK):
        yield {"position": position, "content": content, "before": before, "value": value, "leaf": leaf}


def _heads(heads: list[TreeHead]) -> Iterator[dict[str, object]]:
    before = 0
    for head in heads:
        yield head_fields(head, before)
        before = head.size


def head_fields(head: TreeHead, before: int) -> dict[str, object]:
    """A signed head as it is shown to everybody; `before` is the size of the one before it."""
    return {
        "size": head.size,
        "root": head.root,
        "chain": head.chain,
        "at": instant(head.at),
        "before": before,
        "algorithm": head.algorithm,
        "key_code": head.key_code,
        "signature": head.signature,
    }


def _result(vote: Vote) -> dict[str, object]:
    counts = list(VoteCount.objects.filter(vote=vote).order_by("number"))
    return {
        "counts": [result_fields(count) for count in counts],
        "buildings": buildings_of(counts[-1]) if counts else [],
    }


def _key(vote: Vote) -> dict[str, object]:
    code = key_of(vote.pk)
    return {"algorithm": seal.SIGNATURE, "public_key": seal.public_key(code), "key_code": seal.key_code(code)}


def _envelopes(vote: Vote) -> Iterator[dict[str, object]]:
    """The envelopes of a closed secret vote in the order of their trackers, with what two trustees found in each."""
    rows = Envelope.objects.filter(vote=vote).select_related("opening")
    for row in rows.iterator(chunk_size=CHUNK):
        opening = getattr(row, "opening", None)
        found = {"key": opening.key, "places": opening.places or []} if opening else {"key": "", "places": []}
        yield {**row.sealed, **found}


def _rights(vote: Vote) -> Iterator[dict[str, object]]:
    """Every right's head and area with what opens its commitment; whose it is stays sealed.

    `served`: reached, and no ballot came at all, where silence counts with the majority.
    """
    served = _served_and_silent(vote)
    for row in rows_of_roll(vote):
        yield {
            "number": row.number,
            "head": row.head,
            "area": row.area_centi,
            "identity": identity_of(row),
            "salt": opening_salt(row.salt),
            "served": row.number in served,
        }


def _served_and_silent(vote: Vote) -> set[int | None]:
    if not Decision.objects.filter(vote=vote).exists() or not reckoning_of(vote).terms.counts_silence:
        return set()
    silent = Right.objects.filter(vote=vote, ballot=None, pk__in=proven_deliveries(vote).values("right_id"))
    return set(silent.values_list("number", flat=True))


def _names(vote: Vote) -> Iterator[dict[str, object]]:
    for row in rows_of_roll(vote):
        yield {
            "number": row.number,
            "owners": list(row.owners),
            "units": list(row.units),
            "salt": identity_salt(row.salt),
        }


def _ballots(vote: Vote) -> Iterator[dict[str, object]]:
    """Every ballot that stands, as the tables hold it, with what opens its commitment, in the order of the roll."""
    disputed = Dispute.objects.filter(ballot=OuterRef("pk"), upheld=True)
    rows = Ballot.objects.filter(vote=vote).annotate(is_disputed=Exists(disputed))
    rows = rows.order_by("right__number", "pk", "choices__rank", TICKED)
    columns = (
        "pk",
        "receipt",
        "right__number",
        "channel",
        "cast_at",
        "mark",
        "is_disputed",
        "choices__option__position",
    )
    versions = _versions(vote)
    for _pk, group in groupby(rows.values_list(*columns).iterator(chunk_size=CHUNK), key=lambda row: row[0]):
        ticks = list(group)
        _id, receipt, right, channel, cast_at, mark, is_disputed, _position = ticks[0]
        sealed_mark, nonce, commitment = versions.get(receipt, ("", "", ""))
        yield {
            "receipt": receipt,
            "right": right,
            "channel": channel,
            "at": instant(cast_at),
            "mark": sealed_mark,
            "counted": Mark.DISPUTED.value if is_disputed else mark,
            "choice": [row[7] for row in ticks if row[7] is not None],
            "nonce": nonce,
            "commitment": commitment,
        }


def _versions(vote: Vote) -> dict[str, tuple[str, str, str]]:
    rows = vote.versions.values_list("receipt", "mark", "nonce", "commitment")
    return {receipt: (mark, nonce, commitment) for receipt, mark, nonce, commitment in rows.iterator(chunk_size=CHUNK)}
