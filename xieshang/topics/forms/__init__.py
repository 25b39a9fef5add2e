"""Shapes of what is typed in about topics. No rule of law."""

from .raising import EditForm, PhotoForm, TellForm
from .steps import StepForm, paragraphs

__all__ = ["EditForm", "PhotoForm", "StepForm", "TellForm", "paragraphs"]
