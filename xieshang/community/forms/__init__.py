"""Shapes of what people and officers fill in."""

from .people import AppointForm, ConfirmForm, EndOfficeForm, HelpForm, JoinForm, ReasonForm, RegisterForm, ShareForm
from .setting_up import WorkbookForm
from .template import template_workbook

__all__ = [
    "AppointForm",
    "ConfirmForm",
    "EndOfficeForm",
    "HelpForm",
    "JoinForm",
    "ReasonForm",
    "RegisterForm",
    "ShareForm",
    "WorkbookForm",
    "template_workbook",
]
