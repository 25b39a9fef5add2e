"""Writes of this app: what time itself does, filing, handing over."""

from .filing import file_due, file_matter, give, receive, take_back
from .ticking import WORK, tick

__all__ = ["WORK", "file_due", "file_matter", "give", "receive", "take_back", "tick"]
