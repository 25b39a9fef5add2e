"""What of 四议两公开 waits for an office."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xieshang.community.rules import COMMITTEE_ROLES, Role
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_now
from xieshang.lib.paging import Page, page_from
from xieshang.lib.waiting import Queue, Rows, Waiting, parts_by_age

from ...models import FourTwo
from ...rules.fourtwo import STATE_LABELS, State

SECRETARYS = (State.BEGUN, State.DISCUSSED, State.RESOLVED)
COMMITTEES = (State.PROPOSED, State.REVIEWED, State.RESOLVED, State.RESOLUTION_PUBLISHED, State.IMPLEMENTING)
SUPERVISORS = (State.IMPLEMENTING,)


def _of(actor: Actor) -> "QuerySet[FourTwo] | None":
    """The procedures at a step that this office takes; None for all who take none."""
    if actor.office is None:
        return None
    states: tuple[State, ...] = ()
    if actor.role == Role.PARTY_SECRETARY:
        states = SECRETARYS
    elif actor.role in COMMITTEE_ROLES:
        states = COMMITTEES
    elif actor.role == Role.SUPERVISOR:
        states = SUPERVISORS
    if not states:
        return None
    rows = FourTwo.objects.visible_to(actor).with_frame()
    rows = rows.filter(community__path=actor.office.place_path, state__in=[state.value for state in states])
    # The supervision committee is asked once there is an account to look at.
    return rows.filter(accounts__check_made=None, accounts__isnull=False) if actor.role == Role.SUPERVISOR else rows


def _waiting(flow: FourTwo) -> Waiting:
    state = State(flow.state)
    due = flow.resolution.last_day if state == State.RESOLUTION_PUBLISHED and flow.resolution else None
    line = f"{flow.matter.number} · {STATE_LABELS[state]}"
    return Waiting(flow.title, line, flow.get_absolute_url(), _("去办"), due)


def fourtwo_waiting(actor: Actor, most: int) -> list[Waiting]:
    """The oldest procedures that wait for this office."""
    rows = _of(actor)
    return [] if rows is None else [_waiting(flow) for flow in rows.order_by("entered_at", "pk")[:most]]


def fourtwo_queues(actor: Actor) -> list[Queue]:
    """The queue of 四议两公开 on the desk of the offices that take its steps."""
    rows = _of(actor)
    if rows is None:
        return []
    parts = parts_by_age(lambda part: _pages(rows.filter(part)), "entered_at", shown_now())
    return [Queue("fourtwo", _("四议两公开"), rows.count(), _pages(rows), parts)]


def _pages(rows: "QuerySet[FourTwo]") -> Rows:
    def page(key: str) -> Page[Waiting]:
        found = page_from(rows, key)
        return Page([_waiting(flow) for flow in found.rows], found.next_key, found.is_first)

    return page
