"""Many stories told at once, in the order of time, with time's own work done once a day between them."""

import heapq
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from xieshang.home.services import tick
from xieshang.lib.clock import today
from xieshang.lib.days import SHANGHAI
from xieshang.meetings.rules import DEFAULTS, MeetingKind, first_day_after, notice_days

from ..clock import loading_at

# A story yields the instant at which it wants to go on, and acts when it is asked to.
Told = Iterator[datetime]


def earliest(kind: MeetingKind, wanted: datetime) -> datetime:
    """When a meeting whose notice goes out now is held: as wanted, later where leave makes the notice longer."""
    day = max(wanted.date(), first_day_after(today(), notice_days(DEFAULTS, kind)))
    return datetime.combine(day, time(wanted.hour, wanted.minute), SHANGHAI)


def run(stories: list[Told], *, start: datetime, until: datetime) -> None:
    """Let every story go on at its instants up to the present; what falls due is done at the beginning of each day."""
    waiting: list[tuple[datetime, int, Told]] = []
    for number, story in enumerate(stories):
        _wait(waiting, number, story, start)
    day = start
    while waiting and waiting[0][0] <= until:
        at, number, story = heapq.heappop(waiting)
        day = _pass_days(day, at)
        with loading_at(at):
            _wait(waiting, number, story, at)
    _pass_days(day, until)


def _wait(waiting: list[tuple[datetime, int, Told]], number: int, story: Told, at: datetime) -> None:
    """Let a story go on until it names its next instant; time never runs backwards for it."""
    wanted = next(story, None)
    if wanted is not None:
        heapq.heappush(waiting, (max(wanted, at + timedelta(minutes=1)), number, story))


def _pass_days(day: datetime, at: datetime) -> datetime:
    """Do what falls due at midnight of every day up to the instant; gives the last midnight reached."""
    midnight = day.astimezone(SHANGHAI).replace(hour=0, minute=5, second=0, microsecond=0)
    while midnight + timedelta(days=1) <= at:
        midnight += timedelta(days=1)
        with loading_at(midnight):
            tick()
    return midnight
