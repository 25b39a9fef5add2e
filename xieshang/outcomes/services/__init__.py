"""Writes: notices, objections, promises, ratings. One function per verb."""

from .doing import require
from .notices import correct, draft, publish, record_posting, redraft, return_draft, withdraw
from .objections import answer_appeal, answer_objections, appeal_objection, object_to
from .promises import (
    drop_item,
    due,
    move_due,
    reopen_item,
    report_done,
    report_progress,
    set_item,
    verify_item,
)
from .ratings import open_rating, rate

__all__ = [
    "answer_appeal",
    "answer_objections",
    "appeal_objection",
    "correct",
    "draft",
    "drop_item",
    "due",
    "move_due",
    "object_to",
    "open_rating",
    "publish",
    "rate",
    "record_posting",
    "redraft",
    "reopen_item",
    "report_done",
    "report_progress",
    "require",
    "return_draft",
    "set_item",
    "verify_item",
    "withdraw",
]
