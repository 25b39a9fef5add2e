"""Reads of motions: who is asked, what stands on the screen, what a reader may still do."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm
from xieshang.voting.models import Option, Right, Vote
from xieshang.voting.queries import (
    MySeat,
    Participation,
    RoomResult,
    my_seat,
    participations,
    rights_without_phone,
    room_results,
    rule_of,
    slips_out,
)

from ..models import UNIT_WORDS, AgendaItem, Attendance, Meeting, Minutes, Motion
from ..rules import Base, MeetingKind, MotionState, MotionWay, Presence, State
from ..rules.motions import ADVICE, Present, may_vote, rule_of_motion
from .detail import MeetingPage, visible_meeting
from .facts import presence_of

# All that is read of each of those present: a full room has a thousand.
SEEN = (
    *("name", "household", "side__name", "arrived_at", "proxy__agent__person", "proxy__seat"),
    *("person__real_name", "person__nickname", "person__handle"),
)
Results = Mapping[int, list[RoomResult]]


def people_present(meeting: Meeting) -> list[Present]:
    """Everybody who counts now, in the order in which they came: whose seat, and whose phone votes for it."""
    rows = Attendance.objects.filter(meeting=meeting, counts=True, left_at__isnull=True)
    rows = rows.select_related("person", "side", "proxy__agent").only(*SEEN).order_by("arrived_at", "pk")
    return [_present(Base(meeting.base), row) for row in rows]


def _present(base: Base, row: Attendance) -> Present:
    proxy = getattr(row, "proxy", None)
    name = row.name or (row.person.real_name or row.person.get_short_name() if row.person else "")
    if base == Base.SIDES and row.side:
        name = row.side.name
    voter = proxy.agent.person_id if proxy else row.person_id
    return Present(row.person_id, row.household_id, row.side_id, name, voter)


def open_motions(meeting_id: int) -> int:
    """How many motions are being voted on."""
    return Motion.objects.filter(meeting_id=meeting_id, state=MotionState.OPEN.value).count()


def minutes_are_out(meeting: Meeting) -> bool:
    """Whether the minutes have left the desk: from then on no count is changed."""
    return Minutes.objects.filter(meeting=meeting, sent_at__isnull=False).exists()


@dataclass(frozen=True, slots=True)
class ShownMotion:
    """One motion as the room sees it; nothing in it is one reader's, and no vote before it is counted."""

    motion: Motion
    rule: str
    options: list[Option]
    results: list[RoomResult]
    taken: int = 0
    whole: int = 0

    @property
    def vote(self) -> Vote:
        """The vote it was put as."""
        if self.motion.vote is None:
            raise ValueError("a motion that was not put has no vote")
        return self.motion.vote

    @property
    def result(self) -> RoomResult | None:
        """The count that stands: the last one."""
        return self.results[0] if self.results else None

    @property
    def earlier(self) -> list[RoomResult]:
        """Counts that were made before it."""
        return self.results[1:]

    @property
    def is_open(self) -> bool:
        """Whether it is voted on now."""
        return self.motion.state == MotionState.OPEN

    @property
    def is_drafted(self) -> bool:
        """Whether it waits to be put."""
        return self.motion.state == MotionState.DRAFTED

    @property
    def is_secret(self) -> bool:
        """Whether nobody is to know who chose what."""
        return self.motion.way == MotionWay.SECRET

    @property
    def by_phone(self) -> bool:
        """Whether phones vote in it."""
        return self.motion.way != MotionWay.HANDS

    @property
    def unit(self) -> str:
        """What is counted."""
        return self.motion.vote.unit if self.motion.vote else ""


def shown_motions(meeting: Meeting) -> list[ShownMotion]:
    """All motions of a meeting but those withdrawn, in their order; at most seven queries."""
    return _all_shown(meeting.motions.exclude(state=MotionState.WITHDRAWN.value))


def open_motion(meeting: Meeting) -> ShownMotion | None:
    """The motion that is voted on now; one query while there is none."""
    found = _all_shown(meeting.motions.filter(state=MotionState.OPEN.value))
    return found[0] if found else None


def _all_shown(rows: QuerySet[Motion]) -> list[ShownMotion]:
    rows = rows.select_related("item", "vote__room").prefetch_related("vote__options").order_by("number")
    found = list(rows)
    votes = [motion.vote for motion in found if motion.vote]
    closed, running = [v for v in votes if v.closed_at], [v for v in votes if not v.closed_at]
    results = room_results(closed) if closed else {}
    taken = participations(running) if running else {}
    return [_shown(motion, results, taken) for motion in found]


