"""What waits in threads for an office: for its home page and its desk; one query for the nearest."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.community.rules import ABOVE_ROLES, COMMITTEE_ROLES, Role
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.paging import Page, page_from
from xieshang.lib.waiting import Queue, Rows, Waiting, parts_by_day
from xieshang.outcomes.rules import ItemState

from ...models import Ask, Commitment, Entry, MoveAsk, Representative, Side, Thread
from ...permissions.threads import SPEAKING_ROLES
from ...rules.threads import SPEAKABLE, EntryKind, State

# Where the convenor does what is next.
CONVENOR = (State.RAISED, State.ACCEPTED, State.CONFIRMED)


def _to_do(actor: Actor) -> "QuerySet[Thread] | None":
    """Threads in which this office has something to do now, annotated with what."""
    office = actor.office
    if office is None:
        return _unsaid(actor)
    if not office.body_id:
        return None
    moves = MoveAsk.objects.filter(commitment__thread=OuterRef("pk"), answered_at=None)
    asks = Ask.objects.filter(thread=OuterRef("pk"), side__body=office.body_id, answered_at=None)
    said = Entry.objects.filter(side=OuterRef("pk"), kind=EntryKind.POSITION.value, round=OuterRef("thread__round"))
    silent = Side.objects.filter(~Exists(said), thread=OuterRef("pk"), body=office.body_id)
    rows = Thread.objects.annotate(has_move=Exists(moves), has_ask=Exists(asks), is_silent=Exists(silent))
    wanted = Q(pk__in=[])
    if actor.role == Role.PARTY_SECRETARY:
        ready = Q(state=State.POSITIONS.value, positions_due__lt=shown_today())
        called_off = Q(state=State.MEETING.value, meeting__is_open=False)
        mine = Q(state__in=[state.value for state in CONVENOR]) | ready | called_off | Q(has_move=True)
        wanted |= Q(convenor=office.body_id) & mine
    if actor.role in SPEAKING_ROLES:
        wanted |= Q(has_ask=True) | Q(state=State.POSITIONS.value, is_silent=True)
    if actor.role in COMMITTEE_ROLES:
        open_items = Commitment.objects.filter(thread=OuterRef("pk")).exclude(item__state=ItemState.VERIFIED.value)
        rows = rows.annotate(is_done=~Exists(open_items), has_gap=Exists(_unmanned()))
        todo = Q(state=State.ACTIONS.value, is_done=True) | Q(state__in=[*SPEAKABLE], has_gap=True)
        wanted |= todo & Q(matter__place__path__startswith=office.place_path)
    if actor.role in ABOVE_ROLES:
        wanted |= Q(matter__place__path__startswith=office.place_path, state=State.ESCALATED.value)
    return rows.filter(wanted, matter__is_open=True).select_related("matter")


def _unmanned() -> "QuerySet[Side]":
    """Seats that stand empty until the committee names owners' representatives."""
    named = Representative.objects.filter(side=OuterRef("pk"), ended_at=None)
    empty = Q(body=None) | Q(filled_since__isnull=False)
    return Side.objects.filter(~Exists(named), empty, thread=OuterRef("pk"))


def _unsaid(actor: Actor) -> "QuerySet[Thread] | None":
    """Threads in which an owner represents a side that has not taken its stand yet."""
    if actor.person_id is None:
        return None
    words = {"kind": EntryKind.POSITION.value, "round": OuterRef("side__thread__round")}
    said = Entry.objects.filter(side=OuterRef("side"), **words)
    mine = Representative.objects.filter(~Exists(said), person_id=actor.person_id, ended_at=None)
    rows = Thread.objects.filter(pk__in=mine.values("side__thread"), state=State.POSITIONS.value)
    return rows.filter(matter__is_open=True).select_related("matter")


def _waiting(thread: Thread, actor: Actor) -> Waiting:
    action, line = _words(thread, actor)
    url = reverse("coordination:work", args=[thread.pk])
    return Waiting(thread.matter.title, line, url, action, thread.due_on)


def _words(thread: Thread, actor: Actor) -> tuple[str, str]:
    """The verb on the button, and one line about it: the first of these that holds."""
    state, speaks = State(thread.state), actor.role in SPEAKING_ROLES
    convenes = actor.role == Role.PARTY_SECRETARY
    told = (
        (convenes and state == State.RAISED, _("去受理"), _("等您受理的协调")),
        (actor.role in ABOVE_ROLES, _("去协调"), _("社区报来，请街道出面")),
        (convenes and _flag(thread, "has_move"), _("去答复"), _("有一方申请改期")),
        (convenes and state == State.MEETING, _("去办"), _("联席会议取消了，请定下一步")),
        (_flag(thread, "has_gap"), _("去推荐"), _("有一方没有人参加，请推荐业主代表")),
        (speaks and _flag(thread, "has_ask"), _("去答复"), _("别的方请本单位承诺一件事")),
        (actor.office is None, _("写意见"), _("您是业主代表，请书面表态")),
        (speaks and state == State.POSITIONS, _("写意见"), _("请本单位书面表态")),
        (state == State.ACTIONS, _("请居民评价"), _("承诺都核实过了")),
    )
    return next(((action, line) for holds, action, line in told if holds), (_("去办"), thread.label))


def _flag(thread: Thread, name: str) -> bool:
    return bool(getattr(thread, name, False))


def threads_waiting(actor: Actor, most: int) -> list[Waiting]:
    """What this office should do next in threads, the nearest first; one query."""
    rows = _to_do(actor)
    if rows is None:
        return []
    return [_waiting(thread, actor) for thread in rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:most]]


def thread_queues(actor: Actor) -> list[Queue]:
    """The queue of threads in which this office has something to do."""
    rows = _to_do(actor) if actor.office else None
    if rows is None:
        return []
    parts = parts_by_day(lambda part: _pages(rows.filter(part), actor), "due_on")
    return [Queue("threads", _("协调"), rows.count(), _pages(rows, actor), parts)]


def _pages(rows: "QuerySet[Thread]", actor: Actor) -> Rows:
    """Pages by id, the oldest first: who has waited longest."""

    def page(key: str) -> Page[Waiting]:
        found = page_from(rows, key)
        return Page([_waiting(thread, actor) for thread in found.rows], found.next_key, found.is_first)

    return page
