"""Reads of coordination threads."""

from .detail import ThreadPage, thread_page, visible_thread
from .facts import facts_about, sides_of
from .lists import GROUPS, threads_page
from .table import seat_of, table_of

__all__ = [
    "GROUPS",
    "ThreadPage",
    "facts_about",
    "seat_of",
    "sides_of",
    "table_of",
    "thread_page",
    "threads_page",
    "visible_thread",
]
