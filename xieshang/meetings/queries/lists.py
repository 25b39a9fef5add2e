"""Lists of meetings: of a community, of one's own, what comes next."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xieshang.lib.actor import Actor
from xieshang.lib.days import deadline
from xieshang.lib.paging import SIZE, Page, page_since

from ..models import STATE_LOOKS, Meeting
from ..rules import State
from .words import kind_word

COMING = (State.OPEN, State.NOTICED, State.ADJOURNED, State.PLANNED)
GROUPS: dict[str, tuple[object, tuple[State, ...]]] = {
    "coming": (_("要开的"), COMING),
    "held": (_("开过的"), (State.CLOSED, State.CANCELLED)),
}


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """One meeting in a list."""

    title: str
    url: str
    number: str
    kind: str
    when: str
    where: str
    venue: str
    word: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader asks the list for."""

    group: str = ""


def card_of(meeting: Meeting) -> MeetingCard:
    """A meeting as a card."""
    word, icon, tone = STATE_LOOKS[State(meeting.state)]
    place = meeting.matter.place
    return MeetingCard(
        title=meeting.matter.title,
        url=meeting.get_absolute_url(),
        number=meeting.matter.number,
        kind=kind_word(meeting),
        when=deadline(meeting.starts_at),
        where=place.label or place.name,
        venue=meeting.venue,
        word=str(word),
        icon=icon,
        tone=tone,
    )


def _in(actor: Actor, community_id: int) -> QuerySet[Meeting]:
    rows = Meeting.objects.visible_to(actor).filter(community_id=community_id)
    return rows.select_related("matter__place")


def meetings_page(actor: Actor, community_id: int, shown: Shown, key: str) -> Page[MeetingCard]:
    """One page of a community's meetings that this actor may know of, the latest day first; not what is being held."""
    rows = _in(actor, community_id).exclude(state=State.OPEN.value)
    if shown.group in GROUPS:
        rows = rows.filter(state__in=[state.value for state in GROUPS[shown.group][1]])
    page = page_since(rows, "starts_at", key)
    return Page([card_of(meeting) for meeting in page.rows], page.next_key, page.is_first)


def open_now(actor: Actor, community_id: int, most: int = SIZE) -> list[MeetingCard]:
    """What is being held at this moment."""
    rows = _in(actor, community_id).filter(state=State.OPEN.value).order_by("starts_at", "pk")
    return [card_of(meeting) for meeting in rows[:most]]
