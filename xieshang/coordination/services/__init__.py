"""Writes of coordination, one module a noun; what time does is put together here."""

from datetime import datetime

from . import bodies, fourtwo, guidance, study, threads


def due(now: datetime) -> int:
    """Do what has fallen due; gives the number of things done."""
    return bodies.due(now) + guidance.due(now) + study.due(now) + threads.due(now) + fourtwo.due(now)
