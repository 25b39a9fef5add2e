"""Writes of meetings: planning, calling, holding, signing in, speaking."""

from .calling import adjourn, cancel, confirm, confirm_for, notify, postpone, renew_code
from .holding import close_meeting, open_meeting, take_up
from .party import record_party_meeting
from .planning import Item, Plan, Side, add_material, ask_people, call_meeting, revise, take_off
from .signing_in import (
    Named,
    accept_proxy,
    leave,
    mark_left,
    meeting_of_code,
    sign_in_by_code,
    sign_in_by_key,
    sign_in_listed,
    sign_in_named,
)
from .speaking import call_speaker, end_turn, lower_hand, raise_hand, raise_hand_for

__all__ = [
    "Item",
    "Named",
    "Plan",
    "Side",
    "accept_proxy",
    "add_material",
    "adjourn",
    "ask_people",
    "call_meeting",
    "call_speaker",
    "cancel",
    "close_meeting",
    "confirm",
    "confirm_for",
    "end_turn",
    "leave",
    "lower_hand",
    "mark_left",
    "meeting_of_code",
    "notify",
    "open_meeting",
    "postpone",
    "raise_hand",
    "raise_hand_for",
    "record_party_meeting",
    "renew_code",
    "revise",
    "sign_in_by_code",
    "sign_in_by_key",
    "sign_in_listed",
    "sign_in_named",
    "take_off",
    "take_up",
]
