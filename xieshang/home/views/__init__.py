"""Doors of the frame, the desk, the messages, the record and the help."""

from .archives import (
    answer_hand_over,
    archives,
    check_file,
    file,
    file_now,
    file_pdf,
    file_setting,
    hand_over,
    hand_overs,
    package,
    to_file,
)
from .deputies import deputy, end_deputy
from .desk import desk, mine, queue
from .frame import choose_office, choose_place, csrf_failed, elder
from .messages import message_wish, messages, open_message, read_all
from .pages import guide, guides, healthz, healthz_time, phone, search
from .record import record, record_csv
from .week import below, week

__all__ = [
    "answer_hand_over",
    "archives",
    "below",
    "check_file",
    "choose_office",
    "choose_place",
    "csrf_failed",
    "deputy",
    "desk",
    "elder",
    "end_deputy",
    "file",
    "file_now",
    "file_pdf",
    "file_setting",
    "guide",
    "guides",
    "hand_over",
    "hand_overs",
    "healthz",
    "healthz_time",
    "message_wish",
    "messages",
    "mine",
    "open_message",
    "package",
    "phone",
    "queue",
    "read_all",
    "record",
    "record_csv",
    "search",
    "to_file",
    "week",
]
