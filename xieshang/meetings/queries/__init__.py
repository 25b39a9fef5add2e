"""Reads of meetings."""

from .detail import MeetingPage, meeting_by_key, meeting_page, page_of, proxy_paper, sides_of, visible_meeting
from .facts import facts_of, presence_of
from .lists import Shown, meetings_page, open_now
from .live import may_listen
from .minutes import to_sign
from .motions import open_motions
from .seats import Seat, asked_as, seat_of
from .speaking import speaking_now, turns_of, waiting_hands
from .waiting import queues, waiting_for

__all__ = [
    "MeetingPage",
    "Seat",
    "Shown",
    "asked_as",
    "facts_of",
    "may_listen",
    "meeting_by_key",
    "meeting_page",
    "meetings_page",
    "open_motions",
    "open_now",
    "page_of",
    "presence_of",
    "proxy_paper",
    "queues",
    "seat_of",
    "sides_of",
    "speaking_now",
    "to_sign",
    "turns_of",
    "visible_meeting",
    "waiting_for",
    "waiting_hands",
]
