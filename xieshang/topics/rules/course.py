"""The course of a topic as one table, who takes which step, and which steps time takes by itself."""

from .states import ENDS, State, Step, Who

S = State
MOVES: dict[tuple[State, Step], State] = {
    (S.DRAFT, Step.SUBMIT): S.SUBMITTED,
    (S.DRAFT, Step.WITHDRAW): S.WITHDRAWN,
    (S.SUBMITTED, Step.ADMIT): S.SCREENING,
    (S.SUBMITTED, Step.REJECT_CONTENT): S.REJECTED_CONTENT,
    (S.SUBMITTED, Step.WITHDRAW): S.WITHDRAWN,
    (S.REJECTED_CONTENT, Step.UPHOLD_APPEAL): S.SCREENING,
    (S.REJECTED_CONTENT, Step.DISMISS_APPEAL): S.WITHDRAWN,
    (S.REJECTED_CONTENT, Step.EXPIRE): S.WITHDRAWN,
    (S.SCREENING, Step.ACCEPT): S.PARTY_REVIEW,
    (S.SCREENING, Step.DISPATCH): S.DISPATCHED,
    (S.SCREENING, Step.REDIRECT): S.REDIRECTED,
    (S.SCREENING, Step.RETURN_TO_AUTHOR): S.RETURNED,
    (S.SCREENING, Step.MERGE): S.MERGED,
    (S.SCREENING, Step.WITHDRAW): S.WITHDRAWN,
    (S.DISPATCHED, Step.REPORT_HANDLED): S.HANDLED,
    (S.HANDLED, Step.CONFIRM_SOLVED): S.EVALUATED,
    (S.HANDLED, Step.TAKE_AS_SOLVED): S.EVALUATED,
    (S.HANDLED, Step.REPORT_UNSOLVED): S.SCREENING,
    (S.REDIRECTED, Step.ANSWER_REDIRECT): S.CLOSED,
    (S.REDIRECTED, Step.REFUSE_REDIRECT): S.SCREENING,
    (S.RETURNED, Step.MEND): S.DRAFT,
    (S.RETURNED, Step.EXPIRE): S.WITHDRAWN,
    (S.PARTY_REVIEW, Step.ANNOUNCE): S.ANNOUNCED,
    (S.PARTY_REVIEW, Step.PARTY_RETURN): S.RETURNED,
    (S.PARTY_REVIEW, Step.WITHDRAW): S.WITHDRAWN,
    (S.ANNOUNCED, Step.OPEN_DISCUSSION): S.DELIBERATING,
    (S.DELIBERATING, Step.FORM_OPINION): S.OPINION_FORMED,
    (S.DELIBERATING, Step.ESCALATE): S.ESCALATED,
    (S.OPINION_FORMED, Step.OPEN_POLL): S.VOTING,
    (S.OPINION_FORMED, Step.PUBLISH_NOTICE): S.PUBLICITY,
    (S.OPINION_FORMED, Step.ESCALATE): S.ESCALATED,
    (S.OPINION_FORMED, Step.REOPEN_DISCUSSION): S.DELIBERATING,
    (S.VOTING, Step.PUBLISH_NOTICE): S.PUBLICITY,
    (S.VOTING, Step.REOPEN_DISCUSSION): S.DELIBERATING,
    (S.ESCALATED, Step.PUBLISH_NOTICE): S.PUBLICITY,
    (S.ESCALATED, Step.SEND_BACK): S.DELIBERATING,
    (S.PUBLICITY, Step.ADOPT): S.ADOPTED,
    (S.PUBLICITY, Step.HAND_TO_OWNERS): S.TO_OWNERS,
    (S.PUBLICITY, Step.SUSTAIN_OBJECTION): S.OPINION_FORMED,
    (S.PUBLICITY, Step.CORRECT): S.CORRECTED,
    (S.TO_OWNERS, Step.OWNERS_PASSED): S.IMPLEMENTING,
    (S.TO_OWNERS, Step.OWNERS_FAILED): S.CLOSED,
    (S.TO_OWNERS, Step.CLOSE_UNCONVENED): S.CLOSED,
    (S.ADOPTED, Step.START_IMPLEMENTING): S.IMPLEMENTING,
    (S.ADOPTED, Step.CORRECT): S.CORRECTED,
    (S.IMPLEMENTING, Step.PUBLISH_FEEDBACK): S.FEEDBACK,
    (S.IMPLEMENTING, Step.CORRECT): S.CORRECTED,
    (S.FEEDBACK, Step.EVALUATE): S.EVALUATED,
    (S.FEEDBACK, Step.NOT_SOLVED): S.IMPLEMENTING,
    (S.EVALUATED, Step.ARCHIVE): S.ARCHIVED,
    (S.CORRECTED, Step.REDO_OPINION): S.OPINION_FORMED,
    (S.CORRECTED, Step.CLOSE_CORRECTED): S.CLOSED,
}

