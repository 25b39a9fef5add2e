"""Doors of coordination threads."""

from .pages import thread, threads

__all__ = ["thread", "threads"]
