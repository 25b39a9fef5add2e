"""Guidance by the Party organisation to owners' assembly, committee and company: advice with an answer, no power.

It is advice: it may speak about a vote, but no step of it stands in the course of a vote (物业管理条例第20条).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from xieshang.community.rules import BodyKind, RuleBook, counted
from xieshang.community.rules.rulebooks import Value
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

KIND = "guidance"


def _at_most(line: int) -> Callable[[Value], bool]:
    return lambda value: int(value) <= line


OURS = _("本平台默认值，可由本地规则另定")
BOARD_RULES = _("业主大会和业主委员会指导规则第31、47条，以当地规定为准")
# Begun earlier, done sooner, a shorter term: what a place sets may be stricter than these, never laxer.
REELECTION = counted("reelection_months", _("换届提前多久开始"), 3, unit="months", source=BOARD_RULES)
HANDOVER = counted("handover_days", _("换届后交接的期限"), 10, unit="d", source=BOARD_RULES)
FILING = counted("filing_days", _("选出后备案的期限"), 30, unit="d", source=_("物业管理条例第16条"))
TERM = counted("term_years_most", _("业委会一届最长"), 5, unit="years", source=BOARD_RULES)
BOOK = RuleBook(
    KIND,
    _("党组织指导规则"),
    _("几天内给出意见、几天内答复，换届提前多久"),
    (
        replace(counted("give_workdays", _("给出指导意见的期限"), 5, unit="wd", source=OURS), least=1),
        replace(counted("answer_workdays", _("答复指导意见的期限"), 10, unit="wd", source=OURS), least=1),
        replace(REELECTION, is_lawful=lambda months: int(months) >= int(REELECTION.default)),
        *(replace(rule, least=1, is_lawful=_at_most(int(rule.default))) for rule in (HANDOVER, FILING, TERM)),
    ),
)
DEFAULTS: dict[str, object] = dict(BOOK.defaults)


class Addressee(StrEnum):
    """Whom an opinion is for."""

    ASSEMBLY = "assembly"
    COMMITTEE = "committee"
    COMPANY = "company"


OWNERS_BODIES = frozenset({BodyKind.HOMEOWNERS_COMMITTEE, BodyKind.PROPERTY_MANAGEMENT_COMMITTEE})
# The assembly has no desk of its own: whoever convenes it answers for it.
ANSWERS_FOR: dict[Addressee, frozenset[BodyKind]] = {
    Addressee.ASSEMBLY: OWNERS_BODIES | {BodyKind.RESIDENTS_COMMITTEE, BodyKind.VILLAGERS_COMMITTEE},
    Addressee.COMMITTEE: OWNERS_BODIES,
    Addressee.COMPANY: frozenset({BodyKind.PROPERTY_COMPANY}),
}


class Occasion(StrEnum):
    """What an opinion is about; one on a draft for a vote is kept with that vote."""

    CONTRACT = "contract"
    TERM = "term"
    COMPLAINT = "complaint"
    OTHER = "other"


class State(StrEnum):
    """Where an opinion stands."""

    ASKED = "asked"
    GIVEN = "given"
    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What is done to it."""

    GIVE = "give"
    ANSWER = "answer"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"


COURSE: dict[tuple[State, Step], State] = {
    (State.ASKED, Step.GIVE): State.GIVEN,
    (State.ASKED, Step.TAKE_BACK): State.TAKEN_BACK,
    (State.GIVEN, Step.ANSWER): State.ANSWERED,
    (State.GIVEN, Step.WITHDRAW): State.WITHDRAWN,
}
OPEN = frozenset({State.ASKED, State.GIVEN})

NOT_NOW = Refusal("guidance_not_now", _("这份意见已经走到别的一步了，请刷新看看。"))
ASK_EMPTY = Refusal("guidance_ask_empty", _("请写清楚想请党组织指导什么。"))
TEXT_EMPTY = Refusal("guidance_text_empty", _("请写指导意见。"))
BASIS_EMPTY = Refusal("guidance_basis_empty", _("请写依据，例如哪部法规第几条、哪份文件、哪次会议。"))
DUE_MISSING = Refusal("guidance_due_missing", _("请定哪天以前答复，要晚于今天。"))
ANSWER_EMPTY = Refusal("guidance_answer_empty", _("请写答复：怎么办、哪天办、不照办的为什么。"))
REASON_EMPTY = Refusal("guidance_reason_empty", _("请写明原因。"))
WRONG_BODY = Refusal("guidance_wrong_body", _("这个组织不是这类意见的答复方，请重新选。"))
NO_BODY = Refusal("guidance_no_body", _("请选由哪个组织答复。"))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a step brings."""

    today: date
    text: str = ""
    basis: str = ""
    answer_due: date | None = None


def _given(facts: Facts) -> list[Refusal]:
    wrong = {
        TEXT_EMPTY: not facts.text.strip(),
        BASIS_EMPTY: not facts.basis.strip(),
        DUE_MISSING: facts.answer_due is None or facts.answer_due <= facts.today,
    }
    return [refusal for refusal, is_wrong in wrong.items() if is_wrong]


def _words(refusal: Refusal) -> Callable[[Facts], list[Refusal]]:
    return lambda facts: [] if facts.text.strip() else [refusal]


GUARDS: dict[Step, Callable[[Facts], list[Refusal]]] = {
    Step.GIVE: _given,
    Step.ANSWER: _words(ANSWER_EMPTY),
    Step.TAKE_BACK: _words(REASON_EMPTY),
    Step.WITHDRAW: _words(REASON_EMPTY),
}


def next_state(state: State, step: Step, facts: Facts) -> State:
    """Where the step leads; RuleViolation with all that is missing, or when the step is not one of this state's."""
    after = COURSE.get((state, step))
    if after is None:
        raise RuleViolation(NOT_NOW)
    wrong = GUARDS[step](facts)
    if wrong:
        raise RuleViolation(*wrong)
    return after


def require_addressee(addressee: Addressee, kind: BodyKind) -> None:
    """The body is one that answers for this addressee."""
    if kind not in ANSWERS_FOR[addressee]:
        raise RuleViolation(WRONG_BODY)


def is_late(due: date | None, done: date | None, today: date) -> bool:
    """Whether it came, or still has not come, after its last day; that day itself is in time."""
    return due is not None and (done or today) > due
