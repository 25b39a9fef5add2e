"""Writes of coordination, one module a noun; what time does is put together here."""

from datetime import datetime

from . import bodies, guidance, study


def due(now: datetime) -> int:
    """Do what has fallen due; gives the number of things done."""
    return guidance.due(now) + bodies.due(now) + study.due(now)
