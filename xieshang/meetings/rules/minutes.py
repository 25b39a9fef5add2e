"""Minutes: from the draft to what is signed, what each step asks for, who signs. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xieshang.lib.days import short_day
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from .kinds import Base

ACTIONS_MOST = 30
CODE_LENGTH = 16


class MinutesState(StrEnum):
    """Where the minutes stand."""

    DRAFTED = "drafted"
    # Laid before the sides; nothing of the words changes any more.
    SIGNING = "signing"
    # Every side has signed or said why not, or the days for it are over.
    SIGNED = "signed"
    PUBLISHED = "published"


class MinutesStep(StrEnum):
    """What moves them on."""

    SEND = "send_minutes"
    TAKE_BACK = "take_back_minutes"
    CONCLUDE = "conclude_minutes"
    PUBLISH = "publish_minutes"


class MinutesAct(StrEnum):
    """What is done to them beside that."""

    REDRAW = "redraw_minutes"
    EDIT = "edit_minutes"
    SIGN = "sign_minutes"
    PAPER = "sign_on_paper"
    REFUSE = "refuse_minutes"
    ADD = "add_to_minutes"


class Mark(StrEnum):
    """What a side has said to the minutes."""

    ASKED = "asked"
    SIGNED = "signed"
    ON_PAPER = "on_paper"
    REFUSED = "refused"
    # The days were over.
    SILENT = "silent"


class Scope(StrEnum):
    """Who reads the minutes once they are published."""

    TABLE = "table"
    PLACE = "place"
    PUBLIC = "public"


M = MinutesState
MINUTES_COURSE: dict[tuple[MinutesState, MinutesStep], MinutesState] = {
    (M.DRAFTED, MinutesStep.SEND): M.SIGNING,
    (M.SIGNING, MinutesStep.TAKE_BACK): M.DRAFTED,
    (M.SIGNING, MinutesStep.CONCLUDE): M.SIGNED,
    (M.SIGNED, MinutesStep.PUBLISH): M.PUBLISHED,
}
SIGNATURES = frozenset({Mark.SIGNED, Mark.ON_PAPER})

OUT_OF_MINUTES = Refusal("minutes_out_of_course", _("纪要现在走不到这一步，请刷新页面看看。"))
NO_MINUTES = Refusal("minutes_not_over", _("会议还没有散，散会以后再整理纪要。"))
FIXED = Refusal("minutes_fixed", _("纪要已经有人签字，正文不能再改。有更正的，请在后面补充说明，两样都留着。"))
IN_SIGNING = Refusal("minutes_in_signing", _("纪要正在请各方签字，不能改。还没有人签字的，可以先收回来改。"))
EMPTY = Refusal("minutes_empty", _("请写上这次会议议了什么：达成一致的，或者没有达成一致的，至少写一样。"))
ACTION_WITHOUT_OWNER = Refusal("minutes_action_owner", _("“{what}”要写明由谁负责。"))
ACTION_WITHOUT_DAY = Refusal("minutes_action_day", _("“{what}”要写明哪天以前办完。"))
TOO_MANY_ACTIONS = Refusal("minutes_actions_most", _("要办的事最多写30件，请合并一些。"))
NOBODY_SIGNS = Refusal("minutes_nobody_signs", _("没有可以签字的一方：请先核对签到表。"))
NOT_IN_SIGNING = Refusal("minutes_not_in_signing", _("纪要还没有送签，或者签字已经结束。"))
SIGNED_ALREADY = Refusal("minutes_signed_already", _("您这一方已经签过了，不用再签一次。"))
REFUSED_ALREADY = Refusal("minutes_refused_already", _("您这一方已经写明不签的理由。改主意的，现在还可以签。"))
REFUSED_AFTER_SIGNING = Refusal("minutes_signed_then_refused", _("您这一方已经签了字，不能再改成不签。"))
NO_REASON = Refusal("minutes_no_reason", _("不签请写明理由，理由会如实记进纪要。"))
NO_SHEET = Refusal("minutes_no_sheet", _("请拍下签了字、盖了章的那一页，放上来。"))
NOT_ALL_SAID = Refusal("minutes_not_all_said", _("还有{number}方没有签，也没有说不签，签字到{day}为止，过后才能结束。"))
NONE_SIGNED = Refusal("minutes_none_signed", _("没有一方签字，这份纪要不能算数。请收回来改，再送签。"))
CHANGED = Refusal("minutes_changed", _("您打开以后纪要改过了，请重新看一遍再签。"))
CHANGED_BY_OTHERS = Refusal(
    "minutes_changed_by_others", _("您打开以后，别人改过这份纪要。您写的还在下面，请对照上面最新的再保存。")
)
ADDENDUM_EMPTY = Refusal("minutes_addendum_empty", _("请写明要补充或者更正什么。"))
ADDENDUM_EARLY = Refusal("minutes_addendum_early", _("纪要还没有签完，可以直接改正文，不用补充说明。"))
# Said with a 403.
NOT_YOUR_SIDE = _("只有这一方现任的负责人能替它签字。您现在不在这一方任职，不能签。")


def next_minutes_state(state: MinutesState, step: MinutesStep) -> MinutesState:
    """Where a step leads; RuleViolation where it leads nowhere."""
    if (state, step) not in MINUTES_COURSE:
        raise RuleViolation(OUT_OF_MINUTES)
    return MINUTES_COURSE[state, step]


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the table of what is to be done."""

    what: str
    who: str
    due: date | None
    helped_by: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Everything in the minutes that is written and not counted."""

    agreed: str
    not_agreed: str
    actions: Sequence[Action] = ()


def require_editable(state: MinutesState, marks: Sequence[Mark]) -> None:
    """Only a draft is edited; what somebody signed never again."""
    if SIGNATURES & set(marks) or state in {M.SIGNED, M.PUBLISHED}:
        raise RuleViolation(FIXED)
    if state != M.DRAFTED:
        raise RuleViolation(IN_SIGNING)


def require_actions(actions: Sequence[Action]) -> None:
    """Everything that is to be done has somebody who answers for it and a day; RuleViolation with all that lacks."""
    wrong: list[Refusal] = [TOO_MANY_ACTIONS] if len(actions) > ACTIONS_MOST else []
    for action in actions:
        for refusal, is_missing in ((ACTION_WITHOUT_OWNER, not action.who), (ACTION_WITHOUT_DAY, action.due is None)):
            if is_missing:
                wrong.append(Refusal(refusal.code, refusal.sentence.format(what=action.what[:20])))
    if wrong:
        raise RuleViolation(*wrong)


def require_complete(words: Words, signers: int) -> None:
    """What is laid before the sides says something, and somebody is there to sign it."""
    if not (words.agreed.strip() or words.not_agreed.strip()):
        raise RuleViolation(EMPTY)
    require_actions(words.actions)
    if not signers:
        raise RuleViolation(NOBODY_SIGNS)


def require_take_back(marks: Sequence[Mark]) -> None:
    """Words go back to the desk only while nobody has put their name under them."""
    if SIGNATURES & set(marks):
        raise RuleViolation(FIXED)


def require_signing(state: MinutesState, mark: Mark) -> None:
    """A side signs once, while signing runs; who refused may still sign."""
    if state != M.SIGNING:
        raise RuleViolation(SIGNED_ALREADY if mark in SIGNATURES else NOT_IN_SIGNING)
    if mark in SIGNATURES:
        raise RuleViolation(SIGNED_ALREADY)


def require_refusing(state: MinutesState, mark: Mark, reason: str) -> None:
    """A side that does not sign says why; it cannot take a signature back by that."""
    if mark in SIGNATURES:
        raise RuleViolation(REFUSED_AFTER_SIGNING)
    if state != M.SIGNING:
        raise RuleViolation(NOT_IN_SIGNING)
    if mark == Mark.REFUSED:
        raise RuleViolation(REFUSED_ALREADY)
    if not reason.strip():
        raise RuleViolation(NO_REASON)


def is_complete(marks: Sequence[Mark]) -> bool:
    """Every side has said something, and one at least has signed."""
    return Mark.ASKED not in marks and bool(SIGNATURES & set(marks))


def require_conclusion(marks: Sequence[Mark], *, today: date, sign_by: date) -> None:
    """Signing ends when all have spoken, or when the days are over and somebody has signed."""
    waiting = sum(mark == Mark.ASKED for mark in marks)
    if waiting and today <= sign_by:
        day = short_day(sign_by)
        raise RuleViolation(Refusal(NOT_ALL_SAID.code, NOT_ALL_SAID.sentence.format(number=waiting, day=day)))
    if not SIGNATURES & set(marks):
        raise RuleViolation(NONE_SIGNED)


def signs_by_side(base: Base) -> bool:
    """Whether bodies sign; else each member who was there, or whoever called and presided."""
    return base == Base.SIDES


def content_code(content: Mapping[str, object]) -> str:
    """Check code of the words that are signed; the same words give the same code for ever."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def short_code(code: str) -> str:
    """The code as it is printed and read out: groups of four."""
    shown = code[:CODE_LENGTH].upper()
    return " ".join(shown[at : at + 4] for at in range(0, CODE_LENGTH, 4))
