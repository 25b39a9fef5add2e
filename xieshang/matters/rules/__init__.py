"""Who a matter is shown to, how matters hang together and how alike they are, its number, what its file is made of."""

from .filing import PART_LABELS, Circle, Copy, Paper, Part, content_of, hash_of, in_order
from .likeness import ALIKE, MOST_STORY, VERY_ALIKE, Told, likeness, telling, weights
from .ties import Audience, FollowReason, LinkKind, number

__all__ = [
    "ALIKE",
    "MOST_STORY",
    "PART_LABELS",
    "VERY_ALIKE",
    "Audience",
    "Circle",
    "Copy",
    "FollowReason",
    "LinkKind",
    "Paper",
    "Part",
    "Told",
    "content_of",
    "hash_of",
    "in_order",
    "likeness",
    "number",
    "telling",
    "weights",
]
