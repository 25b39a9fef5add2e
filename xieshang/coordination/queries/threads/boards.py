"""The board of all commitments of a community or an estate, and the public record of a property company."""

import datetime
from dataclasses import dataclass
from functools import partial

from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from xieshang.community.models import Body
from xieshang.community.rules import BodyKind
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import SHANGHAI
from xieshang.lib.paging import SIZE, Page, number_in
from xieshang.outcomes.models import DueMove, Progress, Rating
from xieshang.outcomes.rules import ItemState, ProgressKind, Rates, average

from ...models import Commitment, RecordReply, Thread
from .promised import Promised, row_of, with_all

# Which commitments of a board: its word, and the condition on their items on a day.
SHOWN: dict[str, object] = {
    "": later("全部"),
    "over": later("逾期"),
    "doing": later("办理中"),
    "look": later("待核实"),
    "done": later("已核实"),
}
MOST_COUNTED = 99
LEAST_RATED = 5
KEPT_SECONDS = 60


def _condition(shown: str, today: datetime.date) -> Q:
    """The items that a choice of the board means."""
    if shown == "over":
        return Q(item__state=ItemState.OPEN.value, item__due__lt=today)
    if shown == "doing":
        return Q(item__state=ItemState.OPEN.value)
    if shown == "look":
        return Q(item__state=ItemState.DONE.value)
    return Q(item__state=ItemState.VERIFIED.value) if shown == "done" else Q()


def board_page(actor: Actor, community_id: int, estate_id: int | None, shown: str, key: str) -> Page[Promised]:
    """One page of a community's commitments, or of one estate's, first due first; two queries."""
    rows = _seen(actor).filter(item__community_id=community_id)
    if estate_id:
        rows = rows.filter(estate_id=estate_id)
    return _page(rows.filter(_condition(shown, shown_today())), key)


def _seen(actor: Actor) -> "QuerySet[Commitment]":
    """Commitments of threads this actor may know of; the threads are gathered once, they are far fewer."""
    return Commitment.objects.filter(thread__in=Thread.objects.visible_to(actor).values("pk"))


def _page(rows: "QuerySet[Commitment]", key: str) -> Page[Promised]:
    """Keyset paging by due day and id: "2026-11-30:7"; the rows' words are read for the page alone."""
    text, _colon, pk = key.partition(":")
    day, after = _day(text), number_in(pk)
    first = day is None or after is None
    if not first:
        rows = rows.filter(Q(item__due__gt=day) | Q(item__due=day, item__gt=after))
    found = list(rows.order_by("item__due", "item").values_list("pk", "item__due", "item")[: SIZE + 1])
    last = found[SIZE - 1] if len(found) > SIZE else None
    chosen = [row[0] for row in found[:SIZE]]
    by_id = {row.pk: row for row in with_all(Commitment.objects.filter(pk__in=chosen))}
    shown = [row_of(by_id[pk]) for pk in chosen if pk in by_id]
    return Page(shown, f"{last[1].isoformat()}:{last[2]}" if last else "", first)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def overdue_words(actor: Actor, community_id: int, estate_id: int | None) -> str:
    """How many are overdue, counted to ninety-nine, so that a long board opens as fast as a short one."""
    rows = _seen(actor).filter(item__community_id=community_id)
    rows = rows.filter(estate_id=estate_id) if estate_id else rows
    over = rows.filter(_condition("over", shown_today())).values("pk")[: MOST_COUNTED + 1].count()
    if not over:
        return _("没有逾期的承诺。")
    return _("逾期%s项。") % (f"{MOST_COUNTED}以上" if over > MOST_COUNTED else over)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a record counts of one year."""

    promised: int
    kept: int
    late: int
    broken: int
    running: int
    reopened: int
    moved: int
    rated: int
    average: str


@dataclass(slots=True)
class CompanyRecord:
    """The public record of one company in one year."""

    body: Body
    year: int
    years: list[int]
    counts: Kept
    replies: list[RecordReply]
    page: Page[Promised]
    may_reply: bool


def company_record(actor: Actor, body_id: int, year: int | None, key: str) -> CompanyRecord:
    """What a property company promised in a year, kept or not, and what it says to it; a fixed number of queries."""
    body = get_object_or_404(Body.objects.select_related("place"), pk=body_id, kind=BodyKind.PROPERTY_COMPANY.value)
    today = shown_today()
    chosen = year if year and 2000 <= year <= today.year else today.year
    rows = Commitment.objects.filter(item__body=body, **_of_year(chosen))
    replies = list(body.record_replies.select_related("office__body", "commitment__item").order_by("-pk")[:20])
    return CompanyRecord(
        body=body,
        year=chosen,
        years=[today.year - n for n in range(3)],
        counts=_kept_counts(body, chosen, rows, today),
        replies=replies,
        page=_page(_seen(actor).filter(item__body=body, **_of_year(chosen)), key),
        may_reply=actor.office is not None and actor.office.body_id == body.pk,
    )


def _of_year(year: int) -> dict[str, object]:
    start = datetime.datetime(year, 1, 1, tzinfo=SHANGHAI)
    return {"at__gte": start, "at__lt": start.replace(year=year + 1)}


def _kept_counts(body: Body, year: int, rows: "QuerySet[Commitment]", today: datetime.date) -> Kept:
    """The numbers as they were within the last minute: they are the same for everybody, and a long year is long."""
    key = f"company-record:{body.pk}:{year}:{today.isoformat()}"
    kept = cache.get_or_set(key, partial(_counted, rows, today), KEPT_SECONDS)
    return kept or _counted(rows, today)


def _counted(rows: "QuerySet[Commitment]", today: datetime.date) -> Kept:
    """The record's numbers by the rule of `promises.result_of`; three queries."""
    done = Q(item__done_at__isnull=False)
    in_time = Q(done_on__lte=F("item__due"))
    verified = Q(item__state=ItemState.VERIFIED.value)
    dated = rows.annotate(done_on=F("item__done_at__date"))
    counts = dated.aggregate(
        promised=Count("pk"),
        kept=Count("pk", filter=verified & done & in_time),
        late=Count("pk", filter=done & ~in_time),
        broken=Count("pk", filter=~done & Q(item__due__lt=today)),
    )
    items = rows.values("item")
    counts["running"] = counts["promised"] - counts["kept"] - counts["late"] - counts["broken"]
    again = Progress.objects.filter(kind=ProgressKind.REOPENED.value, item__in=items)
    stars = Rating.objects.filter(
        round=F("matter__rating_window__round"), matter__in=rows.values("thread__matter")
    ).aggregate(**{f"s{n}": Count("pk", filter=Q(stars=n)) for n in range(1, 6)})
    rates = Rates((stars["s1"], stars["s2"], stars["s3"], stars["s4"], stars["s5"]))
    return Kept(
        **counts,
        reopened=again.values("item").distinct().count(),
        moved=DueMove.objects.filter(item__in=items).values("item").distinct().count(),
        rated=rates.n,
        average=average(rates) if rates.n >= LEAST_RATED else "",
    )


def companies_of(community_id: int) -> list[Body]:
    """The property companies at work in a community; one query."""
    rows = Body.objects.filter(kind=BodyKind.PROPERTY_COMPANY.value, place__community_id=community_id)
    return list(rows.order_by("name", "pk")[:50])
