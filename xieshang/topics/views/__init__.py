"""Doors of the consultation topics."""

from .desk import do, from_thread, notice, publish, publish_now, return_draft, work
from .opinion import opinion
from .pages import detail, history, missing, topics
from .raising import check, edit, keep_draft, photo, raise_done, remove_photo, similar, tell
from .resident import resident_step, support

__all__ = [
    "check",
    "detail",
    "do",
    "edit",
    "from_thread",
    "history",
    "keep_draft",
    "missing",
    "notice",
    "opinion",
    "photo",
    "publish",
    "publish_now",
    "raise_done",
    "remove_photo",
    "resident_step",
    "return_draft",
    "similar",
    "support",
    "tell",
    "topics",
    "work",
]
