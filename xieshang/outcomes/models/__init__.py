"""Tables of what was decided and what came of it."""

from .notices import KIND_LABELS, Notice, NoticeSeries, NoticeVersion, Posting
from .objections import Objection
from .promises import ITEM_LABELS, ActionItem, DueMove, Progress
from .ratings import Rating, RatingVersion, RatingWindow

__all__ = [
    "ITEM_LABELS",
    "KIND_LABELS",
    "ActionItem",
    "DueMove",
    "Notice",
    "NoticeSeries",
    "NoticeVersion",
    "Objection",
    "Posting",
    "Progress",
    "Rating",
    "RatingVersion",
    "RatingWindow",
]
