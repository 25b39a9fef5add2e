"""What the big screen shows, and what whoever keeps the room works with; the same cost however full it is."""

from dataclasses import dataclass, field

from django.db.models import Q

from xieshang.community.queries import ShownName, names_for
from xieshang.community.rules import surname_of
from xieshang.lib.actor import NOBODY, Actor
from xieshang.lib.clock import shown_now
from xieshang.lib.days import moment
from xieshang.lib.paging import Page, page_of

from ..models import WAY_LABELS, AgendaItem, Attendance, Hand, Invitation, Meeting
from ..rules import (
    GATHERING,
    Answer,
    Base,
    Capacity,
    Facts,
    State,
    Way,
    sign_in_from,
    speaking_ends,
)
from ..rules.words import clock_words
from .speaking import speaking_now, waiting_hands
from .words import presence_words, quorum_words, unit_word

MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody on the speakers' list, as the room may read them, and how long is left of a running turn."""

    hand_id: int
    name: str
    where: str = ""
    left: int = 0

    @property
    def clock(self) -> str:
        """What is left, in words."""
        return clock_words(self.left)


@dataclass(slots=True)
class RoomPage:
    """The numbers of the room, the item in hand, who speaks and who wants to."""

    meeting: Meeting
    facts: Facts
    item: AgendaItem | None
    presence: str
    quorum: str
    unit: str
    lacking: int
    share: int
    code: str
    speaking: Speaker | None = None
    waiting: list[Speaker] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it is being held."""
        return self.meeting.state == State.OPEN

    @property
    def is_gathering(self) -> bool:
        """Whether people sign in now."""
        meeting = self.meeting
        begun = shown_now() >= sign_in_from(meeting.values, meeting.starts_at)
        return meeting.state in GATHERING and begun

    @property
    def has_quorum(self) -> bool:
        """Whether enough are there."""
        return self.facts.has_quorum


def room_page(meeting: Meeting, facts: Facts) -> RoomPage:
    """The room as these facts have it; a fixed number of queries."""
    there, least = facts.presence, facts.least_present or 0
    item = meeting.agenda.filter(position=meeting.at_item).first() if meeting.at_item else None
    page = RoomPage(
        meeting=meeting,
        facts=facts,
        item=item,
        presence=presence_words(meeting, there),
        quorum=quorum_words(meeting, facts.least_present),
        unit=unit_word(meeting),
        lacking=max(least - there.present, 0),
        share=min(there.present * 100 // there.expected, 100) if there.expected else 0,
        code=f"{meeting.code[:3]} {meeting.code[3:]}",
        missing=list(there.missing),
    )
    if item is not None:
        _list_speakers(page, item)
    return page


def _list_speakers(page: RoomPage, item: AgendaItem) -> None:
    now_speaking, up = speaking_now(page.meeting.pk), waiting_hands(item)
    hands = [hand for hand in (now_speaking, *up) if hand]
    names = names_for([hand.speaker.person_id or 0 for hand in hands], NOBODY, page.meeting.matter.place)
    if now_speaking and now_speaking.called_at:
        ends = speaking_ends(page.meeting.values, now_speaking.called_at)
        page.speaking = _speaker(now_speaking, names, int((ends - shown_now()).total_seconds()))
    page.waiting = [_speaker(hand, names) for hand in up]


def _speaker(hand: Hand, names: dict[int, ShownName], left: int = 0) -> Speaker:
    known = names.get(hand.speaker.person_id or 0)
    where = hand.speaker.side.name if hand.speaker.side else (known.where if known else "")
    return Speaker(hand.pk, known.name if known else covered(hand.speaker.name), where, left)


def covered(name: str) -> str:
    """A real name as a roomful of neighbours may read it: the surname."""
    return f"{surname_of(name)}先生/女士" if name else ""


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody signed in, or on the list, as whoever keeps the room sees them."""

    id: int
    name: str
    where: str
    note: str
    is_in: bool = False
    answer: str = ""
    invitation_id: int = 0
    # The written authority whose picture is kept.
    paper_of: int = 0


