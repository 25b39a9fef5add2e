"""What a frozen roll commits to: one salted commitment a row, and one text over all of them that is hashed. Pure.

Of each row's secret salt two others are made. The opening salt goes to owners on the same roll, who can then check the
row's head and area; the identity salt goes to nobody but the row's own owners and a court, so that nobody can try out
which home a row stands for.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .ledger import canonical

FORMAT = "xieshang-roll/1"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a roll as it is committed to: its number, its weight, and whose it is by which units."""

    number: int
    head: int
    area_centi: int
    owners: tuple[str, ...]
    units: tuple[str, ...]
    salt: str


def opening_salt(salt: str) -> str:
    """The salt that opens head and area of a row."""
    return hashlib.sha256(b"opening\n" + salt.encode()).hexdigest()


def identity_salt(salt: str) -> str:
    """The salt that opens whose a row is."""
    return hashlib.sha256(b"identity\n" + salt.encode()).hexdigest()


def identity_of(row: Row) -> str:
    """Commitment to owners and units of a row, under a salt that is not made public with the row's weight."""
    content = canonical({"owners": list(row.owners), "salt": identity_salt(row.salt), "units": list(row.units)})
    return hashlib.sha256(content.encode()).hexdigest()


def commitment_of(number: int, head: int, area_centi: int, identity: str, opening: str) -> str:
    """Commitment of a row from what owners on the same roll are given: weight, commitment to whose it is, salt."""
    fields = {"area": area_centi, "head": head, "identity": identity, "number": number, "salt": opening}
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


def commit(row: Row) -> str:
    """Commitment of a row from all that is in it."""
    return commitment_of(row.number, row.head, row.area_centi, identity_of(row), opening_salt(row.salt))


def roll_text(vote: str, heads: int, area_centi: int, commitments: Iterable[tuple[int, str]]) -> str:
    """The one text whose hash is the roll's check code: whose roll, the totals, every row's commitment in order."""
    rows = [{"commitment": value, "number": number} for number, value in sorted(commitments)]
    fields = {"area_centi": area_centi, "format": FORMAT, "heads": heads, "rows": rows, "vote": vote}
    return canonical(fields)


def key_of(owners: Sequence[int]) -> str:
    """Under what a set of owners is found on a roll, whatever their order; of no owners, the developer's."""
    content = ",".join(str(owner) for owner in sorted(owners)) or "developer"
    return hashlib.sha256(content.encode()).hexdigest()
