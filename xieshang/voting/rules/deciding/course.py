"""The course of an owners' decision as one table, and who takes which step."""

from enum import StrEnum

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from .states import ENDS, State, Step


class Who(StrEnum):
    """Who takes a step. The Party organisation advises; no step of the count or the result is its own."""

    CONVENER = "convener"
    # Another human being of the residents' committee than the one who drafted.
    SECOND_PERSON = "second_person"
    PARTY = "party"
    TELLERS = "tellers"
    TIME = "time"
    STREET = "street"


S = State
COURSE: dict[tuple[State, Step], State] = {
    (S.PROPOSED, Step.REDRAFT): S.PROPOSED,
    (S.PROPOSED, Step.CONFIRM_CLASS): S.PROPOSED,
    (S.PROPOSED, Step.CONSULT): S.PARTY_CONSULTED,
    (S.PROPOSED, Step.WITHDRAW): S.WITHDRAWN,
    (S.PARTY_CONSULTED, Step.GIVE_OPINION): S.PARTY_CONSULTED,
    (S.PARTY_CONSULTED, Step.TAKE_BACK): S.PROPOSED,
    (S.PARTY_CONSULTED, Step.OPEN_ROLL): S.ROSTER_OPEN,
    (S.ROSTER_OPEN, Step.PUBLISH_ROLL): S.ROSTER_OPEN,
    (S.ROSTER_OPEN, Step.FREEZE_ROLL): S.ROSTER_OPEN,
    (S.ROSTER_OPEN, Step.PUBLISH): S.NOTICE,
    (S.ROSTER_OPEN, Step.WITHDRAW): S.WITHDRAWN,
    (S.NOTICE, Step.OPEN): S.VOTING,
    (S.NOTICE, Step.ABORT): S.ABORTED,
    (S.VOTING, Step.EXTEND): S.VOTING,
    (S.VOTING, Step.CLOSE): S.COUNTING,
    (S.VOTING, Step.ABORT): S.ABORTED,
    (S.COUNTING, Step.ENTER_RESULT): S.COUNTING,
    (S.COUNTING, Step.SIGN_COUNT): S.COUNTING,
    (S.COUNTING, Step.PUBLISH_COUNT): S.PRELIM_PUBLICITY,
    (S.PRELIM_PUBLICITY, Step.RECOUNT): S.COUNTING,
    (S.PRELIM_PUBLICITY, Step.DECIDE): S.DECIDED,
    (S.DECIDED, Step.ANNOUNCE): S.ANNOUNCED,
    (S.ANNOUNCED, Step.CORRECT): S.ANNOUNCED,
    (S.ANNOUNCED, Step.ANNUL): S.ANNULLED,
}
ACTORS: dict[Step, Who] = {
    Step.REDRAFT: Who.CONVENER,
    Step.CONFIRM_CLASS: Who.SECOND_PERSON,
    Step.CONSULT: Who.CONVENER,
    Step.GIVE_OPINION: Who.PARTY,
    Step.TAKE_BACK: Who.CONVENER,
    Step.OPEN_ROLL: Who.CONVENER,
    Step.PUBLISH_ROLL: Who.CONVENER,
    Step.FREEZE_ROLL: Who.CONVENER,
    Step.PUBLISH: Who.CONVENER,
    Step.OPEN: Who.TIME,
    Step.EXTEND: Who.CONVENER,
    Step.CLOSE: Who.TIME,
    Step.ENTER_RESULT: Who.TELLERS,
    Step.SIGN_COUNT: Who.TELLERS,
    Step.PUBLISH_COUNT: Who.CONVENER,
    Step.RECOUNT: Who.CONVENER,
    Step.DECIDE: Who.TIME,
    Step.ANNOUNCE: Who.CONVENER,
    Step.WITHDRAW: Who.CONVENER,
    Step.ABORT: Who.CONVENER,
    Step.CORRECT: Who.CONVENER,
    Step.ANNUL: Who.STREET,
}
DONE_BY_TIME = frozenset(step for step, who in ACTORS.items() if who == Who.TIME)
OUT_OF_COURSE = Refusal("decision_out_of_course", _("这次表决现在还走不到这一步，请看页面上写的下一步。"))
AT_ITS_END = Refusal("decision_at_its_end", _("这次表决已经结束，不能再办。"))


def next_state(state: State, step: Step) -> State:
    """Where a step leads from a state; RuleViolation for a step that is not on the course there."""
    if (state, step) in COURSE:
        return COURSE[state, step]
    raise RuleViolation(AT_ITS_END if state in ENDS else OUT_OF_COURSE)
