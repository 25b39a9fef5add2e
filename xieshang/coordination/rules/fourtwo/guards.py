"""May this step happen now? What each step asks for, and the verdict on one set of facts."""

from xieshang.lib import demands
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from . import demands as d
from .course import COURSE, State, Step
from .facts import Facts

NOT_IN_COURSE = Refusal(
    "fourtwo_not_in_course", _("现在还走不到这一步，或者已经走过了。六步要一步一步来，不能跳，页面上写着现在到哪一步。")
)
MEETING = (d.HELD, d.IN_ORDER, d.CHAIR, d.NUMBERS, d.QUORUM, d.MINUTES, d.FILE_NUMBER, d.SIGNED)
FORUM = (d.TOLD, d.REPRESENTATIVES, d.WOMEN, d.AUTHORISED)
ASKED: dict[Step, tuple[d.Demand, ...]] = {
    Step.PROPOSE: (d.DRAFT, d.DRAFT_IS_NEW, *MEETING, d.OPINIONS, d.CARRIED),
    Step.DISCUSS: (*MEETING, d.VIEWS, d.CARRIED),
    Step.REVIEW: (*MEETING, d.TOLD, d.CARRIED),
    Step.RESOLVE: (*MEETING, *FORUM, d.CARRIED),
    Step.SAY_NO: (d.DRAFT_IS_NEW, *MEETING, d.NOT_CARRIED),
    Step.PUBLISH_RESOLUTION: (d.DRAFTED, d.LONG_ENOUGH, d.ANOTHER_PUBLISHES),
    Step.SUSTAIN_OBJECTION: (d.SUSTAINED,),
    Step.START: (d.POSTED, d.OVER, d.ANSWERED, d.NONE_SUSTAINED),
    Step.ENTER_ACCOUNT: (),
    Step.PASS_CHECK: (d.ACCOUNT, d.UNCHECKED, d.FINDING, d.ANOTHER_CHECKS),
    Step.FAIL_CHECK: (d.ACCOUNT, d.UNCHECKED, d.FINDING, d.ANOTHER_CHECKS),
    Step.PUBLISH_RESULT: (d.ITEMS_DONE, d.ACCOUNT, d.CHECKED, d.ANOTHER_THAN_CHECKER, d.RESULT_TEXT),
    Step.WITHDRAW: (d.REASON,),
}
# A “no” of the villagers counts only if the meeting was one.
ASKED_FROM: dict[tuple[State, Step], tuple[d.Demand, ...]] = {(State.REVIEWED, Step.SAY_NO): FORUM}
Check = demands.Check[d.Who]


def demands_of(state: State, step: Step) -> tuple[d.Demand, ...]:
    """Everything that this step may ask for from this state."""
    return (*ASKED[step], *ASKED_FROM.get((state, step), ()))


def checklist(state: State, step: Step, facts: Facts) -> list[Check]:
    """What the step asks for in this matter, each line ticked from the facts."""
    return demands.ticked(demands_of(state, step), facts)


def missing_for(state: State, step: Step, facts: Facts) -> list[Check]:
    """What still stands in the way of the step."""
    return [line for line in checklist(state, step, facts) if not line.is_met]


def next_state(state: State, step: Step, facts: Facts) -> State:
    """Where the step leads; RuleViolation with all that is missing, or that the course knows no such step."""
    if (state, step) not in COURSE:
        raise RuleViolation(NOT_IN_COURSE)
    missing = missing_for(state, step, facts)
    if missing:
        raise RuleViolation(*(line.refusal for line in missing))
    return COURSE[state, step]
