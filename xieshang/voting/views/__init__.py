"""Doors of votes."""

from .polls import cast, check, choose, receipt, receipt_file, receipt_qr, review, send_code, vote, votes

__all__ = [
    "cast",
    "check",
    "choose",
    "receipt",
    "receipt_file",
    "receipt_qr",
    "review",
    "send_code",
    "vote",
    "votes",
]
