"""Writes of this app: what time itself does, filing, handing over, what a form is sent for once."""

from .filing import file_due, file_matter, give, receive, take_back
from .once import answer_once, forget_sent
from .printing import Sheets, setting_of, sheets_of, try_again
from .ticking import WORK, tick

__all__ = [
    "WORK",
    "Sheets",
    "answer_once",
    "file_due",
    "file_matter",
    "forget_sent",
    "give",
    "receive",
    "setting_of",
    "sheets_of",
    "take_back",
    "tick",
    "try_again",
]