def _shown(motion: Motion, results: Results, taken: Mapping[int, Participation]) -> ShownMotion:
    vote = motion.vote
    if vote is None:
        return ShownMotion(motion, "", [], [])
    part = taken.get(vote.pk)
    return ShownMotion(
        motion,
        rule_of(vote).words(vote.unit, is_advice=vote.room.is_advice),
        list(vote.options.all()),
        results.get(vote.pk, []),
        part.taken if part else 0,
        vote.roll_size,
    )


def latest(motions: list[ShownMotion]) -> ShownMotion | None:
    """What the room looks at: the motion that is open, else the one counted last."""
    put = [one for one in motions if one.motion.vote_id]
    return next((one for one in put if one.is_open), max(put, key=lambda one: one.motion.vote_id or 0, default=None))


@dataclass(frozen=True, slots=True)
class MotionPage:
    """The motions of a meeting for one reader."""

    meeting: Meeting
    motions: list[ShownMotion]
    now: ShownMotion | None
    seat: MySeat
    keeps: bool
    may_bring: bool
    need: str
    present: int
    to_hand_out: list[Right]
    slips_out: int
    may_recount: bool
    # Signed in and counted, or there for somebody who counts.
    sits: bool

    @property
    def watches(self) -> bool:
        """Whether this reader has no part in the motion that is open."""
        return self.now is not None and self.now.is_open and not (self.seat.free or self.seat.used)

    @property
    def counted(self) -> list[ShownMotion]:
        """Motions with a result, the latest first, without the one on the screen."""
        done = [one for one in self.motions if one.result and one is not self.now]
        return sorted(done, key=lambda one: -(one.motion.vote_id or 0))

    @property
    def drafted(self) -> list[ShownMotion]:
        """Motions that wait to be put."""
        return [one for one in self.motions if one.is_drafted]

    @property
    def agenda(self) -> list[AgendaItem]:
        """Items under which a motion may be brought."""
        items = list(self.meeting.agenda.all())
        return [item for item in items if item.is_voted] if self.meeting.procedure.decides else items


@dataclass(frozen=True, slots=True)
class MyMotion:
    """What one who is in the room sees of the vote on the page of the meeting."""

    now: ShownMotion | None
    seat: MySeat
    sits: bool

    @property
    def watches(self) -> bool:
        """Whether this reader has no part in it."""
        return not (self.seat.free or self.seat.used)


def my_motion(actor: Actor, page: MeetingPage) -> MyMotion | None:
    """The motion that is voted on, for a reader who signed in; two queries while there is none."""
    if page.seat is None or not page.is_open:
        return None
    now = open_motion(page.meeting)
    sits = page.seat.counts or page.seat.stands_for.exists()
    return MyMotion(now, my_seat(actor, now.vote) if now else MySeat(), sits)


def motion_page(actor: Actor, meeting_id: int) -> MotionPage:
    """Everything on the page of motions; at most fourteen queries."""
    meeting = visible_meeting(actor, meeting_id)
    motions = shown_motions(meeting)
    current, keeps = latest(motions), has_perm("meetings.keep", actor, meeting)
    running = meeting.state == State.OPEN
    slips = current if keeps and current and current.is_open and current.is_secret else None
    presence = presence_of(meeting) if keeps and running else None
    return MotionPage(
        meeting=meeting,
        motions=motions,
        now=current,
        seat=my_seat(actor, current.vote) if current and current.is_open else MySeat(),
        keeps=keeps,
        may_bring=keeps and running and may_vote(MeetingKind(meeting.kind)),
        need=_need(meeting, presence) if presence and may_vote(MeetingKind(meeting.kind)) else "",
        present=presence.present if presence else 0,
        to_hand_out=rights_without_phone(slips.vote) if slips else [],
        slips_out=slips_out(slips.vote) if slips else 0,
        may_recount=keeps and any(one.result for one in motions) and not minutes_are_out(meeting),
        sits=_sits(actor, meeting),
    )


def _sits(actor: Actor, meeting: Meeting) -> bool:
    here = Attendance.objects.filter(meeting=meeting, person_id=actor.person_id or 0, left_at__isnull=True)
    return here.filter(Q(counts=True) | Q(stands_for__isnull=False)).exists()


def _need(meeting: Meeting, presence: Presence) -> str:
    """What a motion put now would need."""
    kind, base = MeetingKind(meeting.kind), Base(meeting.base)
    present = presence.present
    rule = rule_of_motion(kind, base, meeting.values, expected=presence.expected, present=present)
    return rule.words(str(UNIT_WORDS[base]), is_advice=kind in ADVICE)
