"""Shapes of what is typed in about topics. No rule of law."""

from .base import StepForm
from .raising import EditForm, PhotoForm, TellForm

__all__ = ["EditForm", "PhotoForm", "StepForm", "TellForm"]
