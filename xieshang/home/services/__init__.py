"""Writes of this app: what time itself does, filing, handing over."""

from .filing import file_due, file_matter, give, receive, take_back
from .printing import Sheets, setting_of, sheets_of, try_again
from .ticking import WORK, tick

__all__ = [
    "WORK",
    "Sheets",
    "file_due",
    "file_matter",
    "give",
    "receive",
    "setting_of",
    "sheets_of",
    "take_back",
    "tick",
    "try_again",
]
