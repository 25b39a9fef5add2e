"""May this step happen now? The table of what each step asks, and the verdict on one set of facts."""

from dataclasses import dataclass

from xieshang.lib import demands
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from .course import COURSE
from .demands import discussion as d
from .demands import outcome as o
from .demands import owners as w
from .demands import party as p
from .demands import raising as r
from .demands.demand import Demand
from .facts import Facts
from .states import State, Step, Who

NOT_IN_COURSE = Refusal("not_in_course", _("现在这一步还不能办，或者已经办过了。页面上写着现在到哪一步。"))

_STUDY = (p.PARTY_DATE, p.PARTY_MEETING, p.PARTY_CONCLUSION, p.PARTY_SIGNER)
_OPINION = (d.OPINION_TEXT, d.OPINION_CONFIRMED, d.MINORITY, d.EXPLAINED)
_DECISION = (d.DECISION_DATE, d.DECISION_HOST, d.DECISION_COUNTED, d.DECISION_MINUTES)
_NOTICE = (
    o.DRAFTED,
    o.CHANNEL,
    o.PUBLICITY_LONG_ENOUGH,
    w.CONVENER_KNOWN,
    w.OWNERS_BY_KNOWN,
    o.TWO_PEOPLE,
    d.MEETING_HAS_DECIDED,
)
_PUBLICITY_DONE = (o.PUBLICITY_POSTED, o.PUBLICITY_OVER, o.OBJECTIONS_ANSWERED, o.NO_SUSTAINED)
_PROMISES = (o.ITEMS, o.ITEM_BODIES, o.ITEM_DUES, o.FEEDBACK_DATE)
_CORRECTION = (r.REASON, o.LEGAL_GROUND, o.CORRECTION_NOTICE)

ASKED: dict[Step, tuple[Demand, ...]] = {
    Step.SUBMIT: (r.TITLE, r.TEXT, r.SCOPE),
    Step.WITHDRAW: (r.BY_AUTHOR, r.COMMITTEE_AGREES),
    Step.MEND: (r.BY_AUTHOR,),
    Step.EXPIRE: (r.PAST_DUE,),
    Step.ADMIT: (r.VERIFIED_AUTHOR, r.ANOTHER_REVIEWER),
    Step.REJECT_CONTENT: (r.REASON, r.ANOTHER_REVIEWER),
    Step.APPEAL: (r.BY_AUTHOR, r.REASON, r.APPEAL_IN_TIME, r.APPEAL_ONCE),
    Step.UPHOLD_APPEAL: (r.APPEAL_MADE, r.ANOTHER_THAN_REJECTER),
    Step.DISMISS_APPEAL: (r.APPEAL_MADE, r.ANOTHER_THAN_REJECTER, r.REASON),
    Step.ACCEPT: (r.KIND, r.NATURE, r.NO_DANGER),
    Step.DISPATCH: (r.REPAIR_OR_DANGER, r.RECEIVER, r.REASON),
    Step.REDIRECT: (r.RECEIVER, r.RECEIVER_DUE, r.REASON),
    Step.RETURN_TO_AUTHOR: (r.REASON,),
    Step.MERGE: (r.MERGE_TARGET, r.REASON),
    Step.REPORT_HANDLED: (r.PROOF,),
    Step.REPORT_UNSOLVED: (r.REASON,),
    Step.TAKE_AS_SOLVED: (r.PAST_DUE,),
    Step.ANSWER_REDIRECT: (r.ANSWER,),
    Step.REFUSE_REDIRECT: (r.REASON,),
    Step.AGREE: (p.PARTY_NOT_AGREED, *_STUDY, p.PARTIES, p.FORM),
    Step.PARTY_RETURN: (*_STUDY, p.PARTY_NOT_AGREED, r.REASON),
    Step.RECORD_NO_ANSWER: (p.PARTY_UNANSWERED, r.PAST_DUE),
    Step.ANNOUNCE: (p.PARTY_AGREED, p.PARTY_AGREED_ABOVE, d.NOTICE_TEXT, d.NOTICE_LONG_ENOUGH, d.WINDOW),
    Step.OPEN_DISCUSSION: (d.NOTICE_POSTED, d.NOTICE_OVER),
    Step.FORM_OPINION: (d.DISCUSSION_OVER, d.SESSIONS, d.MINUTES, d.ATTENDANCE, d.HEARING, d.OPINION_TEXT),
    Step.REVISE_OPINION: (d.OPINION_TEXT, d.OPINION_UNCONFIRMED),
    # What the notice will ask of the opinion is asked while it can still be put right.
    Step.CONFIRM_OPINION: (d.OPINION_TEXT, d.MINORITY, d.EXPLAINED),
    Step.OPEN_POLL: (*_OPINION, d.POLL_QUESTION, d.POLL_LONG_ENOUGH),
    Step.CLOSE_POLL: (d.POLL_STILL_OPEN, d.POLL_TIME_UP),
    Step.ESCALATE: (r.REASON,),
    Step.RECORD_DECISION: _DECISION,
    Step.SEND_BACK: (*_DECISION, d.DECISION_SENDS_BACK),
    Step.PUBLISH_NOTICE: _NOTICE,
    Step.SUSTAIN_OBJECTION: (o.SUSTAINED, r.REASON),
    Step.ADOPT: (*_PUBLICITY_DONE, w.NOT_OWNERS_MATTER, d.MEETING_HAS_DECIDED, *_PROMISES, o.TWO_PEOPLE),
    Step.HAND_TO_OWNERS: (*_PUBLICITY_DONE, w.OWNERS_MATTER, w.CONVENER, w.OWNERS_BY),
    Step.OWNERS_PASSED: (w.OWNERS_HAVE_PASSED, *_PROMISES),
    Step.OWNERS_FAILED: (w.OWNERS_HAVE_FAILED,),
    Step.CLOSE_UNCONVENED: (w.NOT_CONVENED, r.PAST_DUE),
    Step.PUBLISH_FEEDBACK: (o.ITEMS_DONE, o.ITEMS_PROVED, o.FEEDBACK_TEXT),
    Step.NOT_SOLVED: (r.REASON,),
    Step.EVALUATE: (o.EVALUATION_OVER, o.UNSOLVED_EXPLAINED),
    Step.ARCHIVE: (o.REPORTED_BACK,),
    Step.CORRECT: _CORRECTION,
    Step.CLOSE_CORRECTED: (r.REASON,),
    Step.SUSPEND: (r.REASON,),
    Step.RESUME: (r.IS_SUSPENDED,),
}

