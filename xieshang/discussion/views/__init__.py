"""Doors of the discussion."""

from .desk import review, rule, rulings
from .files import file
from .posts import appeal, edit, post, reply, report, thank, withdraw
from .threads import say, thread

__all__ = [
    "appeal",
    "edit",
    "file",
    "post",
    "reply",
    "report",
    "review",
    "rule",
    "rulings",
    "say",
    "thank",
    "thread",
    "withdraw",
]
