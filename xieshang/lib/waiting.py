"""What waits for somebody: the same few plain values from every app, for the home page and the work desk."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from .clock import shown_today
from .paging import Page
from .workdays import workdays_between


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: what, one line about it, where to go, the verb on the button, by which day."""

    title: str
    line: str
    url: str
    action: str
    due: datetime.date | None = None

    @property
    def days_left(self) -> int | None:
        """Working days left until it is due, negative when overdue; None when nothing runs."""
        return None if self.due is None else workdays_between(shown_today(), self.due)


@dataclass(frozen=True, slots=True)
class Filter:
    """Some of a queue: its name in the address and in words, and a function that gives one page of them."""

    key: str
    label: str
    rows: Callable[[str], Page[Waiting]]


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of the work desk: how many wait, and a function that gives one page of them for a paging key."""

    key: str
    label: str
    count: int
    rows: Callable[[str], Page[Waiting]]
    filters: tuple[Filter, ...] = ()
