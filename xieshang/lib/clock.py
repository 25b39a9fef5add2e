"""The one clock: the database's time, plus an offset that only the demo registers (forward only, zero elsewhere)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from .days import day_of
from .often import Plain

INSTANT = Plain("SELECT clock_timestamp()")

_offsets: list[Callable[[], timedelta]] = []


def register_offset(offset: Callable[[], timedelta]) -> None:
    """Let the demo move the clock forward; nobody else calls this."""
    _offsets.append(offset)


def _shift() -> timedelta:
    return sum((offset() for offset in _offsets), timedelta())


def now() -> datetime:
    """This instant by the database's clock; call it after the lock is taken, so that one order holds for all."""
    if connection.vendor != "postgresql":
        # SQLite has no server: its clock is this machine's.
        return shown_now()
    ((instant,),) = INSTANT()
    return instant + _shift()


def today() -> date:
    """The calendar day in Shanghai by the one clock."""
    return day_of(now())


def shown_now() -> datetime:
    """This instant by this process's clock: for showing times that are left, never for deciding."""
    return datetime.now(UTC) + _shift()


def shown_today() -> date:
    """The calendar day in Shanghai, for showing only."""
    return day_of(shown_now())
