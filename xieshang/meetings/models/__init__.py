"""Tables of meetings."""

from ..rules import KIND_LABELS
from .meetings import AgendaItem, Material, Meeting, MeetingStep, PartyResult
from .minutes import Minutes, MinutesAddendum, MinutesSignature
from .motions import Motion
from .people import Attendance, Hand, Invitation, MeetingProxy, MeetingSide
from .requests import MeetingRequest, RequestSignature
from .words import BASE_LABELS, STATE_LABELS, STATE_LOOKS, UNIT_WORDS, VERB_LABELS, WAY_LABELS

__all__ = [
    "BASE_LABELS",
    "KIND_LABELS",
    "STATE_LABELS",
    "STATE_LOOKS",
    "UNIT_WORDS",
    "VERB_LABELS",
    "WAY_LABELS",
    "AgendaItem",
    "Attendance",
    "Hand",
    "Invitation",
    "Material",
    "Meeting",
    "MeetingProxy",
    "MeetingRequest",
    "MeetingSide",
    "MeetingStep",
    "Minutes",
    "MinutesAddendum",
    "MinutesSignature",
    "Motion",
    "PartyResult",
    "RequestSignature",
]
