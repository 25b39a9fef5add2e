"""The words of the course of a coordination thread: states, steps, sides, parts, and who is asked for what."""

from enum import StrEnum


class State(StrEnum):
    """Where a thread is, in the order of the joint meeting's procedure (三方联席会议); the last six end it."""

    RAISED = "raised"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    POSITIONS = "positions"
    MEETING = "meeting"
    MINUTES_DRAFT = "minutes_draft"
    CONFIRMED = "confirmed"
    ACTIONS = "actions"
    VERIFIED = "verified"
    CLOSED = "closed"
    ESCALATED = "escalated"
    TO_OWNERS = "to_owners"
    MEDIATION = "mediation"
    LEGAL = "legal"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """One verb per move; `adjourn` records and leaves the state as it is."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    ASSIGN = "assign"
    ASK_POSITIONS = "ask_positions"
    CALL_MEETING = "call_meeting"
    ADJOURN = "adjourn"
    DRAFT_MINUTES = "draft_minutes"
    CONFIRM = "confirm"
    TALK_AGAIN = "talk_again"
    START_ACTIONS = "start_actions"
    VERIFY = "verify"
    NOT_SOLVED = "not_solved"
    CLOSE = "close"
    ESCALATE = "escalate"
    HAND_TO_OWNERS = "hand_to_owners"
    MEDIATE = "mediate"
    GO_TO_LAW = "go_to_law"
    SEND_BACK = "send_back"
    OWNERS_PASSED = "owners_passed"
    OWNERS_FAILED = "owners_failed"
    SETTLE = "settle"


class Who(StrEnum):
    """The sort of actor that takes a step or supplies what is missing."""

    RAISER = "raiser"
    CONVENOR = "convenor"
    COMMITTEE = "committee"
    SIDES = "sides"
    STREET = "street"
    RESIDENTS = "residents"
    SYSTEM = "system"


class SideKind(StrEnum):
    """The three sides of an estate, and whoever else is asked to the table."""

    COMMITTEE = "committee"
    OWNERS = "owners"
    COMPANY = "company"
    INVITED = "invited"


class SideRole(StrEnum):
    """What a side has to do in a thread."""

    NONE = ""
    LEAD = "lead"
    ASSIST = "assist"


class Part(StrEnum):
    """Who reads an entry: the residents too, or only the sides and those above."""

    PUBLIC = "public"
    WORKING = "working"


class EntryKind(StrEnum):
    """What an entry is: the side's position, or something said besides."""

    POSITION = "position"
    WORD = "word"


class Via(StrEnum):
    """By which way a side spoke: in its own account, by a stamped letter that was entered for it, by a guest's link."""

    ACCOUNT = "account"
    LETTER = "letter"
    GUEST = "guest"


class CoverKind(StrEnum):
    """Why words are covered for residents."""

    PERSONAL = "personal"
    SECRET = "secret"


class Origin(StrEnum):
    """Where a side bound itself: beside its position, when asked, in its letter, or in minutes that it signed."""

    POSITION = "position"
    ASKED = "asked"
    LETTER = "letter"
    MINUTES = "minutes"


STANDING = (SideKind.COMMITTEE, SideKind.OWNERS, SideKind.COMPANY)
HANDED_ON = frozenset({State.ESCALATED, State.TO_OWNERS, State.MEDIATION, State.LEGAL})
ENDS = frozenset({State.CLOSED, State.DECLINED, State.WITHDRAWN})
# From acceptance on the sides speak; what comes after the day asked for is late.
SPEAKABLE = frozenset(State) - ENDS - {State.RAISED}
# In these a side may bind itself to something by a day.
PROMISABLE = frozenset(
    {
        State.ASSIGNED,
        State.POSITIONS,
        State.MEETING,
        State.MINUTES_DRAFT,
        State.CONFIRMED,
        State.ACTIONS,
        State.ESCALATED,
    }
)
