"""Writing a ballot: the row that stands for its right, its ticks, its version, its entry in the ledger."""

import secrets
from collections.abc import Collection
from datetime import datetime

from ..models import Ballot, BallotChoice, BallotVersion
from ..rules import EntryKind, Kind
from .ledger import enter_ballot

# Without what is easily misread aloud: no I, O, 0, 1.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS = 3


def write_ballot(
    ballot: Ballot, chosen: Collection[int], *, key: str, at: datetime, hands_id: int, paper: str = ""
) -> BallotVersion:
    """The ballot as it stands from now on, and its entry in the ledger; channel and mark are set on it beforehand.

    `paper` is the serial of the paper it was read from.
    """
    is_new, before = ballot.pk is None, ballot.receipt
    ballot.cast_at, ballot.receipt = at, new_receipt()
    if not is_new:
        ballot.save()
        ballot.choices.all().delete()
    # In an order of priorities the order of the ticks is what is said.
    ordered = list(chosen) if ballot.vote.kind == Kind.PRIORITIES else sorted(set(chosen))
    ticks = [BallotChoice(ballot=ballot, option_id=option, rank=rank) for rank, option in enumerate(ordered, start=1)]
    kind = EntryKind.CAST if is_new else EntryKind.REPLACED
    kind = EntryKind.CONFIRMED if paper else kind
    places = {option.pk: option.position for option in ballot.vote.lines}
    choice = [places[option] for option in ordered]
    new = [ballot, *ticks] if is_new else ticks
    return enter_ballot(ballot, new, kind=kind, choice=choice, key=key, hands_id=hands_id, before=before, paper=paper)


def new_receipt() -> str:
    """A receipt number that can be read out and not be guessed: K7QM-2F9X-PRTW. It says nothing of the choice."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(GROUPS))
