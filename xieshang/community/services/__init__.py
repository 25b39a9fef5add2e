"""What is done about places, homes, bodies, offices and rules."""

from .bodies import found_body, store_body
from .deputies import end_deputy, name_deputy
from .helping import help_neighbour, stop_helping
from .homes import ask_for_home, confirm_home, end_homes_of, end_residence, refuse_in_office, return_home
from .kept import GONE, import_kept, kept, look_over, percent_of
from .offices import appoint, ask_to_leave, end_office
from .people import appoint_by_phone, let_in, let_share, mark_minor, register_resident, strike_resident
from .rulesets import confirm_rules, drop_rules, set_rules, write_rules
from .setting_up import Fault, SetUpReport, set_up
from .time import due
from .workbook import read_workbook

__all__ = [
    "GONE",
    "Fault",
    "SetUpReport",
    "appoint",
    "appoint_by_phone",
    "ask_for_home",
    "ask_to_leave",
    "confirm_home",
    "confirm_rules",
    "drop_rules",
    "due",
    "end_deputy",
    "end_homes_of",
    "end_office",
    "end_residence",
    "found_body",
    "help_neighbour",
    "import_kept",
    "kept",
    "let_in",
    "let_share",
    "look_over",
    "mark_minor",
    "name_deputy",
    "percent_of",
    "read_workbook",
    "refuse_in_office",
    "register_resident",
    "return_home",
    "set_rules",
    "set_up",
    "stop_helping",
    "store_body",
    "strike_resident",
    "write_rules",
]
