"""The page of one meeting, for one reader."""

from dataclasses import dataclass, field

from django.shortcuts import get_object_or_404
from django.urls import reverse

from xieshang.discussion.models import Attachment
from xieshang.lib.actor import Actor
from xieshang.lib.addresses import whole_address
from xieshang.lib.clock import shown_now
from xieshang.lib.days import deadline, moment
from xieshang.lib.permits import has_perm
from xieshang.matters.models import Matter
from xieshang.matters.queries import linked

from ..models import (
    AgendaItem,
    Attendance,
    Hand,
    Invitation,
    Material,
    Meeting,
    MeetingSide,
    MeetingStep,
    Minutes,
)
from ..rules import GATHERING, STEP_LABELS, Base, Facts, MeetingKind, State, Step, number, sign_in_from
from ..rules.motions import may_vote
from .facts import facts_of
from .seats import asked_as
from .speaking import speaking_now
from .words import (
    DECIDES,
    kind_word,
    majority_words,
    next_words,
    now_words,
    presence_words,
    quorum_words,
    source_words,
)

BODY_ALL = frozenset({Base.PERSONS, Base.HOUSEHOLDS})


@dataclass(slots=True)
class MeetingPage:
    """Everything the page of one meeting shows to one reader."""

    meeting: Meeting
    facts: Facts
    strip: dict[str, str]
    agenda: list[AgendaItem]
    sides: list[MeetingSide]
    material: list[dict[str, str]]
    entries: list[dict[str, object]]
    kind: str
    when: str
    quorum: str
    majority: str
    presence: str
    source: str
    invitation: Invitation | None = None
    seat: Attendance | None = None
    hand: Hand | None = None
    speaking: Hand | None = None
    is_asked: bool = False
    may_keep: bool = False
    may_sign_in: bool = False
    opens_sign_in: str = ""
    short: str = ""
    votes: bool = False
    minutes: Minutes | None = None
    item: AgendaItem | None = None
    missing: list[str] = field(default_factory=list)
    links: list[Matter] = field(default_factory=list)

    @property
    def is_called(self) -> bool:
        """Whether its notice is out and it has not begun."""
        return self.meeting.state in {State.NOTICED, State.ADJOURNED}

    @property
    def is_open(self) -> bool:
        """Whether it is being held."""
        return self.meeting.state == State.OPEN

    @property
    def is_gathering(self) -> bool:
        """Whether people come in: numbers are shown."""
        return self.meeting.state in GATHERING and self.may_sign_in

    @property
    def is_over(self) -> bool:
        """Whether it was held."""
        return self.meeting.state == State.CLOSED

    @property
    def speaking_minutes(self) -> int:
        """How long a turn is."""
        return number(self.meeting.values, "speaking_minutes")

    @property
    def turns(self) -> int:
        """How often one may speak on an item."""
        return number(self.meeting.values, "turns_most")

    @property
    def leave_url(self) -> str:
        """Where leaving is said."""
        return reverse("meetings:leave", args=[self.meeting.pk])

    @property
    def has_bar(self) -> bool:
        """Whether there is a button for the bottom edge of a phone."""
        return self.may_keep or (self.is_gathering and self.seat is None)


def visible_meeting(actor: Actor, meeting_id: int) -> Meeting:
    """The meeting, if this actor may know of it; else 404."""
    return get_object_or_404(Meeting.objects.visible_to(actor).with_frame(), pk=meeting_id)


def meeting_by_key(key: str) -> Meeting:
    """The meeting whose code on the screen carries this key, whoever stands before it; else 404."""
    return get_object_or_404(Meeting.objects.with_frame().exclude(key=""), key=key)


def proxy_paper(meeting: Meeting, proxy_id: int) -> Attachment:
    """The picture of a written authority for a meeting that one keeps; else 404."""
    papers = meeting.proxies.filter(pk=proxy_id).values("paper")
    return get_object_or_404(Attachment.objects.filter(pk__in=papers))


