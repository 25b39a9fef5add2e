"""What of all this waits for somebody."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from xieshang.community.models import Residence
from xieshang.community.rules import ABOVE_ROLES, COMMITTEE_ROLES, ResidenceState, Role
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_now, shown_today
from xieshang.lib.paging import SIZE, Page, number_in
from xieshang.lib.waiting import Dated, Queue, Waiting, parts_by_age, parts_by_day
from xieshang.matters.models import Follower

from ..models import ActionItem, Notice, Objection, Rating, RatingWindow
from ..rules import OF_OWNERS, ItemState, NoticeState, ObjectionState

MOST = 4
VERIFIERS = COMMITTEE_ROLES | {Role.PARTY_SECRETARY}
OPEN_ITEM = Q(state=ItemState.OPEN.value)
DONE_ITEM = Q(state=ItemState.DONE.value)
OPEN_OBJECTION = Q(state=ObjectionState.OPEN.value)
OPEN_APPEAL = Q(appealed_at__isnull=False, appeal_at__isnull=True)


def waiting_for(actor: Actor, most: int = MOST, empty: Collection[str] = ()) -> list[Waiting]:
    """What this actor should do next, a few of each: a neighbour rates; an office carries out and answers.

    Queues that are known to be empty are not asked.
    """
    if actor.person_id is None:
        return []
    return _to_rate(actor) if actor.office is None else _of_office(actor, most, empty)


def count_late(actor: Actor) -> int:
    """How many promises in the place of this office are overdue."""
    return _open_near(actor, Q(due__lt=shown_today())).count()


def late_under(actor: Actor, most: int) -> list[tuple[int, Waiting]]:
    """Promises in the place of this office that are overdue, with the ids of their communities; first due first."""
    return _promised(actor, Q(due__lt=shown_today()), most)


def due_under(actor: Actor, first: date, last: date, most: int) -> list[tuple[int, Waiting]]:
    """Promises in the place of this office due from one day to another, with the ids of their communities."""
    return _promised(actor, Q(due__gte=first, due__lte=last), most)


def _promised(actor: Actor, when: Q, most: int) -> list[tuple[int, Waiting]]:
    rows = _open_near(actor, when).select_related("matter", "body")
    return [(item.community_id, _item_waiting(item)) for item in rows.order_by("due", "pk")[:most]]


def _open_near(actor: Actor, when: Q) -> "QuerySet[ActionItem]":
    if actor.office is None:
        return ActionItem.objects.none()
    return ActionItem.objects.filter(OPEN_ITEM, _near(actor, ""), when)


def _to_rate(actor: Actor) -> list[Waiting]:
    """Matters that ask this neighbour for a rating: those they hear of, in places they live in."""
    rated = Rating.objects.filter(matter=OuterRef("matter"), round=OuterRef("round"), person_id=actor.person_id or 0)
    heard = Follower.objects.filter(matter=OuterRef("matter"), person_id=actor.person_id or 0, muted=False)
    homes = Residence.objects.filter(person_id=actor.person_id or 0, state=ResidenceState.CONFIRMED.value)
    inside = homes.filter(unit__path__startswith=OuterRef("matter__place__path"))
    windows = RatingWindow.objects.filter(~Exists(rated), Exists(heard), Exists(inside), until__gte=shown_today())
    windows = windows.select_related("matter")
    return [
        Waiting(
            window.matter.title,
            _("办得怎么样，请您评一评"),
            reverse("outcomes:rate", args=[window.matter_id]),
            _("去评价"),
            window.until,
        )
        for window in windows.order_by("until", "pk")[:MOST]
    ]


def _of_office(actor: Actor, most: int, empty: Collection[str]) -> list[Waiting]:
    items = _nearest_items(actor, most)
    found = [_verify_waiting(i) if i.state == ItemState.DONE else _item_waiting(i) for i in items]
    objections = _objections(actor) if "objections" not in empty else None
    if objections is not None:
        found += [_objection_waiting(row) for row in objections.order_by("due", "pk")[:most]]
    if actor.role in COMMITTEE_ROLES and "boards" not in empty:
        found += [_notice_waiting(notice) for notice in _unposted(actor).order_by("published_at", "pk")[:most]]
    return sorted(found, key=lambda waiting: waiting.due or date.max)[:most]


def _nearest_items(actor: Actor, most: int) -> "QuerySet[ActionItem]":
    """The first of what this body has to do, and for the committee of what it has to look at; one query."""
    wanted = Q(pk__in=_nearest(_own_items(actor).filter(OPEN_ITEM), most))
    if actor.role in COMMITTEE_ROLES:
        wanted |= Q(pk__in=_nearest(_items_to_verify(actor), most))
    return ActionItem.objects.filter(wanted).select_related("matter", "body").order_by("due", "pk")


def _nearest(rows: "QuerySet[ActionItem]", most: int) -> "QuerySet[ActionItem, Any]":
    """Ids of so many rows, first due first: each list by its own index, not ranked as a whole."""
    return rows.order_by("due", "pk").values("pk")[:most]


def _own_items(actor: Actor) -> "QuerySet[ActionItem]":
    """Items that the actor's own body has to do."""
    rows = ActionItem.objects.filter(body_id=(actor.office.body_id if actor.office else 0) or 0)
    return rows.select_related("matter", "body")


