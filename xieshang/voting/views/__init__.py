"""Doors of votes."""

from .noticecheck import check_notice
from .polls import cast, check, choose, receipt, receipt_file, receipt_qr, review, send_code, vote, votes
from .records import bundle, named_bundle, record
from .results import count, count_sheet, owners_result

__all__ = [
    "bundle",
    "cast",
    "check",
    "check_notice",
    "choose",
    "count",
    "count_sheet",
    "named_bundle",
    "owners_result",
    "receipt",
    "receipt_file",
    "receipt_qr",
    "record",
    "review",
    "send_code",
    "vote",
    "votes",
]
