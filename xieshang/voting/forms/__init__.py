"""Shapes of what browsers send to the doors of votes."""

from .polls import CastForm, NumberForm, PaperForm

__all__ = ["CastForm", "NumberForm", "PaperForm"]
