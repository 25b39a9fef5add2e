"""Motions: when one may be put to the room, what it needs, who is asked. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.voting.rules import Base as VotingBase
from xieshang.voting.rules import Share as VotingShare
from xieshang.voting.rules.room import RoomRule, Seat

from .course import State
from .kinds import KINDS, Base, MeetingKind, Of
from .settings import majority_share, source_of


class MotionState(StrEnum):
    """Where a motion stands."""

    DRAFTED = "drafted"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class MotionStep(StrEnum):
    """What moves a motion on."""

    PUT = "put"
    COUNT = "count"
    WITHDRAW = "withdraw"


class MotionWay(StrEnum):
    """How the room votes: by phone with hands of those without one, by hands alone, or in secret."""

    PHONES = "phones"
    HANDS = "hands"
    SECRET = "secret"


MOTION_COURSE: dict[tuple[MotionState, MotionStep], MotionState] = {
    (MotionState.DRAFTED, MotionStep.PUT): MotionState.OPEN,
    (MotionState.OPEN, MotionStep.COUNT): MotionState.CLOSED,
    (MotionState.DRAFTED, MotionStep.WITHDRAW): MotionState.WITHDRAWN,
}

NOT_ON_AGENDA = Refusal("motion_not_on_agenda", _("会上只能表决通知里列进议程的事。要表决别的，请列进下一次会议。"))
NOT_ANNOUNCED = Refusal(
    "motion_not_announced", _("“{item}”在通知里没有写要表决，这次只能讨论。要表决，请在下一次会议的通知里写明。")
)
NO_WORDS = Refusal("motion_without_words", _("请写清楚要大家表决的是什么，让人能用“同意”或者“不同意”来答。"))
NOT_IN_SESSION = Refusal("motion_not_in_session", _("会议正在开的时候才能表决。"))
NOT_VOTED_HERE = Refusal(
    "motion_not_voted_here", _("这种会议不在平台上表决：党的会议在会场举手或投票，这里只登记日期、人数和结果。")
)
ONE_AT_A_TIME = Refusal("motion_one_at_a_time", _("还有一项正在表决，请先计票，一次只表决一项。"))
TOO_FEW_NOW = Refusal("motion_too_few", _("现在到会的人数不够，不能表决。请等人回来，或者改日再开。"))
OUT_OF_MOTION = Refusal("motion_out_of_course", _("这项表决现在走不到这一步，请刷新页面看看。"))
MINUTES_SIGNED = Refusal(
    "motion_minutes_signed", _("纪要已经有人签字，不能再改票数。确实数错的，请在纪要后面补充说明。")
)
SOURCE_OF_SIDES = _("三方联席会议协商一致，不以票数压人")


def next_motion_state(state: MotionState, step: MotionStep) -> MotionState:
    """Where a step leads; RuleViolation where it leads nowhere."""
    if (state, step) not in MOTION_COURSE:
        raise RuleViolation(OUT_OF_MOTION)
    return MOTION_COURSE[state, step]


def may_vote(kind: MeetingKind) -> bool:
    """Whether anything is put to the room: where bodies sit as sides they agree or do not, a Party meeting never."""
    return KINDS[kind].decides or KINDS[kind].bases == (Base.SIDES,)


@dataclass(frozen=True, slots=True)
class Asked:
    """A motion as somebody wants to bring it: under which item of the agenda, in which words."""

    kind: MeetingKind
    words: str
    item: str | None
    item_is_voted: bool


def require_motion(asked: Asked) -> None:
    """Only what the notice named is put to a vote; RuleViolation with all that is wrong."""
    wrong: list[Refusal] = []
    if not may_vote(asked.kind):
        raise RuleViolation(NOT_VOTED_HERE)
    if not asked.words.strip():
        wrong.append(NO_WORDS)
    if asked.item is None:
        wrong.append(NOT_ON_AGENDA)
    elif KINDS[asked.kind].decides and not asked.item_is_voted:
        wrong.append(Refusal(NOT_ANNOUNCED.code, NOT_ANNOUNCED.sentence.format(item=asked.item)))
    if wrong:
        raise RuleViolation(*wrong)


def require_put(state: MotionState, meeting: State, *, another_open: bool, has_quorum: bool) -> MotionState:
    """A motion is put in session, one at a time, while enough are there."""
    after = next_motion_state(state, MotionStep.PUT)
    if meeting != State.OPEN:
        raise RuleViolation(NOT_IN_SESSION)
    if another_open:
        raise RuleViolation(ONE_AT_A_TIME)
    if not has_quorum:
        raise RuleViolation(TOO_FEW_NOW)
    return after


# What one vote of a motion stands for.
BASES = {
    Base.PERSONS: VotingBase.PERSON,
    Base.HOUSEHOLDS: VotingBase.HOUSEHOLD,
    Base.MEMBERS: VotingBase.PERSON,
    Base.SIDES: VotingBase.SIDE,
    Base.OPEN: VotingBase.PERSON,
}
# Meetings whose motions are opinions, not decisions of a body.
ADVICE = frozenset({MeetingKind.CONSULTATION, MeetingKind.HEARING})


def rule_of_motion(
    kind: MeetingKind, base: Base, values: Mapping[str, object], *, expected: int | None, present: int
) -> RoomRule:
    """Which share of whom must agree: by the table of kinds; among sides all that are there."""
    entitled = max(expected or present, present, 1)
    if base == Base.SIDES:
        return RoomRule(VotingShare(Fraction(1), is_enough=True), False, entitled, present, SOURCE_OF_SIDES)
    wanted = majority_share(values, kind)
    if wanted is None:
        raise RuleViolation(NOT_VOTED_HERE)
    share = VotingShare(wanted.part, is_enough=not wanted.over)
    is_of_all = KINDS[kind].of == Of.ALL
    return RoomRule(share, is_of_all, entitled, present, source_of(f"majority_{kind}"))


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who signed in and counts: as whom, and whose phone votes for them."""

    person_id: int | None
    household_id: int | None
    side_id: int | None
    name: str
    voter_id: int | None


def seats_of(base: Base, people: Iterable[Present]) -> list[Seat]:
    """One right for each person, household or side that is there; a side's is held by all who came for it."""
    if base != Base.SIDES:
        return [
            Seat(
                None if base == Base.HOUSEHOLDS else one.person_id,
                one.household_id if base == Base.HOUSEHOLDS else None,
                one.name,
                (one.voter_id,) if one.voter_id else (),
            )
            for one in people
        ]
    sides: dict[int, tuple[str, list[int]]] = {}
    for one in people:
        if one.side_id is None:
            continue
        _name, holders = sides.setdefault(one.side_id, (one.name, []))
        holders.extend([one.voter_id] if one.voter_id else [])
    return [Seat(name=name, holders=tuple(holders)) for name, holders in sides.values()]
