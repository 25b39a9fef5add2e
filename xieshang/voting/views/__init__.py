"""Doors of votes."""

from .polls import cast, check, choose, receipt, receipt_file, receipt_qr, review, send_code, vote, votes
from .results import count, count_sheet, owners_result

__all__ = [
    "cast",
    "check",
    "choose",
    "count",
    "count_sheet",
    "owners_result",
    "receipt",
    "receipt_file",
    "receipt_qr",
    "review",
    "send_code",
    "vote",
    "votes",
]
