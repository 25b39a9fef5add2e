"""Doors of meetings."""

from .attending import by_key, leave, lower_hand, raise_hand, sign_in
from .coming import answer, calendar, notice
from .desk import do, qr, screen, work
from .keeping import (
    call_speaker,
    end_turn,
    hand_for,
    mark_left,
    proxy,
    proxy_paper,
    renew_code,
    sign_listed,
    sign_named,
    take_up,
)
from .pages import detail, meetings
from .planning import add_material, ask_people, begin, party_meeting, plan, revise, take_off

__all__ = [
    "add_material",
    "answer",
    "ask_people",
    "begin",
    "by_key",
    "calendar",
    "call_speaker",
    "detail",
    "do",
    "end_turn",
    "hand_for",
    "leave",
    "lower_hand",
    "mark_left",
    "meetings",
    "notice",
    "party_meeting",
    "plan",
    "proxy",
    "proxy_paper",
    "qr",
    "raise_hand",
    "renew_code",
    "revise",
    "screen",
    "sign_in",
    "sign_listed",
    "sign_named",
    "take_off",
    "take_up",
    "work",
]
