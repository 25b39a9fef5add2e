"""Doors of coordination threads."""

from .acts import ask, ask_move, commitment, entry, guest, judge, letter, readings
from .desk import do, guest_link, raise_thread, work
from .pages import board, history, record, reply, thread, threads

__all__ = [
    "ask",
    "ask_move",
    "board",
    "commitment",
    "do",
    "entry",
    "guest",
    "guest_link",
    "history",
    "judge",
    "letter",
    "raise_thread",
    "readings",
    "record",
    "reply",
    "thread",
    "threads",
    "work",
]
