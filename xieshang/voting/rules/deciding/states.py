"""States and steps of an owners' decision (民法典第278条, 物业管理条例第11至20条, 业主大会和业主委员会指导规则)."""

from enum import StrEnum


class State(StrEnum):
    """Where a decision of the owners stands."""

    PROPOSED = "proposed"
    PARTY_CONSULTED = "party_consulted"
    ROSTER_OPEN = "roster_open"
    NOTICE = "notice"
    VOTING = "voting"
    COUNTING = "counting"
    PRELIM_PUBLICITY = "prelim_publicity"
    DECIDED = "decided"
    ANNOUNCED = "announced"
    WITHDRAWN = "withdrawn"
    ABORTED = "aborted"
    ANNULLED = "annulled"


class Step(StrEnum):
    """What moves a decision on, and what is done to it while it stays where it is."""

    # Moves.
    CONSULT = "consult"
    TAKE_BACK = "take_back"
    OPEN_ROLL = "open_roll"
    PUBLISH = "publish"
    OPEN = "open"
    CLOSE = "close"
    PUBLISH_COUNT = "publish_count"
    RECOUNT = "recount"
    DECIDE = "decide"
    ANNOUNCE = "announce"
    WITHDRAW = "withdraw"
    ABORT = "abort"
    ANNUL = "annul"
    # Acts that stay in the state.
    REDRAFT = "redraft"
    CONFIRM_CLASS = "confirm_class"
    GIVE_OPINION = "give_opinion"
    PUBLISH_ROLL = "publish_roll"
    FREEZE_ROLL = "freeze_roll"
    EXTEND = "extend"
    ENTER_RESULT = "enter_result"
    SIGN_COUNT = "sign_count"
    CORRECT = "correct"


ENDS = frozenset({State.ANNOUNCED, State.WITHDRAWN, State.ABORTED, State.ANNULLED})
OPEN_ROLL = frozenset({State.ROSTER_OPEN})
# From the notice on nothing of text, options, roll, rule or window changes any more.
FIXED = frozenset(State) - {State.PROPOSED, State.PARTY_CONSULTED, State.ROSTER_OPEN, State.WITHDRAWN}
# Seen by everybody who may know of the place's votes; before that by the convener, the committee and the Party.
SHOWN_TO_ALL = FIXED
