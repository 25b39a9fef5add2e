"""What is done about places, homes, bodies, offices and rules."""

from .setting_up import Fault, SetUpReport, set_up
from .workbook import read_workbook

__all__ = ["Fault", "SetUpReport", "read_workbook", "set_up"]
