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
from .register import answer_same_name, claim_owner, decide_claim, import_register, read_estate_file
from .rolls import (
    answer_roll_change,
    answer_roll_objection,
    ask_roll_change,
    confirm_succession,
    freeze_roll,
    object_to_roll,
    publish_roll,
    write_succession,
)

__all__ = [
    "answer_roll_change",
    "answer_roll_objection",
    "answer_same_name",
    "ask_roll_change",
    "cast",
    "claim_owner",
    "confirm_succession",
    "count_vote",
    "decide_claim",
    "dispute",
    "due",
    "enter_ballot",
    "freeze_roll",
    "import_register",
    "link_ledger",
    "look_at_names",
    "new_code",
    "object_to_roll",
    "open_vote",
    "prepare",
    "publish_roll",
    "read_estate_file",
    "require_paper",
    "send_code",
    "settle_dispute",
    "settle_ledger",
    "sign_head",
    "write_entry",
    "write_opened",
    "write_result",
    "write_succession",
]
