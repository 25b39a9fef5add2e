"""Reads of coordination threads."""

from .boards import SHOWN, board_page, companies_of, company_record, overdue_words
from .detail import ThreadPage, printed_page, step_of, thread_page
from .facts import facts_about, sides_of
from .history import history_of
from .lists import GROUPS, for_owners, threads_page
from .measured import homes_in, readings_page, summary_of
from .promised import asks_of, commitment_page
from .table import (
    open_move,
    public_words,
    said_in,
    seat_of,
    still_visible,
    table_of,
    visible_ask,
    visible_entry,
    visible_thread,
)
from .work import ACT_LABELS, Panel, Work, work_on

__all__ = [
    "ACT_LABELS",
    "GROUPS",
    "SHOWN",
    "Panel",
    "ThreadPage",
    "Work",
    "asks_of",
    "board_page",
    "commitment_page",
    "companies_of",
    "company_record",
    "facts_about",
    "for_owners",
    "history_of",
    "homes_in",
    "open_move",
    "overdue_words",
    "printed_page",
    "public_words",
    "readings_page",
    "said_in",
    "seat_of",
    "sides_of",
    "step_of",
    "still_visible",
    "summary_of",
    "table_of",
    "thread_page",
    "threads_page",
    "visible_ask",
    "visible_entry",
    "visible_thread",
    "work_on",
]
