"""Days and looks of a thread as the page says them."""

from django.utils.translation import gettext as _

from xieshang.lib.clock import shown_today
from xieshang.lib.days import left_words
from xieshang.lib.workdays import told_in_workdays, workdays_between

from ...models import Thread
from ...rules.threads import DEADLINES, State

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


def counts_workdays(thread: Thread) -> bool:
    """Whether what is left of the limit of the present state is told in working days."""
    rule = State(thread.state) in DEADLINES or thread.state == State.POSITIONS
    return rule and told_in_workdays(shown_today(), thread.due_on)


def days_left(thread: Thread) -> int | None:
    """Days until the limit, working days where the rule counts them; negative when it has gone by."""
    if thread.due_on is None:
        return None
    if counts_workdays(thread):
        return workdays_between(shown_today(), thread.due_on)
    return (thread.due_on - shown_today()).days


def due_words(thread: Thread) -> str:
    """What is left of the limit, in words."""
    return left_words(days_left(thread), _("个工作日") if counts_workdays(thread) else _("天"))
