"""What the pages of the frame show."""

from .frame import Frame, communities, frame_of, is_elder
from .front import found, front
from .guides import Guide, guide, guides
from .record import RecordFilter, entries_for, read
from .waiting import doors_of, queues_of, waiting_for

__all__ = [
    "Frame",
    "Guide",
    "RecordFilter",
    "communities",
    "doors_of",
    "entries_for",
    "found",
    "frame_of",
    "front",
    "guide",
    "guides",
    "is_elder",
    "queues_of",
    "read",
    "waiting_for",
]