def _near(actor: Actor, prefix: str) -> Q:
    """The condition that a row's matter lies in the place of the actor's office."""
    path = actor.office.place_path if actor.office else ""
    return Q(**{f"{prefix}matter__place__path__startswith": path})


def _objections(actor: Actor) -> "QuerySet[Objection] | None":
    """Objections that wait for this office: the committee's to answer, the street's to look at again."""
    rows = Objection.objects.filter(_near(actor, "notice__")).select_related("notice__matter")
    if actor.role in COMMITTEE_ROLES:
        # Those to the figures of an owners' vote are answered by its convener.
        return rows.filter(OPEN_OBJECTION).exclude(notice__kind__in=[kind.value for kind in OF_OWNERS])
    return rows.filter(OPEN_APPEAL) if actor.role in ABOVE_ROLES else None


def _items_to_verify(actor: Actor) -> "QuerySet[ActionItem]":
    return ActionItem.objects.filter(DONE_ITEM, _near(actor, "")).select_related("matter", "body")


def _unposted(actor: Actor) -> "QuerySet[Notice]":
    """Published notices whose days do not run yet, because a board is missing."""
    rows = Notice.objects.filter(_near(actor, ""), state=NoticeState.PUBLISHED.value, posted_on=None)
    return rows.select_related("matter")


def queues(actor: Actor) -> list[Queue]:
    """The queues of this office with their counts; at most three queries for all of them."""
    if actor.office is None:
        return []
    found = _item_queues(actor)
    objections = _objections(actor)
    if objections is not None:
        label = _("待答复的异议") if actor.role in COMMITTEE_ROLES else _("异议复核")
        found.append(_queue("objections", label, objections.count(), objections, _objection_waiting))
    if actor.role in COMMITTEE_ROLES:
        rows = _unposted(actor)
        found.append(_board_queue(rows))
    return found


def _board_queue(rows: "QuerySet[Notice]") -> Queue:
    def pages(part: Q) -> Callable[[str], Page[Waiting]]:
        return _pages(rows.filter(part), _notice_waiting, "published_at")

    parts = parts_by_age(pages, "published_at", shown_now())
    return Queue("boards", _("待张贴"), rows.count(), pages(Q()), parts)


def _item_queues(actor: Actor) -> list[Queue]:
    """办理 for the body, 待核实 for the committee and the secretary; one query for both counts."""
    body = Q(body_id=actor.office.body_id if actor.office else None)
    verifies = actor.role in VERIFIERS
    counts = ActionItem.objects.filter(OPEN_ITEM | DONE_ITEM, body | _near(actor, "")).aggregate(
        own=Count("pk", filter=OPEN_ITEM & body), done=Count("pk", filter=DONE_ITEM & _near(actor, ""))
    )
    found = [_queue("items", _("办理事项"), counts["own"], _own_items(actor).filter(OPEN_ITEM), _item_waiting)]
    if verifies:
        found.append(_queue("verify", _("待核实"), counts["done"], _items_to_verify(actor), _verify_waiting))
    return found


def _queue(key: str, label: str, count: int, rows: "QuerySet[Any]", waiting: Callable[[Any], Waiting]) -> Queue:
    """A queue of rows that have a last day, with its parts."""
    parts = parts_by_day(lambda part: _pages(rows.filter(part), waiting))
    return Queue(key, label, count, _pages(rows, waiting), parts)


def _pages(
    rows: "QuerySet[Any]", waiting: Callable[[Any], Waiting], field: str = "due"
) -> Callable[[str], Page[Waiting]]:
    """A function that gives one page of a queue for the key "day:id", what is due first on top."""

    def page(key: str) -> Page[Waiting]:
        text, _colon, last_pk = key.rpartition(":")
        day, pk = _moment(text), number_in(last_pk)
        after = rows
        if day and pk is not None:
            after = rows.filter(Q(**{f"{field}__gt": day}) | Q(**{field: day, "pk__gt": pk}))
        found = list(after.order_by(field, "pk")[: SIZE + 1])
        last = found[SIZE - 1] if len(found) > SIZE else None
        next_key = f"{getattr(last, field).isoformat()}:{last.pk}" if last else ""
        return Page([waiting(row) for row in found[:SIZE]], next_key, day is None)

    return page


def _moment(text: str) -> date | None:
    """The day or moment in a paging key; None for a key that somebody made up."""
    try:
        return parse_datetime(text) or parse_date(text)
    except ValueError:
        return None


def _item_waiting(item: ActionItem) -> Waiting:
    line = _("%(body)s办，属于“%(title)s”") % {"body": item.body.short_name, "title": item.matter.title}
    return Dated(item.what, line, item.get_absolute_url(), _("报进展"), item.due)


def _verify_waiting(item: ActionItem) -> Waiting:
    line = _("%(body)s报已办好，属于“%(title)s”") % {"body": item.body.short_name, "title": item.matter.title}
    return Dated(item.what, line, item.get_absolute_url(), _("去核实"), item.due)


def _objection_waiting(row: Objection) -> Waiting:
    url = f"{reverse('outcomes:objections', args=[row.notice_id])}#objection-{row.pk}"
    return Waiting(row.notice.title, row.notice.number, url, _("去答复"), row.due if row.answered_at is None else None)


def _notice_waiting(notice: Notice) -> Waiting:
    line = _("已发布，等张贴照片，照片齐了才开始算天数")
    return Waiting(notice.title, line, reverse("outcomes:boards", args=[notice.pk]), _("登记张贴"))