RECORDS: dict[State, frozenset[Step]] = {
    S.REJECTED_CONTENT: frozenset({Step.APPEAL}),
    S.PARTY_REVIEW: frozenset({Step.AGREE, Step.RECORD_NO_ANSWER}),
    S.OPINION_FORMED: frozenset({Step.REVISE_OPINION, Step.CONFIRM_OPINION}),
    S.VOTING: frozenset({Step.CLOSE_POLL}),
    S.ESCALATED: frozenset({Step.RECORD_DECISION}),
}

STOPPABLE = frozenset(State) - ENDS - {S.DRAFT, S.REJECTED_CONTENT}

COURSE: dict[tuple[State, Step], State] = {
    **MOVES,
    **{(state, step): state for state, steps in RECORDS.items() for step in sorted(steps)},
    **{(state, step): state for state in State if state in STOPPABLE for step in (Step.SUSPEND, Step.RESUME)},
}

# What may be done beside the steps, and in which states; by which permission, where it goes by another name.
ACTS: dict[str, frozenset[State]] = {
    "record_session": frozenset({S.DELIBERATING}),
    "attach_minutes": frozenset({S.DELIBERATING}),
    "add_material": frozenset({S.PARTY_REVIEW, S.ANNOUNCED, S.DELIBERATING, S.OPINION_FORMED}),
    "set_item": frozenset({S.OPINION_FORMED, S.PUBLICITY, S.TO_OWNERS, S.IMPLEMENTING}),
    "plan": frozenset({S.PUBLICITY, S.TO_OWNERS}),
    "plan_owners": frozenset({S.OPINION_FORMED, S.VOTING, S.ESCALATED}),
    "explain": frozenset({S.FEEDBACK}),
    "agree_withdrawal": frozenset({S.SCREENING, S.PARTY_REVIEW}),
    "entrust": frozenset({S.SCREENING, S.PARTY_REVIEW, S.ANNOUNCED, S.DELIBERATING}),
    "report": frozenset({S.FEEDBACK, S.EVALUATED}),
    "widen": frozenset({S.SCREENING, S.PARTY_REVIEW}),
    "set_circle": frozenset({S.SCREENING, S.PARTY_REVIEW}),
    "extend": frozenset(State) - {S.ARCHIVED, S.CLOSED, S.MERGED, S.WITHDRAWN, S.DRAFT},
}
PERMIT_OF = {"set_item": "set_items", "plan_owners": "plan", "set_circle": "plan"}
PERMIT_OF |= dict.fromkeys(("attach_minutes", "add_material"), "record_session")

TIMED: dict[State, Step] = {
    S.REJECTED_CONTENT: Step.EXPIRE,
    S.RETURNED: Step.EXPIRE,
    S.HANDLED: Step.TAKE_AS_SOLVED,
    S.PARTY_REVIEW: Step.RECORD_NO_ANSWER,
    S.ANNOUNCED: Step.OPEN_DISCUSSION,
    S.VOTING: Step.CLOSE_POLL,
    S.TO_OWNERS: Step.CLOSE_UNCONVENED,
    S.ADOPTED: Step.START_IMPLEMENTING,
    S.FEEDBACK: Step.EVALUATE,
    S.EVALUATED: Step.ARCHIVE,
}

