"""May this step be taken now? What each step asks for, and the verdict on one set of facts."""

from xieshang.lib import demands
from xieshang.lib.refusals import RuleViolation

from . import demands as d
from .course import COURSE, State, Step, next_state
from .facts import Facts

CALLING = (d.NOT_PARTY, d.TIME, d.VENUE, d.AGENDA, d.DEMANDED, d.EXPECTED, d.MEMBERS, d.SIDES, d.NOTICE_LONG_ENOUGH)
ASKED: dict[Step, tuple[d.Demand, ...]] = {
    Step.REVISE: (),
    Step.NOTIFY: CALLING,
    Step.POSTPONE: (d.REASON, d.NEW_TIME, d.POSTPONED_ENOUGH),
    Step.OPEN: (d.HOUR, d.QUORUM),
    Step.ADJOURN: (d.HOUR, d.NO_QUORUM, d.NEW_TIME, d.AGAIN_ENOUGH),
    Step.CLOSE: (d.MOTIONS_DONE,),
    Step.CANCEL: (d.REASON,),
    Step.ENTER: (d.IS_PARTY, d.HELD, d.NUMBERS, d.FILE_NUMBER),
}
Check = demands.Check[d.Who]


def checklist(step: Step, facts: Facts) -> list[Check]:
    """Everything that applies to a step, ticked from the facts."""
    return demands.ticked(ASKED[step], facts)


def unmet(step: Step, facts: Facts) -> list[Check]:
    """What is still missing."""
    return [check for check in checklist(step, facts) if not check.is_met]


def require_step(state: State, step: Step, facts: Facts) -> State:
    """The state a step leads to; RuleViolation with everything that is missing, or with where the course stands."""
    after = next_state(state, step)
    missing = unmet(step, facts)
    if missing:
        raise RuleViolation(*(check.refusal for check in missing))
    return after


def steps_from(state: State) -> list[Step]:
    """Every step that can be taken from a state, in the order of the course."""
    return [step for (known, step) in COURSE if known == state]
