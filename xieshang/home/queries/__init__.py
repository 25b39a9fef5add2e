"""What the pages of the frame, the desk and the archive show."""

from ..rules import FILE_DAYS
from .archives import archives_page, hand_over_at, hand_overs_of, to_file
from .day import Below, Day, Desk, Load, below, days_of, desk_of
from .filing import file_page, file_to_take, whole_file
from .frame import Frame, communities, frame_of, is_elder
from .front import found, front
from .guides import Guide, guide, guides
from .package import package
from .record import RecordFilter, entries_for, read
from .ticking import SILENT, TICKED, since_tick
from .waiting import doors_of, queues_of, waiting_for
from .week import Week, week_of

__all__ = [
    "FILE_DAYS",
    "SILENT",
    "TICKED",
    "Below",
    "Day",
    "Desk",
    "Frame",
    "Guide",
    "Load",
    "RecordFilter",
    "Week",
    "archives_page",
    "below",
    "communities",
    "days_of",
    "desk_of",
    "doors_of",
    "entries_for",
    "file_page",
    "file_to_take",
    "found",
    "frame_of",
    "front",
    "guide",
    "guides",
    "hand_over_at",
    "hand_overs_of",
    "is_elder",
    "package",
    "queues_of",
    "read",
    "since_tick",
    "to_file",
    "waiting_for",
    "week_of",
    "whole_file",
]
