"""Tables of what people say, of the files that hang on a matter, and of moderation."""

from .files import Attachment
from .posts import POSITION_ICONS, POSITION_LABELS, STATE_LABELS, Post, PostVersion, Thanks, Thread
from .review import RULING_LABELS, VERB_LABELS, Appeal, Report, Ruling

__all__ = [
    "POSITION_ICONS",
    "POSITION_LABELS",
    "RULING_LABELS",
    "STATE_LABELS",
    "VERB_LABELS",
    "Appeal",
    "Attachment",
    "Post",
    "PostVersion",
    "Report",
    "Ruling",
    "Thanks",
    "Thread",
]
