"""The course of a meeting as one table."""

from enum import StrEnum

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _


class State(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    NOTICED = "noticed"
    # Not enough came; it is held another day, once.
    ADJOURNED = "adjourned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What moves a meeting on."""

    REVISE = "revise"
    NOTIFY = "notify"
    POSTPONE = "postpone"
    OPEN = "open"
    ADJOURN = "adjourn"
    CLOSE = "close"
    CANCEL = "cancel"
    # A Party meeting was held elsewhere: only its date, numbers, result and file number are kept.
    ENTER = "enter"


S = State
COURSE: dict[tuple[State, Step], State] = {
    (S.PLANNED, Step.REVISE): S.PLANNED,
    (S.PLANNED, Step.NOTIFY): S.NOTICED,
    (S.PLANNED, Step.ENTER): S.CLOSED,
    (S.PLANNED, Step.CANCEL): S.CANCELLED,
    (S.NOTICED, Step.POSTPONE): S.NOTICED,
    (S.NOTICED, Step.OPEN): S.OPEN,
    (S.NOTICED, Step.ADJOURN): S.ADJOURNED,
    (S.NOTICED, Step.CANCEL): S.CANCELLED,
    (S.ADJOURNED, Step.OPEN): S.OPEN,
    (S.ADJOURNED, Step.CANCEL): S.CANCELLED,
    (S.OPEN, Step.CLOSE): S.CLOSED,
}
ENDS = frozenset({S.CLOSED, S.CANCELLED})
# From the notice on everybody of its circle may know of it.
CALLED = frozenset(State) - {S.PLANNED}
# While people may sign in, once the hour is near.
GATHERING = frozenset({S.NOTICED, S.ADJOURNED, S.OPEN})
STEP_LABELS: dict[Step, str] = {
    Step.REVISE: _("修改会议安排"),
    Step.NOTIFY: _("发出会议通知"),
    Step.POSTPONE: _("会议改期"),
    Step.OPEN: _("宣布开会"),
    Step.ADJOURN: _("人数不够，改日再开"),
    Step.CLOSE: _("散会"),
    Step.CANCEL: _("取消会议"),
    Step.ENTER: _("登记党的会议"),
}
OUT_OF_COURSE = Refusal("meeting_out_of_course", _("会议现在还走不到这一步，请看页面上写的下一步。"))
ADJOURNED_ONCE = Refusal(
    "meeting_adjourned_once", _("这次会议已经因人数不够改过一次日子，不能再改；开不成就取消，另行召集。")
)
AT_ITS_END = Refusal("meeting_at_its_end", _("这次会议已经结束，不能再办。"))


def next_state(state: State, step: Step) -> State:
    """Where a step leads from a state; RuleViolation for a step that is not on the course there."""
    if (state, step) in COURSE:
        return COURSE[state, step]
    if state == State.ADJOURNED and step == Step.ADJOURN:
        raise RuleViolation(ADJOURNED_ONCE)
    raise RuleViolation(AT_ITS_END if state in ENDS else OUT_OF_COURSE)
