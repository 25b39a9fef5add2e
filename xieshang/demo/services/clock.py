"""The demo's clock: forward only, kept in the database, one process."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from asgiref.sync import sync_to_async
from django.db import OperationalError, transaction

from xieshang.home.services import tick
from xieshang.lib.clock import now

from ..models import ClockShift
from ..queries.clock import next_deadline

log = logging.getLogger(__name__)
EVERY_SECONDS = 20
_known: dict[str, timedelta] = {}
_while_loading: list[timedelta] = []

Scope = dict[str, Any]
Application = Callable[[Scope, Callable[..., Any], Callable[..., Any]], Awaitable[None]]


def shift() -> timedelta:
    """By how much the clock runs ahead; read once, because the demo is one process."""
    if _while_loading:
        return _while_loading[-1]
    if "shift" not in _known:
        row = ClockShift.objects.first()
        _known["shift"] = timedelta(seconds=row.seconds if row else 0)
    return _known["shift"]


def forget() -> None:
    """Read the shift anew at the next question."""
    _known.clear()


@contextlib.contextmanager
def loading_at(instant: datetime) -> Iterator[None]:
    """While the demo is loaded, let the clock stand at an instant of the past; seconds go on from there."""
    from_now = instant - now() + shift()
    _while_loading.append(from_now)
    try:
        yield
    finally:
        _while_loading.pop()


def move_a_day() -> datetime:
    """Move the clock forward by one day and do what has fallen due."""
    return _move(timedelta(days=1))


def move_to_next_deadline() -> datetime | None:
    """Move the clock to just after the next deadline and do what has fallen due; None when nothing runs."""
    deadline = next_deadline()
    return _move(max(deadline - now(), timedelta()) + timedelta(minutes=1)) if deadline else None


def _move(by: timedelta) -> datetime:
    with transaction.atomic():
        row = ClockShift.objects.select_for_update().first() or ClockShift()
        row.seconds += int(by.total_seconds())
        row.save()
    forget()
    tick()
    return now()


def with_ticking(application: Application) -> Application:
    """The application, with time's own work done every few seconds in the loop that serves it."""
    started: list[asyncio.Task[None]] = []

    async def serve(scope: Scope, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        if not started:
            started.append(asyncio.get_running_loop().create_task(_tick_on()))
        await application(scope, receive, send)

    return serve


async def _tick_on() -> None:
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            await sync_to_async(tick)()
        except OperationalError:
            log.exception("the demo's database was busy; trying again")