ANSWERS = {Answer.COMING.value: "会来", Answer.ABSENT.value: "来不了", "": "还没答复"}


def signed_in(actor: Actor, meeting: Meeting, key: str) -> Page[Row]:
    """One page of those signed in, the latest first; real names to officers of the place alone."""
    rows = meeting.attendance.select_related("side", "unit", "proxy").order_by("-pk")
    page = page_of(rows, key, MOST_NAMED * 3)
    names = names_for([row.person_id or 0 for row in page.rows], actor, meeting.matter.place)
    return Page([_row(row, names) for row in page.rows], page.next_key, page.is_first)


def _row(row: Attendance, names: dict[int, ShownName]) -> Row:
    known = names.get(row.person_id or 0)
    name = (known.real_name or known.name) if known else row.name
    where = row.side.name if row.side else (row.unit.label if row.unit else (known.where if known else ""))
    note = f"{moment(row.arrived_at)} {WAY_LABELS[Way(row.way)]}"
    proxy = getattr(row, "proxy", None)
    if proxy:
        note += "，委托别人参加"
    if not row.counts:
        note += "，列席"
    paper_of = proxy.pk if proxy and proxy.paper_id else 0
    return Row(row.pk, name, where, note, is_in=row.left_at is None, paper_of=paper_of)


def on_list(actor: Actor, meeting: Meeting, most: int = 200) -> list[Row]:
    """Those asked to come by name: what they answered, whether they are there."""
    rows = meeting.invitations.select_related("side").order_by("capacity", "pk")[:most]
    asked = list(rows)
    names = names_for([row.person_id or 0 for row in asked], actor, meeting.matter.place)
    there = _there(meeting, asked)
    return [
        _asked(row, names, there) for row in asked if row.capacity == Capacity.MEMBER or row.name or row.confirmed_at
    ]


def _there(meeting: Meeting, asked: list[Invitation]) -> set[tuple[str, int]]:
    """Who of those asked is in the room, by person and by row of the list."""
    of_list = Q(invitation__in=asked) | Q(person__in=[row.person_id for row in asked if row.person_id])
    rows = meeting.attendance.filter(of_list, left_at__isnull=True)
    found: set[tuple[str, int]] = set()
    for person, invitation in rows.values_list("person_id", "invitation_id"):
        found |= {("p", person or 0), ("i", invitation or 0)}
    return found


def _asked(row: Invitation, names: dict[int, ShownName], there: set[tuple[str, int]]) -> Row:
    known = names.get(row.person_id or 0)
    name = row.name or ((known.real_name or known.name) if known else "")
    answer = ANSWERS[row.answer] + (f"：{row.reason}" if row.reason else "")
    is_in = ("i", row.pk) in there or (row.person_id is not None and ("p", row.person_id) in there)
    where = row.side.name if row.side else ("" if row.capacity == Capacity.MEMBER else "列席")
    return Row(row.pk, name, where, "", is_in=is_in, answer=answer, invitation_id=row.pk)


def answers_of(meeting: Meeting) -> dict[str, int]:
    """How many confirmed to have read the notice, how many come, how many do not."""
    rows = list(meeting.invitations.exclude(confirmed_at=None).values_list("answer", flat=True))
    return {
        "confirmed": len(rows),
        "coming": rows.count(Answer.COMING.value),
        "absent": rows.count(Answer.ABSENT.value),
    }


def agents_of(actor: Actor, meeting: Meeting, most: int = 300) -> list[tuple[int, str]]:
    """Those in the room who may stand for somebody, for a choice."""
    rows = meeting.attendance.filter(left_at__isnull=True, proxy__isnull=True).order_by("-pk")[:most]
    found = list(rows)
    names = names_for([row.person_id or 0 for row in found], actor, meeting.matter.place)
    return [(row.pk, _name(row, names)) for row in found]


def _name(row: Attendance, names: dict[int, ShownName]) -> str:
    known = names.get(row.person_id or 0)
    return (known.real_name or known.name) if known else row.name


def takes_proxies(meeting: Meeting) -> bool:
    """Whether somebody may stand for somebody in this meeting."""
    return Base(meeting.base) in meeting.procedure.proxies
