"""Commitments: what binds a side, what a company's record says, when a day may be moved."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

from .states import PROMISABLE, SideKind, State

WHAT_MISSING = Refusal("promise_what_missing", _("请写明承诺办什么。"))
ANSWERER_MISSING = Refusal("promise_owner_missing", _("请写明谁负责，例如“工程部刘师傅”。没有负责人的承诺不能记。"))
DUE_MISSING = Refusal("promise_due_missing", _("请写明哪天前办好。没有日子的承诺不能记。"))
DUE_PAST = Refusal("promise_due_past", _("办好的日子不能早于今天。"))
NO_BODY = Refusal("promise_without_body", _("业主代表只说意见，不能代表全体业主作承诺。"))
NOT_PROMISABLE = Refusal("not_promisable", _("现在这一步不能再记新的承诺。"))
OWN_PROMISE = Refusal("own_promise", _("自己一方的承诺，要由其他各方来认可。"))
OBJECTION_REASON = Refusal("promise_objection_reason", _("不认可的，请写明还差什么。"))
JUDGED_ALREADY = Refusal("judged_already", _("本方已经表示过，记录里看得到。"))
ASKED_ITSELF = Refusal("asked_itself", _("自己一方要办的事，请直接承诺。"))
ASK_ANSWERED = Refusal("ask_answered", _("这条要求已经答复过了。"))
DECLINE_REASON = Refusal("decline_reason", _("不能承诺的，请写明原因，大家看得到。"))
MOVE_WAITS = Refusal("move_waits", _("改期的申请正等召集人答复。"))
MOVE_REASON = Refusal("move_reason", _("请写明为什么要改期，大家看得到。"))
MOVE_LATER = Refusal("move_day", _("新的日子要晚于原来的日子，也不能早于今天。"))
MOVE_NOT_OPEN = Refusal("move_not_open", _("这项承诺已经报过办好，不用改期。"))
MOVE_ANSWERED = Refusal("move_answered", _("这份改期申请已经答复过了。"))
NO_MOVE = Refusal("move_refusal_reason", _("不同意改期的，请写明理由。"))
REPLY_MISSING = Refusal("reply_missing", _("请写明答复。"))


class Result(StrEnum):
    """What has become of a commitment, as the public record counts it."""

    RUNNING = "running"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"


RESULT_LABELS: dict[Result, str] = {
    Result.RUNNING: _("办理中，没到期"),
    Result.KEPT: _("按期办好"),
    Result.LATE: _("办好了，但晚了"),
    Result.BROKEN: _("到期没办好"),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """What the record asks of one commitment: its last day, the day it was reported done, whether that was verified."""

    due: date
    done_on: date | None
    verified: bool


def result_of(promise: Promise, today: date) -> Result:
    """Kept when it was done by its day and found so; late when done after it; broken when the day passed undone.

    What is reported done and waits for the committee counts as running while it was reported in time.
    """
    if promise.verified and promise.done_on is not None:
        return Result.KEPT if promise.done_on <= promise.due else Result.LATE
    if promise.done_on is not None:
        return Result.RUNNING if promise.done_on <= promise.due else Result.LATE
    return Result.BROKEN if today > promise.due else Result.RUNNING


def why_not_promise(state: State, kind: SideKind, *, has_body: bool) -> Refusal | None:
    """Why a side cannot bind itself now; an invited side may, by its letter."""
    if not has_body:
        return NO_BODY
    return None if state in PROMISABLE else NOT_PROMISABLE


def lacks(what: str, answerer: str, due: date | None, today: date) -> list[Refusal]:
    """Everything that a commitment lacks: what, who answers for it, by which day."""
    found = [refusal for text, refusal in ((what, WHAT_MISSING), (answerer, ANSWERER_MISSING)) if not text.strip()]
    if due is None:
        return [*found, DUE_MISSING]
    return [*found, DUE_PAST] if due < today else found


def lacks_move(due: date, new: date, reason: str, today: date) -> list[Refusal]:
    """What the asking for another day lacks: a later day, and a reason."""
    found = [] if new > due and new >= today else [MOVE_LATER]
    return found if reason.strip() else [*found, MOVE_REASON]
