"""Reads: notices as people see them, promises and how they stand, what residents say, what waits."""

from .facts import OutcomeFacts, outcome_facts
from .notices import (
    NoticePage,
    notice_page,
    notices_of,
    published_in,
    sheet_of,
    version_sheet,
)
from .objections import objection_desk
from .promises import ItemPage, item_page, items_of
from .ratings import RatingView, rates_of, rating_of, recently_done
from .waiting import queues, waiting_for

__all__ = [
    "ItemPage",
    "NoticePage",
    "OutcomeFacts",
    "RatingView",
    "item_page",
    "items_of",
    "notice_page",
    "notices_of",
    "objection_desk",
    "outcome_facts",
    "published_in",
    "queues",
    "rates_of",
    "rating_of",
    "recently_done",
    "sheet_of",
    "version_sheet",
    "waiting_for",
]