ASKED_FROM: dict[tuple[State, Step], tuple[Demand, ...]] = {
    (State.REJECTED_CONTENT, Step.EXPIRE): (r.NO_APPEAL_WAITS,),
    (State.OPINION_FORMED, Step.PUBLISH_NOTICE): _OPINION,
    (State.OPINION_FORMED, Step.REOPEN_DISCUSSION): (d.OPINION_UNCONFIRMED, d.REOPENED_ONCE, r.REASON),
    (State.VOTING, Step.PUBLISH_NOTICE): (d.POLL_CLOSED, d.SHORTFALL_SAID),
    (State.VOTING, Step.REOPEN_DISCUSSION): (d.POLL_CLOSED, d.POLL_REOPENABLE, r.REASON),
    (State.ESCALATED, Step.PUBLISH_NOTICE): (*_DECISION, d.DECISION_QUORUM, d.DECISION_STANDS),
}

GOES_ON_WHILE_SUSPENDED = frozenset({Step.RESUME, Step.CORRECT, Step.WITHDRAW})
# What has happened elsewhere and is only recorded here: a poll closed, owners decided, an objection was found right.
# Nobody takes these steps then, so that the matter stands still keeps none of it from having happened.
HAPPENED = frozenset(
    {
        Step.CLOSE_POLL,
        Step.OWNERS_PASSED,
        Step.OWNERS_FAILED,
        Step.SUSTAIN_OBJECTION,
        Step.RECORD_DECISION,
        Step.ANSWER_REDIRECT,
        Step.REFUSE_REDIRECT,
    }
)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a step still asks for, and who can supply it."""

    refusal: Refusal
    who_can_supply: Who


Check = demands.Check[Who]


def demands_of(state: State, step: Step) -> tuple[Demand, ...]:
    """Everything that this step may ask for from this state, in the order of the page."""
    common = () if step in GOES_ON_WHILE_SUSPENDED else (r.NOT_SUSPENDED,)
    return (*common, *ASKED_FROM.get((state, step), ()), *ASKED.get(step, ()))


def checklist(state: State, step: Step, facts: Facts) -> list[Check]:
    """What the rules ask for this step in this matter, each line ticked from the facts."""
    return demands.ticked(demands_of(state, step), facts)


def missing_for(state: State, step: Step, facts: Facts) -> list[Missing]:
    """Everything that still stands in the way of this step, with who can supply it; empty when it may happen."""
    if (state, step) not in COURSE:
        return [Missing(NOT_IN_COURSE, Who.SYSTEM)]
    return [Missing(line.refusal, line.who) for line in checklist(state, step, facts) if not line.is_met]


def next_state(state: State, step: Step, facts: Facts) -> State:
    """Where the step leads; raises `RuleViolation` with all that is missing, or that the course knows no such step."""
    missing = missing_for(state, step, facts)
    if missing:
        raise RuleViolation(*(lack.refusal for lack in missing))
    return COURSE[state, step]


def may_happen(state: State, step: Step, facts: Facts) -> bool:
    """Whether nothing stands in the way of the step today."""
    return not missing_for(state, step, facts)
