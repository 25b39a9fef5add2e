"""Shapes of what browsers send to the doors of votes."""

from .noticecheck import EXAMPLES, NoticeForm, PasteForm, filled
from .polls import CastForm, NumberForm, PaperForm
from .records import ReasonForm
from .results import CountForm

__all__ = [
    "EXAMPLES",
    "CastForm",
    "CountForm",
    "NoticeForm",
    "NumberForm",
    "PaperForm",
    "PasteForm",
    "ReasonForm",
    "filled",
]
