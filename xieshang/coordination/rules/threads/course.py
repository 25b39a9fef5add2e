"""The course of a thread as one table, and who takes which step."""

from .states import ENDS, State, Step, Who

S = State
_TALKED = (S.POSITIONS, S.MEETING, S.MINUTES_DRAFT, S.CONFIRMED, S.ACTIONS)
MOVES: dict[tuple[State, Step], State] = {
    (S.RAISED, Step.ACCEPT): S.ACCEPTED,
    (S.RAISED, Step.DECLINE): S.DECLINED,
    (S.RAISED, Step.WITHDRAW): S.WITHDRAWN,
    (S.ACCEPTED, Step.ASSIGN): S.ASSIGNED,
    (S.ASSIGNED, Step.ASK_POSITIONS): S.POSITIONS,
    (S.POSITIONS, Step.CALL_MEETING): S.MEETING,
    (S.MEETING, Step.DRAFT_MINUTES): S.MINUTES_DRAFT,
    # The meeting was called off.
    (S.MEETING, Step.TALK_AGAIN): S.POSITIONS,
    (S.MINUTES_DRAFT, Step.CONFIRM): S.CONFIRMED,
    (S.CONFIRMED, Step.START_ACTIONS): S.ACTIONS,
    (S.CONFIRMED, Step.TALK_AGAIN): S.POSITIONS,
    (S.ACTIONS, Step.VERIFY): S.VERIFIED,
    (S.VERIFIED, Step.NOT_SOLVED): S.ACTIONS,
    (S.VERIFIED, Step.CLOSE): S.CLOSED,
    **{(state, Step.ESCALATE): S.ESCALATED for state in _TALKED},
    **{(state, Step.HAND_TO_OWNERS): S.TO_OWNERS for state in (S.ACCEPTED, S.ASSIGNED, *_TALKED)},
    **{(state, Step.MEDIATE): S.MEDIATION for state in (*_TALKED, S.ESCALATED)},
    **{(state, Step.GO_TO_LAW): S.LEGAL for state in (*_TALKED, S.ESCALATED, S.MEDIATION)},
    (S.ESCALATED, Step.SEND_BACK): S.POSITIONS,
    (S.ESCALATED, Step.SETTLE): S.CLOSED,
    (S.MEDIATION, Step.SEND_BACK): S.POSITIONS,
    (S.MEDIATION, Step.SETTLE): S.CLOSED,
    (S.LEGAL, Step.SETTLE): S.CLOSED,
    (S.TO_OWNERS, Step.OWNERS_PASSED): S.ACTIONS,
    (S.TO_OWNERS, Step.OWNERS_FAILED): S.CLOSED,
}
RECORDS: dict[State, frozenset[Step]] = {S.MEETING: frozenset({Step.ADJOURN})}
COURSE: dict[tuple[State, Step], State] = {
    **MOVES,
    **{(state, step): state for state, steps in RECORDS.items() for step in steps},
}
# What time does by itself once the day of the state has gone by.
TIMED: dict[State, Step] = {S.VERIFIED: Step.CLOSE}

_CONVENOR = frozenset({Who.CONVENOR})
WHO: dict[Step, frozenset[Who]] = {
    **dict.fromkeys(Step, _CONVENOR),
    Step.WITHDRAW: frozenset({Who.RAISER}),
    # The meeting itself is kept in `meetings`, its minutes are signed there.
    **dict.fromkeys((Step.ADJOURN, Step.DRAFT_MINUTES, Step.CONFIRM), frozenset({Who.SYSTEM})),
    Step.VERIFY: frozenset({Who.COMMITTEE}),
    # Time takes it too, where residents have rated it so.
    Step.NOT_SOLVED: frozenset({Who.COMMITTEE, Who.CONVENOR, Who.SYSTEM}),
    Step.CLOSE: frozenset({Who.CONVENOR, Who.SYSTEM}),
    Step.SEND_BACK: frozenset({Who.STREET, Who.CONVENOR}),
    Step.SETTLE: frozenset({Who.STREET, Who.CONVENOR}),
    Step.OWNERS_PASSED: frozenset({Who.CONVENOR, Who.SYSTEM}),
    Step.OWNERS_FAILED: frozenset({Who.CONVENOR, Who.SYSTEM}),
}


def possible_steps(state: State) -> tuple[Step, ...]:
    """The steps that the table knows from this state, in the order of the course; guards not asked."""
    return tuple(step for step in Step if (state, step) in COURSE)


def is_open(state: State) -> bool:
    """Whether something can still happen to the thread."""
    return state not in ENDS
