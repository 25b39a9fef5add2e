"""Writes about votes: prepare, open, cast, and what time does."""

from .assisting import cast_at_door
from .casting import cast, require_paper
from .closing import due
from .codes import has_code, new_code, send_code
from .counting import count_vote
from .deliveries import Visit, acknowledge, record_delivery
from .disputes import dispute, settle_dispute
from .ending import answer_end, end_secret
from .keying import key_paper, settle_conflict
from .ledger import enter_ballot, write_entry, write_opened, write_result
from .linking import link_ledger, settle_ledger, sign_head
from .opening import open_vote, prepare
from .papers import issue_papers, receive_paper, reissue_paper
from .proxies import accept_proxy, offer_proxy, refuse_proxy, withdraw_proxy
from .records import look_at_names
from .register import answer_same_name, claim_owner, decide_claim, import_register, letter_code, read_estate_file
from .rolls import (
    answer_exclusion,
    answer_roll_change,
    answer_roll_objection,
    ask_exclusion,
    ask_lift,
    ask_roll_change,
    confirm_succession,
    freeze_roll,
    object_to_roll,
    publish_roll,
    write_succession,
)
from .rooms import Counted, Motion, cast_in_room, close_room, hand_out_slip, put_to_room, recount_room
from .secret import cast_sealed, hand_out_paper, prepare_secret, register_key, replace_trustee, submit_openings
from .tallying import tally_paper

__all__ = [
    "Counted",
    "Motion",
    "Visit",
    "accept_proxy",
    "acknowledge",
    "answer_end",
    "answer_exclusion",
    "answer_roll_change",
    "answer_roll_objection",
    "answer_same_name",
    "ask_exclusion",
    "ask_lift",
    "ask_roll_change",
    "cast",
    "cast_at_door",
    "cast_in_room",
    "cast_sealed",
    "claim_owner",
    "close_room",
    "confirm_succession",
    "count_vote",
    "decide_claim",
    "dispute",
    "due",
    "end_secret",
    "enter_ballot",
    "freeze_roll",
    "hand_out_paper",
    "hand_out_slip",
    "has_code",
    "import_register",
    "issue_papers",
    "key_paper",
    "letter_code",
    "link_ledger",
    "look_at_names",
    "new_code",
    "object_to_roll",
    "offer_proxy",
    "open_vote",
    "prepare",
    "prepare_secret",
    "publish_roll",
    "put_to_room",
    "read_estate_file",
    "receive_paper",
    "record_delivery",
    "recount_room",
    "refuse_proxy",
    "register_key",
    "reissue_paper",
    "replace_trustee",
    "require_paper",
    "send_code",
    "settle_conflict",
    "settle_dispute",
    "settle_ledger",
    "sign_head",
    "submit_openings",
    "tally_paper",
    "withdraw_proxy",
    "write_entry",
    "write_opened",
    "write_result",
    "write_succession",
]
