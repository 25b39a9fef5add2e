"""The course of 四议两公开 as one table. No step is skipped; a “no” ends the draft."""

from enum import StrEnum

from xieshang.matters.rules import Audience

from .stages import Stage


class State(StrEnum):
    """How far it has come: named by the step that was taken last."""

    BEGUN = "begun"
    PROPOSED = "proposed"
    DISCUSSED = "discussed"
    REVIEWED = "reviewed"
    RESOLVED = "resolved"
    RESOLUTION_PUBLISHED = "published"
    IMPLEMENTING = "implementing"
    RESULT_PUBLISHED = "done"
    # The villagers' meeting said no: this draft is finished for good.
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What moves it on."""

    PROPOSE = "propose"
    DISCUSS = "discuss"
    REVIEW = "review"
    RESOLVE = "resolve"
    SAY_NO = "say_no"
    PUBLISH_RESOLUTION = "publish_resolution"
    SUSTAIN_OBJECTION = "sustain_objection"
    START = "start"
    ENTER_ACCOUNT = "enter_account"
    PASS_CHECK = "pass_check"
    FAIL_CHECK = "fail_check"
    PUBLISH_RESULT = "publish_result"
    WITHDRAW = "withdraw"


class Who(StrEnum):
    """Who takes a step, and who supplies what is missing for it."""

    SECRETARY = "secretary"
    COMMITTEE = "committee"
    SUPERVISORS = "supervisors"
    RESPONSIBLE = "responsible"
    SYSTEM = "system"


S = State
COURSE: dict[tuple[State, Step], State] = {
    (S.BEGUN, Step.PROPOSE): S.PROPOSED,
    (S.PROPOSED, Step.DISCUSS): S.DISCUSSED,
    (S.DISCUSSED, Step.REVIEW): S.REVIEWED,
    (S.REVIEWED, Step.RESOLVE): S.RESOLVED,
    # Before the villagers have spoken, the branch may propose another draft; what they refuse is refused.
    (S.BEGUN, Step.SAY_NO): S.BEGUN,
    (S.PROPOSED, Step.SAY_NO): S.BEGUN,
    (S.DISCUSSED, Step.SAY_NO): S.BEGUN,
    (S.REVIEWED, Step.SAY_NO): S.REFUSED,
    (S.RESOLVED, Step.PUBLISH_RESOLUTION): S.RESOLUTION_PUBLISHED,
    (S.RESOLUTION_PUBLISHED, Step.SUSTAIN_OBJECTION): S.BEGUN,
    (S.RESOLUTION_PUBLISHED, Step.START): S.IMPLEMENTING,
    (S.IMPLEMENTING, Step.ENTER_ACCOUNT): S.IMPLEMENTING,
    (S.IMPLEMENTING, Step.PASS_CHECK): S.IMPLEMENTING,
    (S.IMPLEMENTING, Step.FAIL_CHECK): S.IMPLEMENTING,
    (S.IMPLEMENTING, Step.PUBLISH_RESULT): S.RESULT_PUBLISHED,
    **{(state, Step.WITHDRAW): S.WITHDRAWN for state in (S.BEGUN, S.PROPOSED, S.DISCUSSED, S.REVIEWED)},
}
ENDS = frozenset({S.RESULT_PUBLISHED, S.REFUSED, S.WITHDRAWN})
# The step of the six at which one stands, to be taken next.
STAGE_OF: dict[State, Stage] = {
    S.BEGUN: Stage.PROPOSAL,
    S.PROPOSED: Stage.DISCUSSION,
    S.DISCUSSED: Stage.REVIEW,
    S.REVIEWED: Stage.RESOLUTION,
    S.RESOLVED: Stage.DISCLOSURE,
    S.RESOLUTION_PUBLISHED: Stage.DISCLOSURE,
    S.IMPLEMENTING: Stage.RESULT,
}
# Which step a recorded meeting takes when it said yes.
YES: dict[Stage, Step] = {
    Stage.PROPOSAL: Step.PROPOSE,
    Stage.DISCUSSION: Step.DISCUSS,
    Stage.REVIEW: Step.REVIEW,
    Stage.RESOLUTION: Step.RESOLVE,
}
NOS = {state for state, step in COURSE if step == Step.SAY_NO}
WHO: dict[Step, Who] = {
    Step.PROPOSE: Who.SECRETARY,
    Step.DISCUSS: Who.COMMITTEE,
    Step.REVIEW: Who.SECRETARY,
    Step.RESOLVE: Who.COMMITTEE,
    Step.SAY_NO: Who.COMMITTEE,
    Step.PUBLISH_RESOLUTION: Who.SECRETARY,
    Step.SUSTAIN_OBJECTION: Who.SYSTEM,
    Step.START: Who.COMMITTEE,
    Step.ENTER_ACCOUNT: Who.COMMITTEE,
    Step.PASS_CHECK: Who.SUPERVISORS,
    Step.FAIL_CHECK: Who.SUPERVISORS,
    Step.PUBLISH_RESULT: Who.COMMITTEE,
    Step.WITHDRAW: Who.SECRETARY,
}


def possible_steps(state: State) -> tuple[Step, ...]:
    """The steps that the table knows from this state, in the order of the course."""
    return tuple(step for step in Step if (state, step) in COURSE)


def is_open(state: State) -> bool:
    """Whether something can still happen."""
    return state not in ENDS


def audience_of(state: State, *, was_proposed: bool) -> Audience:
    """Who may know of it: the offices until the branch has proposed it, then the place; all, from the resolution on."""
    if state in {S.RESOLUTION_PUBLISHED, S.IMPLEMENTING, S.RESULT_PUBLISHED}:
        return Audience.PUBLIC
    return Audience.PLACE if was_proposed else Audience.OFFICERS