_COMMITTEE = frozenset({Who.COMMITTEE})
WHO: dict[Step, frozenset[Who]] = {
    Step.SUBMIT: frozenset({Who.AUTHOR}),
    Step.WITHDRAW: frozenset({Who.AUTHOR}),
    Step.MEND: frozenset({Who.AUTHOR}),
    Step.APPEAL: frozenset({Who.AUTHOR}),
    Step.ADMIT: frozenset({Who.COMMITTEE, Who.SYSTEM}),
    Step.CONFIRM_SOLVED: frozenset({Who.AUTHOR, Who.RESIDENTS}),
    Step.REPORT_UNSOLVED: frozenset({Who.AUTHOR, Who.RESIDENTS}),
    Step.REPORT_HANDLED: frozenset({Who.RESPONSIBLE, Who.COMMITTEE}),
    Step.ANSWER_REDIRECT: frozenset({Who.RECEIVER, Who.COMMITTEE}),
    Step.REFUSE_REDIRECT: frozenset({Who.RECEIVER, Who.COMMITTEE}),
    Step.AGREE: frozenset({Who.SECRETARY, Who.STREET}),
    Step.PARTY_RETURN: frozenset({Who.SECRETARY, Who.STREET}),
    Step.OPEN_DISCUSSION: frozenset({Who.COMMITTEE, Who.SYSTEM}),
    Step.CONFIRM_OPINION: frozenset({Who.PARTIES, Who.COMMITTEE}),
    Step.PUBLISH_NOTICE: frozenset({Who.SECRETARY}),
    Step.ADOPT: frozenset({Who.SECRETARY}),
    Step.CORRECT: frozenset({Who.STREET}),
    Step.CLOSE_CORRECTED: frozenset({Who.COMMITTEE, Who.STREET}),
    Step.OWNERS_PASSED: frozenset({Who.CONVENER, Who.COMMITTEE}),
    Step.OWNERS_FAILED: frozenset({Who.CONVENER, Who.COMMITTEE}),
    Step.START_IMPLEMENTING: frozenset({Who.SYSTEM}),
    Step.EVALUATE: frozenset({Who.COMMITTEE, Who.SYSTEM}),
    Step.ARCHIVE: frozenset({Who.COMMITTEE, Who.SYSTEM}),
    Step.EXPIRE: frozenset({Who.SYSTEM}),
    Step.TAKE_AS_SOLVED: frozenset({Who.SYSTEM}),
    Step.RECORD_NO_ANSWER: frozenset({Who.SYSTEM}),
    Step.CLOSE_POLL: frozenset({Who.SYSTEM}),
    Step.CLOSE_UNCONVENED: frozenset({Who.SYSTEM}),
    **dict.fromkeys(
        (
            Step.REJECT_CONTENT,
            Step.UPHOLD_APPEAL,
            Step.DISMISS_APPEAL,
            Step.ACCEPT,
            Step.DISPATCH,
            Step.REDIRECT,
            Step.RETURN_TO_AUTHOR,
            Step.MERGE,
            Step.ANNOUNCE,
            Step.FORM_OPINION,
            Step.REVISE_OPINION,
            Step.REOPEN_DISCUSSION,
            Step.OPEN_POLL,
            Step.ESCALATE,
            Step.RECORD_DECISION,
            Step.SEND_BACK,
            Step.SUSTAIN_OBJECTION,
            Step.HAND_TO_OWNERS,
            Step.PUBLISH_FEEDBACK,
            Step.NOT_SOLVED,
            Step.REDO_OPINION,
            Step.SUSPEND,
            Step.RESUME,
        ),
        _COMMITTEE,
    ),
}


def possible_steps(state: State) -> tuple[Step, ...]:
    """The steps that the table knows from this state, in the order of the course; guards not asked."""
    return tuple(step for step in Step if (state, step) in COURSE)


def is_open(state: State) -> bool:
    """Whether something can still happen to the topic."""
    return state not in ENDS
