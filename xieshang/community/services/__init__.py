"""What is done about places, homes, bodies, offices and rules."""

from .bodies import found_body
from .offices import appoint, end_office
from .rulesets import set_rules
from .setting_up import Fault, SetUpReport, set_up
from .workbook import read_workbook

__all__ = ["Fault", "SetUpReport", "appoint", "end_office", "found_body", "read_workbook", "set_rules", "set_up"]
