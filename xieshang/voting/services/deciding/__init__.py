"""The procedure of an owners' decision: one function per verb, and what time does."""

from .advice import consult, give_opinion, open_roll, take_back
from .calling import calling_of, calling_sheet, publish, withdraw
from .drafting import Draft, confirm_class, draft_decision, redraft
from .moving import locked, tell_committee, tell_owners
from .official import Typed, enter_result
from .results import announce, annul, correct, publish_count, recount, sign_count
from .signing import answer_signature, ask_abort, ask_extension
from .timing import closed, due

__all__ = [
    "Draft",
    "Typed",
    "announce",
    "annul",
    "answer_signature",
    "ask_abort",
    "ask_extension",
    "calling_of",
    "calling_sheet",
    "closed",
    "confirm_class",
    "consult",
    "correct",
    "draft_decision",
    "due",
    "enter_result",
    "give_opinion",
    "locked",
    "open_roll",
    "publish",
    "publish_count",
    "recount",
    "redraft",
    "sign_count",
    "take_back",
    "tell_committee",
    "tell_owners",
    "withdraw",
]
