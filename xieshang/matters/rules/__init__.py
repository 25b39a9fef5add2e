"""Who a matter is shown to, how matters hang together, how a number is written, what its file is made of."""

from .filing import PART_LABELS, Circle, Copy, Paper, Part, content_of, hash_of, in_order
from .ties import Audience, FollowReason, LinkKind, number

__all__ = [
    "PART_LABELS",
    "Audience",
    "Circle",
    "Copy",
    "FollowReason",
    "LinkKind",
    "Paper",
    "Part",
    "content_of",
    "hash_of",
    "in_order",
    "number",
]
