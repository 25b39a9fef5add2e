"""What waits for somebody: the same few plain values from every app, for the home page and the work desk."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from .clock import shown_today
from .paging import SIZE, Page, number_in
from .workdays import told_in_workdays, workdays_between

# Days within which a thing counts as due soon.
SOON = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: what, one line about it, where to go, the verb on the button, by which day."""

    title: str
    line: str
    url: str
    action: str
    due: datetime.date | None = None

    @property
    def working(self) -> bool:
        """Whether it is told in working days: not where only days of leave lie between today and its day."""
        return told_in_workdays(shown_today(), self.due)

    @property
    def days_left(self) -> int | None:
        """Days left until it is due, negative when overdue; None when nothing runs."""
        if self.due is None:
            return None
        return workdays_between(shown_today(), self.due) if self.working else (self.due - shown_today()).days


@dataclass(frozen=True, slots=True)
class Dated(Waiting):
    """Something that is held on a day, or was promised for one, worked or not: told in plain days."""

    @property
    def working(self) -> bool:
        """Never."""
        return False


# Gives one page of a queue for a paging key.
Rows = Callable[[str], Page[Waiting]]


def _nothing(key: str) -> Page[Waiting]:
    return Page([], "", True)


@dataclass(frozen=True, slots=True)
class Filter:
    """Some of a queue: its name in the address and in words, and a function that gives one page of them."""

    key: str
    label: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of the work desk: how many wait, and a function that gives one page of them for a paging key."""

    key: str
    label: str
    count: int
    rows: Rows = _nothing
    filters: tuple[Filter, ...] = ()
    # One line that stands for all of them, where they are told together on the desk by days.
    gathered: Waiting | None = None
    # The page that shows them, where that is not the desk's own list.
    url: str = ""
    # In which order they stand, where that is not by their day or by how long they have waited.
    order: str = ""


def parts_by_day(rows_where: Callable[[Q], Rows], field: str = "due") -> tuple[Filter, ...]:
    """The parts of a queue whose rows have a last day: what is overdue, and what is due soon."""
    today = shown_today()
    soon = {f"{field}__gte": today, f"{field}__lte": today + datetime.timedelta(days=SOON)}
    return (
        Filter("over", _("已超期"), rows_where(Q(**{f"{field}__lt": today}))),
        Filter("soon", _("%d天内到期") % SOON, rows_where(Q(**soon))),
    )


def parts_by_age(rows_where: Callable[[Q], Rows], field: str, present: datetime.datetime) -> tuple[Filter, ...]:
    """The parts of a queue whose rows have no last day: what has waited long, and what has just come."""
    since = present - datetime.timedelta(days=SOON)
    return (
        Filter("long", _("等了%d天以上") % SOON, rows_where(Q(**{f"{field}__lt": since}))),
        Filter("new", _("%d天内新来的") % SOON, rows_where(Q(**{f"{field}__gte": since}))),
    )


def listed(found: list[Waiting]) -> Rows:
    """Pages of a list that is at hand as a whole."""

    def page(key: str) -> Page[Waiting]:
        start = number_in(key) or 0
        end = start + SIZE
        return Page(found[start:end], str(end) if len(found) > end else "", start == 0)

    return page


def parts_listed(found: list[Waiting]) -> tuple[Filter, ...]:
    """The same parts of such a list."""
    today = shown_today()
    last = today + datetime.timedelta(days=SOON)
    over = [one for one in found if one.due and one.due < today]
    soon = [one for one in found if one.due and today <= one.due <= last]
    return Filter("over", _("已超期"), listed(over)), Filter("soon", _("%d天内到期") % SOON, listed(soon))
