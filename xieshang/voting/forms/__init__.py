"""Shapes of what browsers send to the doors of votes."""

from .handing import (
    DeliveryForm,
    DisputeForm,
    DoorForm,
    ProxyForm,
    ReadingForm,
    SerialForm,
    SerialsForm,
    StandsForm,
    WhyForm,
)
from .noticecheck import EXAMPLES, NoticeForm, PasteForm, filled
from .polls import CastForm, NumberForm, PaperForm
from .records import ReasonForm
from .results import CountForm

__all__ = [
    "EXAMPLES",
    "CastForm",
    "CountForm",
    "DeliveryForm",
    "DisputeForm",
    "DoorForm",
    "NoticeForm",
    "NumberForm",
    "PaperForm",
    "PasteForm",
    "ProxyForm",
    "ReadingForm",
    "ReasonForm",
    "SerialForm",
    "SerialsForm",
    "StandsForm",
    "WhyForm",
    "filled",
]
