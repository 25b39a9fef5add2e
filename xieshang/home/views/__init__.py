"""Doors of the frame, the desk, the messages, the record and the help."""

from .desk import desk, messages, mine, open_message, read_all
from .frame import choose_office, choose_place, csrf_failed, elder
from .pages import guide, guides, healthz, phone, search
from .record import record, record_csv

__all__ = [
    "choose_office",
    "choose_place",
    "csrf_failed",
    "desk",
    "elder",
    "guide",
    "guides",
    "healthz",
    "messages",
    "mine",
    "open_message",
    "phone",
    "read_all",
    "record",
    "record_csv",
    "search",
]
