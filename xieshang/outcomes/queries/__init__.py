"""Reads: notices as people see them, promises and how they stand, what residents say, what waits."""

from .notices import (
    NoticePage,
    community_for,
    notice_page,
    notices_of,
    published_in,
    sheet_of,
    version_of,
    version_sheet,
    visible_notice,
)
from .objections import objection_desk, objection_for
from .promises import ItemPage, item_page, item_row, items_of, visible_item
from .ratings import RatingView, has_rated, rates_of, rating_of, rating_until, ratings_filed, recently_done
from .waiting import count_late, due_under, late_under, queues, waiting_for

__all__ = [
    "ItemPage",
    "NoticePage",
    "RatingView",
    "community_for",
    "count_late",
    "due_under",
    "has_rated",
    "item_page",
    "item_row",
    "items_of",
    "late_under",
    "notice_page",
    "notices_of",
    "objection_desk",
    "objection_for",
    "published_in",
    "queues",
    "rates_of",
    "rating_of",
    "rating_until",
    "ratings_filed",
    "recently_done",
    "sheet_of",
    "version_of",
    "version_sheet",
    "visible_item",
    "visible_notice",
    "waiting_for",
]
