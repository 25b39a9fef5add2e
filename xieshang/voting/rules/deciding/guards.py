"""May this step be taken now? What each step asks for, and the verdict on one set of facts."""

from xieshang.lib import demands
from xieshang.lib.refusals import RuleViolation

from . import demands as d
from .course import COURSE, Who, next_state
from .facts import Facts
from .states import State, Step

ASKED: dict[Step, tuple[d.Demand, ...]] = {
    Step.REDRAFT: (),
    Step.CONFIRM_CLASS: (*d.DRAFT, d.ANOTHER_PERSON, d.CLASS_NOT_CONFIRMED),
    Step.CONSULT: (*d.DRAFT, d.CLASS),
    Step.GIVE_OPINION: (d.OPINION_TEXT, d.NOT_ANSWERED),
    Step.TAKE_BACK: (d.REASON,),
    Step.OPEN_ROLL: (d.HEARD,),
    Step.PUBLISH_ROLL: (d.ROLL_NOT_FROZEN,),
    Step.FREEZE_ROLL: (d.ROLL_NOT_FROZEN, d.ROLL_PUBLISHED, d.ROLL_TIME_OVER, d.ROLL_ANSWERED),
    Step.PUBLISH: (
        *d.DRAFT,
        d.CLASS,
        d.ROLL_FROZEN,
        d.WINDOW,
        d.NOTICE_LONG_ENOUGH,
        d.WINDOW_LONG_ENOUGH,
        d.WINDOW_SHORT_ENOUGH,
        d.PAPER_PLACE,
        d.DEEMED_CLAUSE,
        d.KEY,
    ),
    Step.OPEN: (d.TIME_TO_OPEN,),
    Step.EXTEND: (
        d.STILL_OPEN,
        d.MAY_EXTEND,
        d.EXTENDED_ONCE,
        d.EXTENSION_LATER,
        d.EXTENSION_BOUNDED,
        d.REASON,
    ),
    Step.CLOSE: (d.TIME_IS_UP,),
    Step.ENTER_RESULT: (d.OFFICIAL, d.NOT_COUNTED, d.OFFICIAL_SHEET),
    Step.SIGN_COUNT: (d.OURS, d.PAPERS_KEYED, d.CONFLICTS_SETTLED, d.COUNTED, d.SHEET_GIVEN),
    Step.PUBLISH_COUNT: (d.PAPERS_KEYED, d.CONFLICTS_SETTLED, d.COUNTED, d.OFFICIAL_ENTERED, d.SHEET),
    Step.RECOUNT: (d.REASON,),
    Step.DECIDE: (d.INQUIRY_OVER, d.OBJECTIONS_ANSWERED, d.NONE_SUSTAINED),
    Step.ANNOUNCE: (),
    Step.WITHDRAW: (d.REASON,),
    Step.ABORT: (d.STILL_OPEN, d.REASON),
    Step.CORRECT: (d.REASON,),
    Step.ANNUL: (d.REASON, d.DOCUMENT),
}
# The one step by which each state goes on in the ordinary course; more than one where two people follow each other.
ONWARD: dict[State, tuple[Step, ...]] = {
    State.PROPOSED: (Step.CONFIRM_CLASS, Step.CONSULT),
    State.PARTY_CONSULTED: (Step.GIVE_OPINION, Step.OPEN_ROLL),
    State.ROSTER_OPEN: (Step.PUBLISH_ROLL, Step.FREEZE_ROLL, Step.PUBLISH),
    State.NOTICE: (Step.OPEN,),
    State.VOTING: (Step.CLOSE,),
    State.COUNTING: (Step.ENTER_RESULT, Step.SIGN_COUNT, Step.PUBLISH_COUNT),
    State.PRELIM_PUBLICITY: (Step.DECIDE,),
    State.DECIDED: (Step.ANNOUNCE,),
}


Check = demands.Check[Who]


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


def next_step(state: State, facts: Facts) -> Step | None:
    """The step that comes next: the first of the ordinary ones that is not done yet; None at an end."""
    done = {
        Step.CONFIRM_CLASS: facts.class_is_confirmed,
        Step.GIVE_OPINION: facts.opinion_is_given
        or (facts.opinion_due is not None and facts.today > facts.opinion_due),
        Step.PUBLISH_ROLL: facts.roll_is_published or facts.roll_is_frozen,
        Step.FREEZE_ROLL: facts.roll_is_frozen,
        Step.ENTER_RESULT: not facts.official_required or facts.is_counted,
        Step.SIGN_COUNT: facts.official_required or facts.count_sheets > facts.recounts,
    }
    return next((step for step in ONWARD.get(state, ()) if not done.get(step, False)), None)


def steps_from(state: State) -> list[Step]:
    """Every step that can be taken from a state, in the order of the course."""
    return [step for (known, step) in COURSE if known == state]
