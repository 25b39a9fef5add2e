"""Doors for homes, people, offices and setting up."""

from .helping import start_helping, stop_helping
from .homes import ask, confirm, end_home, give_back, join, residences
from .offices import appoint, ask_to_leave, bodies, body, end_office
from .people import let_in, let_share, mark_minor, people, person, register, strike
from .rulebooks import answer_rules, place_rules, rule_books, rules_places
from .setting_up import set_up, set_up_progress, set_up_report, set_up_template

__all__ = [
    "answer_rules",
    "appoint",
    "ask",
    "ask_to_leave",
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
    "place_rules",
    "register",
    "residences",
    "rule_books",
    "rules_places",
    "set_up",
    "set_up_progress",
    "set_up_report",
    "set_up_template",
    "start_helping",
    "stop_helping",
    "strike",
]
