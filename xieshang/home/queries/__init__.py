"""What the pages of the frame show."""

from .frame import Frame, communities, frame_of, is_elder
from .front import found, front
from .guides import Guide, guide, guides
from .record import RecordFilter, entries_for, label_of
from .waiting import queues_of, waiting_for

__all__ = [
    "Frame",
    "Guide",
    "RecordFilter",
    "communities",
    "entries_for",
    "found",
    "frame_of",
    "front",
    "guide",
    "guides",
    "is_elder",
    "label_of",
    "queues_of",
    "waiting_for",
]
