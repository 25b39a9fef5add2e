"""Doors for homes, people, offices and setting up."""

from .helping import start_helping, stop_helping
from .homes import ask, confirm, end_home, give_back, join, residences
from .offices import appoint, bodies, body, end_office
from .people import let_in, let_share, mark_minor, people, person, register, strike
from .setting_up import set_up, set_up_progress, set_up_report, set_up_template

__all__ = [
    "appoint",
    "ask",
    "bodies",
    "body",
    "confirm",
    "end_home",
    "end_office",
    "give_back",
    "join",
    "let_in",
    "let_share",
    "mark_minor",
    "people",
    "person",
    "register",
    "residences",
    "set_up",
    "set_up_progress",
    "set_up_report",
    "set_up_template",
    "start_helping",
    "stop_helping",
    "strike",
]
