"""Days and looks of a thread as the page says them."""

import datetime

from django.utils.translation import gettext as _

from xieshang.lib.clock import SHANGHAI, shown_today
from xieshang.lib.workdays import workdays_between

from ...models import Thread
from ...rules.threads import DEADLINES, State

WEEKDAYS = "一二三四五六日"
GO, WAIT, OVER, DONE, CLOSED = "go", "wait", "over", "done", "closed"
LOOKS: dict[State, tuple[str, str]] = {
    State.RAISED: ("inbox", WAIT),
    State.ACCEPTED: ("inbox", GO),
    State.ASSIGNED: ("users", GO),
    State.POSITIONS: ("messages-square", GO),
    State.MEETING: ("users", GO),
    State.MINUTES_DRAFT: ("file-text", WAIT),
    State.CONFIRMED: ("file-text", GO),
    State.ACTIONS: ("hammer", GO),
    State.VERIFIED: ("star", WAIT),
    State.CLOSED: ("circle-check", CLOSED),
    State.ESCALATED: ("landmark", GO),
    State.TO_OWNERS: ("house", GO),
    State.MEDIATION: ("messages-square", GO),
    State.LEGAL: ("landmark", GO),
    State.DECLINED: ("circle-x", CLOSED),
    State.WITHDRAWN: ("undo-2", CLOSED),
}


def day_words(day: datetime.date | datetime.datetime | None) -> str:
    """A day as people say it: 11月30日（周一）."""
    if day is None:
        return ""
    if isinstance(day, datetime.datetime):
        day = day.astimezone(SHANGHAI).date()
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def short_day(day: datetime.date | datetime.datetime | None) -> str:
    """A day without its weekday: 11月30日."""
    return day_words(day).partition("（")[0]


def moment_words(at: datetime.datetime | None) -> str:
    """A day and the time of day: 11月27日 14:00."""
    return f"{short_day(at)} {at.astimezone(SHANGHAI):%H:%M}" if at else ""


def counts_workdays(thread: Thread) -> bool:
    """Whether the limit of the present state counts working days."""
    return State(thread.state) in DEADLINES or thread.state == State.POSITIONS


def days_left(thread: Thread) -> int | None:
    """Days until the limit, working days where the rule counts them; negative when it has gone by."""
    if thread.due_on is None:
        return None
    if counts_workdays(thread):
        return workdays_between(shown_today(), thread.due_on)
    return (thread.due_on - shown_today()).days


def left_words(days: int | None, unit: str) -> str:
    """还剩2天, 今天到期, 已超1个工作日."""
    if days is None:
        return ""
    if days == 0:
        return _("今天到期")
    return f"还剩{days}{unit}" if days > 0 else f"已超{-days}{unit}"


def due_words(thread: Thread) -> str:
    """What is left of the limit, in words."""
    return left_words(days_left(thread), _("个工作日") if counts_workdays(thread) else _("天"))
