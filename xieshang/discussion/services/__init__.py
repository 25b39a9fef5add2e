"""Verbs of the discussion: opening it, speaking, moderating, and files that hang on a matter."""

from .files import attach_closed, attach_document, attach_photo, drop, reveal
from .moderation import appeal, approve, decide_appeal, due, hide, report
from .posts import edit, say, thank, unthank, withdraw
from .threads import close_writing, open_thread, open_writing, set_circle

__all__ = [
    "appeal",
    "approve",
    "attach_closed",
    "attach_document",
    "attach_photo",
    "close_writing",
    "decide_appeal",
    "drop",
    "due",
    "edit",
    "hide",
    "open_thread",
    "open_writing",
    "report",
    "reveal",
    "say",
    "set_circle",
    "thank",
    "unthank",
    "withdraw",
]
