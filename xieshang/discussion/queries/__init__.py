"""Reads: the discussion as a reader sees it, one post, the moderation desk, files."""

from .desk import Case, Month, case_at, queues, rulings_by_month, waiting_for
from .page import ThreadPage, terms, thread_page
from .post import PostPage, own_post, post_page
from .reading import Counts, attachments, counts, counts_for, file_for, may_read, thread_of
from .shown import ShownPost
from .summary import PositionColumn, position_summary

__all__ = [
    "Case",
    "Counts",
    "Month",
    "PositionColumn",
    "PostPage",
    "ShownPost",
    "ThreadPage",
    "attachments",
    "case_at",
    "counts",
    "counts_for",
    "file_for",
    "may_read",
    "own_post",
    "position_summary",
    "post_page",
    "queues",
    "rulings_by_month",
    "terms",
    "thread_of",
    "thread_page",
    "waiting_for",
]
