"""Lists of threads: the tab 协调."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xieshang.lib.actor import Actor
from xieshang.lib.paging import Page, page_of
from xieshang.matters.models import Matter

from ...models import Thread
from ...rules.threads import HANDED_ON, SideKind, State
from .words import LOOKS, counts_workdays, days_left

MOST_FOR_OWNERS = 50
GROUPS: dict[str, tuple[object, tuple[State, ...]]] = {
    "talk": (
        _("正在谈"),
        (
            State.RAISED,
            State.ACCEPTED,
            State.ASSIGNED,
            State.POSITIONS,
            State.MEETING,
            State.MINUTES_DRAFT,
            State.CONFIRMED,
        ),
    ),
    "doing": (_("办理"), (State.ACTIONS, State.VERIFIED)),
    "elsewhere": (_("转出去的"), tuple(sorted(HANDED_ON))),
    "done": (_("办完"), (State.CLOSED, State.DECLINED, State.WITHDRAWN)),
}


@dataclass(frozen=True, slots=True)
class ThreadCard:
    """One thread in a list."""

    title: str
    url: str
    number: str
    where: str
    voices: str
    word: str
    icon: str
    tone: str
    days: int | None
    working: bool


def card_of(thread: Thread) -> ThreadCard:
    """A thread as a card."""
    icon, tone = LOOKS[State(thread.state)]
    return ThreadCard(
        title=thread.matter.title,
        url=thread.get_absolute_url(),
        number=thread.matter.number,
        where=thread.matter.place.label or thread.matter.place.name,
        voices=thread.voices,
        word=thread.label,
        icon=icon,
        tone=tone,
        days=days_left(thread) if thread.matter.is_open else None,
        working=counts_workdays(thread),
    )


def threads_page(actor: Actor, community_id: int, group: str, key: str) -> Page[ThreadCard]:
    """One page of a community's threads that this actor may know of, newest first."""
    rows = Thread.objects.visible_to(actor).filter(community_id=community_id)
    if group in GROUPS:
        rows = rows.filter(state__in=[state.value for state in GROUPS[group][1]])
    page = page_of(rows.select_related("matter__place"), key)
    return Page([card_of(thread) for thread in page.rows], page.next_key, page.is_first)


def for_owners(actor: Actor) -> list[Matter]:
    """Threads that wait for the owners to decide, in which this actor's body speaks for them; newest first."""
    if actor.office is None or not actor.office.body_id:
        return []
    rows = Thread.objects.filter(
        state=State.TO_OWNERS.value, sides__kind=SideKind.OWNERS.value, sides__body_id=actor.office.body_id
    )
    return [thread.matter for thread in rows.select_related("matter").order_by("-pk")[:MOST_FOR_OWNERS]]
