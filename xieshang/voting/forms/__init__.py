"""Shapes of what browsers send to the doors of votes."""

from .polls import CastForm, NumberForm, PaperForm
from .records import ReasonForm
from .results import CountForm

__all__ = ["CastForm", "CountForm", "NumberForm", "PaperForm", "ReasonForm"]
