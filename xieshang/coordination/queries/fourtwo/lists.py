"""The list of a community's 四议两公开."""

from dataclasses import dataclass

from xieshang.lib.actor import Actor
from xieshang.lib.paging import Page, page_of

from ...models import FourTwo
from ...models.fourtwo import LOOKS
from ...rules.fourtwo import STAGE_OF, STATE_LABELS, Stage, State


@dataclass(frozen=True, slots=True)
class Row:
    """One procedure in the list."""

    url: str
    title: str
    meta: str
    word: str
    icon: str
    tone: str


def fourtwos_page(actor: Actor, community_id: int, key: str) -> Page[Row]:
    """Procedures of a community that this actor may know of, newest first; one query."""
    rows = FourTwo.objects.visible_to(actor).with_frame().filter(community_id=community_id)
    page = page_of(rows, key)
    return Page([_row(flow) for flow in page.rows], page.next_key, page.is_first)


def _row(flow: FourTwo) -> Row:
    state = State(flow.state)
    icon, tone = LOOKS[state]
    stage = STAGE_OF.get(state)
    at = f"第{list(Stage).index(stage) + 1}步，共6步" if stage else ""
    meta = " · ".join(word for word in (flow.matter.number, at) if word)
    return Row(flow.get_absolute_url(), flow.title, meta, STATE_LABELS[state], icon, tone)
