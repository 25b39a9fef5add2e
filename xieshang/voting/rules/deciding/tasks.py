"""What waits for somebody in an owners' decision: the next step of the course, and what else asks for a hand."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .facts import first_day_after
from .states import State


class Task(StrEnum):
    """One thing that waits. Its name is the permission it takes where no other is named."""

    CONFIRM_CLASS = "confirm_class"
    CONSULT = "consult"
    GIVE_OPINION = "give_opinion"
    OPEN_ROLL = "open_roll"
    PUBLISH_ROLL = "publish_roll"
    ANSWER_ROLL = "answer_roll_objection"
    CONFIRM_CHANGE = "answer_roll_change"
    FREEZE_ROLL = "freeze_roll"
    PUBLISH = "publish_decision"
    ANSWER_SIGNATURE = "answer_signature"
    CONFIRM_SUCCESSION = "confirm_succession"
    JUDGE_PROXY = "accept_proxy"
    SETTLE_DISPUTE = "settle_dispute"
    SETTLE_CONFLICT = "settle_conflict"
    KEY_PAPER = "key_paper"
    ENTER_RESULT = "enter_result"
    COUNT = "count"
    SIGN_COUNT = "sign_count"
    PUBLISH_COUNT = "publish_count"
    ANSWER_OBJECTION = "answer_objection"
    RECOUNT = "recount"
    ANNOUNCE = "announce"


@dataclass(frozen=True, slots=True)
class Situation:
    """How a decision stands on one day, for one person: what that person has begun does not wait for them again."""

    state: State
    today: date
    # What this person drafted waits for another human being.
    is_mine: bool = False
    class_is_confirmed: bool = False
    opinion_is_given: bool = False
    opinion_due: date | None = None
    roll_is_published: bool = False
    roll_is_frozen: bool = False
    roll_last_day: date | None = None
    roll_objections: int = 0
    # Asked by somebody else than this person.
    roll_changes: int = 0
    signatures: int = 0
    successions: int = 0
    proxies: int = 0
    disputes: int = 0
    conflicts: int = 0
    # Not read by this person, and all that were not read by two alike.
    papers_unread: int = 0
    papers: int = 0
    # The place demands its own platform; its result is entered and waits for the second person.
    is_official: bool = False
    is_entered: bool = False
    is_counted: bool = False
    sheet_is_signed: bool = False
    objections: int = 0
    sustained: int = 0


def tasks_of(s: Situation) -> list[Task]:
    """What waits, in the order in which it is done."""
    return [*_of_course(s), *_beside(s)]


def _of_course(s: Situation) -> list[Task]:
    """What the course waits for; nothing where time goes on by itself."""
    found = {
        State.PROPOSED: _proposed,
        State.PARTY_CONSULTED: _consulted,
        State.ROSTER_OPEN: _roster,
        State.COUNTING: _counting,
        State.PRELIM_PUBLICITY: _publicity,
        State.DECIDED: _decided,
    }.get(s.state)
    return found(s) if found else []


def _proposed(s: Situation) -> list[Task]:
    if s.class_is_confirmed:
        return [Task.CONSULT]
    return [] if s.is_mine else [Task.CONFIRM_CLASS]


def _consulted(s: Situation) -> list[Task]:
    if s.opinion_is_given:
        return [Task.OPEN_ROLL]
    is_silent = s.opinion_due is not None and s.today > s.opinion_due
    return [Task.OPEN_ROLL, Task.GIVE_OPINION] if is_silent else [Task.GIVE_OPINION]


def _roster(s: Situation) -> list[Task]:
    if s.roll_is_frozen:
        return [Task.PUBLISH]
    if not s.roll_is_published:
        return [Task.PUBLISH_ROLL]
    if s.roll_objections or s.roll_changes:
        return []
    return [Task.FREEZE_ROLL] if s.roll_last_day is not None and s.today > s.roll_last_day else []


def _counting(s: Situation) -> list[Task]:
    if s.is_official:
        return [Task.PUBLISH_COUNT] if s.is_counted else [] if s.is_entered else [Task.ENTER_RESULT]
    if s.papers:
        return [Task.KEY_PAPER] if s.papers_unread else []
    if s.conflicts or s.disputes:
        return []
    if not s.is_counted:
        return [Task.COUNT]
    return [Task.PUBLISH_COUNT] if s.sheet_is_signed else [Task.SIGN_COUNT]


def _publicity(s: Situation) -> list[Task]:
    return [Task.RECOUNT] if s.sustained else []


def _decided(_s: Situation) -> list[Task]:
    return [Task.ANNOUNCE]


def _beside(s: Situation) -> list[Task]:
    """What asks for a hand beside the course."""
    waiting = (
        (Task.ANSWER_ROLL, s.roll_objections),
        (Task.CONFIRM_CHANGE, s.roll_changes),
        (Task.ANSWER_SIGNATURE, s.signatures),
        (Task.CONFIRM_SUCCESSION, s.successions),
        (Task.JUDGE_PROXY, s.proxies),
        (Task.SETTLE_DISPUTE, s.disputes),
        (Task.SETTLE_CONFLICT, s.conflicts),
        (Task.ANSWER_OBJECTION, s.objections),
    )
    return [task for task, number in waiting if number]


def publish_by(opens_on: date | None, notice_days: int) -> date | None:
    """The last day on which the notice may go out if the vote is to open on the day that was planned."""
    if opens_on is None:
        return None
    day = opens_on - timedelta(days=notice_days + 1)
    while first_day_after(day, notice_days) > opens_on:
        day -= timedelta(days=1)
    return day
