"""Writes about rolls: publish, object, answer, change by two, freeze; and who casts after a sale."""

from .changing import answer_roll_change, ask_roll_change
from .excluding import answer_exclusion, ask_exclusion, ask_lift
from .freezing import freeze_roll
from .publishing import answer_roll_objection, object_to_roll, publish_roll
from .succession import confirm_succession, write_succession

__all__ = [
    "answer_exclusion",
    "answer_roll_change",
    "answer_roll_objection",
    "ask_exclusion",
    "ask_lift",
    "ask_roll_change",
    "confirm_succession",
    "freeze_roll",
    "object_to_roll",
    "publish_roll",
    "write_succession",
]
