"""Writes about votes: prepare, open, cast, and what time does."""

from .casting import cast, require_paper
from .closing import due
from .codes import new_code, send_code
from .counting import count_vote
from .disputes import dispute, settle_dispute
from .ledger import enter_ballot, write_entry, write_opened, write_result
from .linking import link_ledger, settle_ledger, sign_head
from .opening import open_vote, prepare
from .records import look_at_names

__all__ = [
    "cast",
    "count_vote",
    "dispute",
    "due",
    "enter_ballot",
    "link_ledger",
    "look_at_names",
    "new_code",
    "open_vote",
    "prepare",
    "require_paper",
    "send_code",
    "settle_dispute",
    "settle_ledger",
    "sign_head",
    "write_entry",
    "write_opened",
    "write_result",
]
