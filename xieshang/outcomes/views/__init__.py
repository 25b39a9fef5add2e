"""Pages of notices, objections, promises and ratings."""

from .notices import boards, correct, notice, notices, pdf, print_page, qr, short, version
from .objections import answer_appeal, appeal, object_to, objections
from .promises import item, move_due, report, verify
from .ratings import rate, ratings

__all__ = [
    "answer_appeal",
    "appeal",
    "boards",
    "correct",
    "item",
    "move_due",
    "notice",
    "notices",
    "object_to",
    "objections",
    "pdf",
    "print_page",
    "qr",
    "rate",
    "ratings",
    "report",
    "short",
    "verify",
    "version",
]