def meeting_page(actor: Actor, meeting: Meeting) -> MeetingPage:
    """The page of a meeting for one reader; a fixed number of queries."""
    page = page_of(meeting, facts_of(meeting, shown_now()))
    page.links = [matter for _kind, matter in linked(actor, meeting.matter)]
    page.may_keep = has_perm("meetings.keep", actor, meeting)
    page.minutes = Minutes.objects.visible_to(actor).filter(meeting=meeting).first()
    _own(page, actor)
    return page


def page_of(meeting: Meeting, facts: Facts) -> MeetingPage:
    """What every reader is shown, from facts gathered already."""
    agenda = list(meeting.agenda.select_related("of").order_by("position"))
    begins = sign_in_from(meeting.values, meeting.starts_at)
    return MeetingPage(
        meeting=meeting,
        facts=facts,
        strip=_strip(meeting, facts),
        agenda=agenda,
        sides=sides_of(meeting),
        material=_material(meeting),
        entries=_entries(meeting),
        kind=kind_word(meeting),
        when=deadline(meeting.starts_at),
        quorum=quorum_words(meeting, facts.least_present),
        majority=majority_words(meeting),
        presence=presence_words(meeting, facts.presence),
        source=source_words(meeting),
        votes=meeting.state in {State.OPEN, State.CLOSED} and may_vote(MeetingKind(meeting.kind)),
        may_sign_in=facts.now >= begins,
        opens_sign_in=moment(begins),
        short=whole_address("matters:short", meeting.matter_id),
        item=next((item for item in agenda if item.position == meeting.at_item), None),
        missing=list(facts.presence.missing),
    )


def sides_of(meeting: Meeting) -> list[MeetingSide]:
    """The sides at the table, where it is one."""
    return list(meeting.sides.select_related("body").order_by("pk")) if meeting.base == Base.SIDES else []


def _own(page: MeetingPage, actor: Actor) -> None:
    """What concerns this reader alone: whether they are asked, their seat, their hand."""
    if actor.person_id is None:
        return
    meeting = page.meeting
    page.invitation = meeting.invitations.filter(person_id=actor.person_id).first()
    page.seat = meeting.attendance.filter(person_id=actor.person_id, left_at__isnull=True).first()
    page.is_asked = page.invitation is not None or asked_as(actor, meeting)
    if page.is_open and page.seat is not None:
        page.hand = page.seat.hands.filter(ended_at__isnull=True, lowered_at__isnull=True).first()
        page.speaking = speaking_now(meeting.pk)


def _strip(meeting: Meeting, facts: Facts) -> dict[str, str]:
    who, note = DECIDES[MeetingKind(meeting.kind)]
    coming, coming_note = next_words(meeting, facts)
    is_before = meeting.state in {State.PLANNED, State.NOTICED, State.ADJOURNED}
    return {
        "who": str(who),
        "who_note": majority_words(meeting) or str(note),
        "now": now_words(meeting),
        "now_note": presence_words(meeting, facts.presence) if meeting.state in {State.OPEN, State.CLOSED} else "",
        "next": coming,
        "next_note": coming_note,
        "due": deadline(meeting.starts_at),
        "due_note": str(meeting.venue) if is_before else "",
    }


def _material(meeting: Meeting) -> list[dict[str, str]]:
    rows = Material.objects.filter(meeting=meeting).select_related("file", "item").order_by("item__position", "pk")
    return [_document(row) for row in rows]


def _document(row: Material) -> dict[str, str]:
    of = f"，第{row.item.position}项" if row.item else ""
    return {"name": row.file.name, "url": row.file.url, "size": row.file.size, "note": of}


def _entries(meeting: Meeting) -> list[dict[str, object]]:
    """What happened, newest first; offices, no persons."""
    rows = MeetingStep.objects.filter(meeting=meeting).select_related("office__body").order_by("-pk")[:12]
    return [_entry(row) for row in rows if row.step != Step.REVISE]


def _entry(row: MeetingStep) -> dict[str, object]:
    office = row.office.title if row.office else ""
    return {"when": moment(row.at), "title": STEP_LABELS[Step(row.step)], "note": row.note, "by": office}
