"""A third of the members of a homeowners' committee demand a meeting: how many that is, by when it is called. Pure.

业主大会和业主委员会指导规则第37条. It says seven days; as the agenda is told to the owners seven days before, they are
counted to the notice. Who calls where the chair does not is left to local rules: here those who demanded it [P].
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.lib.workdays import period_after

from .settings import Values, number, share_at
from .shares import Share, share

SHARE = "meetings.request_share"


class RequestState(StrEnum):
    """Where a demand stands."""

    GATHERING = "gathering"
    # Enough members have signed: the chair has so many days.
    REACHED = "reached"
    # The notice of a meeting with what they demanded on its agenda is out.
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class RequestStep(StrEnum):
    """What moves it on."""

    REACH = "reach"
    ANSWER = "answer"
    # The meeting was called off.
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


R = RequestState
REQUEST_COURSE: dict[tuple[RequestState, RequestStep], RequestState] = {
    (R.GATHERING, RequestStep.REACH): R.REACHED,
    (R.GATHERING, RequestStep.WITHDRAW): R.WITHDRAWN,
    (R.REACHED, RequestStep.ANSWER): R.ANSWERED,
    (R.ANSWERED, RequestStep.REOPEN): R.REACHED,
}
STANDING = frozenset({R.GATHERING, R.REACHED})

OUT_OF_REQUEST = Refusal("request_out_of_course", _("这份要求现在走不到这一步，请刷新页面看看。"))
ABOUT_MISSING = Refusal("request_about_missing", _("请写明要求开会议什么事。"))
REQUEST_STANDS = Refusal("request_stands", _("已经有一份要求在办，请先看那一份；同意的在那一份上联名。"))
SIGNED_ALREADY = Refusal("request_signed_already", _("您已经联名了，不用再签一次。"))
NOT_SIGNED = Refusal("request_not_signed", _("您没有在这份要求上联名。"))
NOT_GATHERING = Refusal("request_not_gathering", _("联名已经结束，不能再签也不能撤。"))
CHAIR_CALLS = Refusal(
    "meeting_chair_calls",
    _("业委会会议由主任召集。想开会的委员可以联名要求；主任到期没有发通知的，联名的委员可以自己召集。"),
    _("业主大会和业主委员会指导规则第37条"),
)
CALLED_ALREADY = Refusal(
    "request_called_already", _("{who}已经为这件事发出会议通知，不用再发一份。请看那次会；别的安排可以取消。")
)
ITEM_LACKS = Refusal("request_item_lacks", _("这次会是联名要求的，议程里要有“{about}”，请照原样列上。"))
# Said with a 403.
MEMBERS_ONLY = _("要求开会由业委会委员本人联名。您现在不是这个业委会的委员。")


def next_request_state(state: RequestState, step: RequestStep) -> RequestState:
    """Where a step leads; RuleViolation where it leads nowhere."""
    if (state, step) not in REQUEST_COURSE:
        raise RuleViolation(NOT_GATHERING if step == RequestStep.WITHDRAW else OUT_OF_REQUEST)
    return REQUEST_COURSE[state, step]


def needed_share(values: Values) -> Share:
    """Which part of the members is enough."""
    return share_at(values, SHARE) or share(">=1/3")


def is_enough(values: Values, signed: int, members: int) -> bool:
    """Whether so many of the members oblige the chair."""
    return needed_share(values).is_reached(signed, members)


def least_signatures(values: Values, members: int) -> int:
    """How many of the members have to sign."""
    return needed_share(values).least(members)


def call_by(values: Values, reached_on: date) -> date:
    """The last day on which the chair may send the notice out."""
    return period_after(reached_on, number(values, "request_days")).last_day


def is_late(state: RequestState, last_day: date | None, today: date) -> bool:
    """Whether the days are over and no notice went out."""
    return state == R.REACHED and last_day is not None and today > last_day


@dataclass(frozen=True, slots=True)
class Caller:
    """Who wants to call a meeting of the committee."""

    is_chair: bool
    # Whether somebody is chair today.
    has_chair: bool
    # What the late demand is about that this member signed; none where there is no such demand.
    late_about: str | None = None
    # Who has called a meeting already for the demand that this one would be for.
    called_by: str = ""


def require_caller(caller: Caller, items: Iterable[str]) -> None:
    """The chair calls; another member where there is none, or on a late demand they signed, for what it is about."""
    if caller.is_chair or not caller.has_chair:
        return
    if caller.called_by:
        raise called_already(caller.called_by)
    if caller.late_about is None:
        raise RuleViolation(CHAIR_CALLS)
    require_on_agenda(caller.late_about, items)


def called_already(who: str) -> RuleViolation:
    """The refusal of a second notice for one demand: it names who sent the first."""
    return RuleViolation(Refusal(CALLED_ALREADY.code, CALLED_ALREADY.sentence.format(who=who)))


def require_on_agenda(about: str, items: Iterable[str]) -> None:
    """What was demanded stands on the agenda word for word."""
    if about not in items:
        raise RuleViolation(Refusal(ITEM_LACKS.code, ITEM_LACKS.sentence.format(about=about)))
