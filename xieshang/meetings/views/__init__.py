"""Doors of meetings."""

from .pages import detail, meetings

__all__ = ["detail", "meetings"]
