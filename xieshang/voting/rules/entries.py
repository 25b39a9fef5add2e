"""What stands in the ledger of a vote, event by event, in one place; and the commitments it holds. Pure.

Whoever writes an entry takes its fields from here, so that a ballot from a phone, a paper and a door look alike to
every verifier. docs/vote-bundle.md says the same in words for people outside.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from .kinds import Channel
from .ledger import canonical, instant

Fields = dict[str, object]
Figures = Sequence[int]


def digest(fields: Mapping[str, object]) -> str:
    """Hash over the canonical text of fields."""
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


# Commitments. --------------------------------------------------------------------------------------------------------


def slot_of(salt: str) -> str:
    """The sign under which a right appears in the ledger, from its opening salt: one for each right, nobody's name."""
    return digest({"slot": salt})


def ballot_commitment(receipt: str, right: int | None, mark: str, choice: Sequence[int], nonce: str) -> str:
    """Binds the ledger to what is on a ballot: positions of the options ticked, by rank where the vote asks for one."""
    return digest({"choice": list(choice), "mark": mark, "nonce": nonce, "receipt": receipt, "right": right})


# Fields of entries; kind, time and number of the vote are added when they are written. --------------------------------


def opened(
    *,
    question: str,
    options: Sequence[tuple[str, str]],
    terms: Mapping[str, object],
    roll: Mapping[str, object],
    closes_at: datetime,
    key_code: str,
) -> Fields:
    """The first entry: what is asked and by which terms, of whom (size, area, check code of the roll), until when."""
    return {
        "question": question,
        "options": [[kind, text] for kind, text in options],
        "terms": dict(terms),
        "roll": dict(roll),
        "closes_at": instant(closes_at),
        "key": key_code,
    }


def ballot(
    *, receipt: str, channel: str, commitment: str, slot: str, head: int, before: str = "", paper: str = ""
) -> Fields:
    """A ballot: cast, replaced (`before`: the receipt it replaces) or read from a paper (`paper`: its serial).

    `head` is the size of the last signed head when it was written; the receipt shows that head for ever.
    """
    fields: Fields = {"receipt": receipt, "channel": Channel(channel).value, "commitment": commitment, "slot": slot}
    fields["head"] = head
    return fields | ({"before": before} if before else {}) | ({"paper": paper} if paper else {})


def paper(*, serial: str, slot: str) -> Fields:
    """A paper received: its serial and the right whose other ways it shuts. Unread."""
    return {"paper": serial, "slot": slot}


def keying(*, serial: str, round_: int) -> Fields:
    """A paper read once more; what was read stays out, the next one reads blind."""
    return {"paper": serial, "round": round_}


def proxy(*, slot: str) -> Fields:
    """A proxy granted or withdrawn."""
    return {"slot": slot}


def succession(*, slot: str, by: Sequence[int]) -> Fields:
    """A sale after the roll was frozen, by two people (ids of their accounts)."""
    return {"slot": slot, "by": list(by)}


def dispute(*, receipt: str, upheld: bool | None) -> Fields:
    """A ballot disputed (None), and what the tellers found: upheld, it takes no part."""
    return {"receipt": receipt, "upheld": upheld}


def voided(*, reason: str, by: Sequence[int], receipt: str = "", serial: str = "") -> Fields:
    """A ballot or a paper made void, or the whole vote (neither named), with the reason, by two people."""
    return {"reason": reason, "by": list(by), "receipt": receipt, "paper": serial}


def extended(*, closes_at: datetime, reason: str, by: Sequence[int]) -> Fields:
    """The one extension, by two people."""
    return {"closes_at": instant(closes_at), "reason": reason, "by": list(by)}


def closed(*, ballots: int) -> Fields:
    """The closing: how many ballots stood then."""
    return {"ballots": ballots}


def closed_box(*, code: str, envelopes: int, used: Sequence[str]) -> Fields:
    """The closing of a secret vote: check code and number of its envelopes, and the signs of all rights used.

    Both in an order that says nothing. Who did not vote can see that their sign is not among them.
    """
    return {"ballots": len(used), "envelopes": envelopes, "code": code, "used": sorted(used)}


def closed_in_room(*, used: Sequence[str]) -> Fields:
    """The closing of a secret motion in a meeting: the signs of all rights used, in an order that says nothing."""
    return {"ballots": len(used), "used": sorted(used)}


def result(
    *,
    number: int,
    reason: str,
    counted_at: datetime,
    whole: Figures,
    rows: Mapping[str, Figures],
    options: Sequence[Figures],
    decision: Mapping[str, object],
    buildings: str,
) -> Fields:
    """A count: heads and area in all, by row (part, invalid, deemed) and by option in its place; what came out.

    `buildings` is the hash of the table by building, empty where that would point at somebody.
    """
    return {
        "number": number,
        "reason": reason,
        "counted_at": instant(counted_at),
        "whole": list(whole),
        "rows": {row: list(figures) for row, figures in rows.items()},
        "options": [list(figures) for figures in options],
        "decision": dict(decision),
        "buildings": buildings,
    }


def afterwards(*, reason: str, basis: str = "", by: Sequence[int] = ()) -> Fields:
    """A correction, or that a court or the street annulled the decision; the old result still stands beside it."""
    return {"reason": reason, "basis": basis, "by": list(by)}


# What is signed. -----------------------------------------------------------------------------------------------------


def head_content(*, vote: str, size: int, root: str, chain: str, at: datetime, before: int) -> str:
    """The canonical text of a tree head: `before` is the size of the head before it, so that none can be left out."""
    return canonical({"at": instant(at), "before": before, "chain": chain, "root": root, "size": size, "vote": vote})


def receipt_content(*, vote: str, receipt: str, at: str, leaf: str, nonce: str, head: Mapping[str, object]) -> Fields:
    """The fields of a receipt that are signed; it does not show the choice."""
    return {"vote": vote, "receipt": receipt, "at": at, "leaf": leaf, "nonce": nonce, "head": dict(head)}
