"""What waits in a community and belongs on the table of a study: promises overdue, ratings that fall, what is owed."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from xieshang.community.models import Body, Place
from xieshang.lib.days import SHANGHAI, full_day, short_day
from xieshang.lib.refusals import later as _
from xieshang.outcomes.models import ActionItem, Rating

from .. import hooks
from ..models import Guidance
from ..rules.study import RATING_DAYS, Marks, Point, PointKind, average_words, has_fallen
from .bodies import rows_of

MOST_OF_A_KIND = 8


def gather(community: Place, today: date) -> list[Point]:
    """Everything that belongs on the table today, kind by kind, each kind its most pressing first."""
    found = [point for ask in hooks.agenda for point in ask(community, today)[:MOST_OF_A_KIND]]
    return [
        *found,
        *_overdue(community, today),
        *_falling(community, today),
        *_silent(community, today),
        *_owed(community),
    ]


def _overdue(community: Place, today: date) -> list[Point]:
    rows = ActionItem.objects.filter(community=community, state="open", due__lt=today)
    rows = rows.select_related("body").order_by("due", "pk")[:MOST_OF_A_KIND]
    return [
        Point(PointKind.COMMITMENT, item.what, _late(item.body.short_name, item.due), item.get_absolute_url())
        for item in rows
    ]


def _late(body: str, due: date) -> str:
    return _("{body}，应在{day}以前").format(body=body, day=short_day(due))


def _silent(community: Place, today: date) -> list[Point]:
    rows = Guidance.objects.filter(community=community, state="given", answer_due__lt=today)
    rows = rows.select_related("matter", "body").order_by("answer_due", "pk")[:MOST_OF_A_KIND]
    return [
        Point(
            PointKind.GUIDANCE,
            one.matter.title,
            _late(one.body.short_name, one.answer_due or today),
            one.get_absolute_url(),
        )
        for one in rows
    ]


def _owed(community: Place) -> list[Point]:
    """Terms, filings and contracts of the bodies of the community that are near or over."""
    found = []
    for row in rows_of([community]):
        for line in row.lines:
            if line.is_of_the_register:
                title = f"{row.body.short_name}：{line.what}"
                found.append(Point(PointKind.DUTY, title, full_day(line.due), row.url))
    return found[:MOST_OF_A_KIND]


def _falling(community: Place, today: date) -> list[Point]:
    """Bodies whose work was rated lower in the last days than in as many days before; two queries."""
    middle, first = (_midnight(today, days) for days in (RATING_DAYS, 2 * RATING_DAYS))
    rows = Rating.objects.filter(community=community, at__gte=first, matter__action_items__isnull=False)
    told = rows.values_list("matter__action_items__body", "pk", "stars", "at").distinct()
    marks: dict[int, list[Marks]] = {}
    for body, _pk, stars, at in told:
        before, now = marks.get(body, [Marks(), Marks()])
        one = Marks(1, stars)
        marks[body] = [before, now + one] if at >= middle else [before + one, now]
    fallen = {body: pair for body, pair in marks.items() if has_fallen(*pair)}
    names = Body.objects.in_bulk(fallen)
    return [
        Point(PointKind.RATING, _("{body}办的事，评价下降").format(body=names[body].short_name), _both(pair))
        for body, pair in sorted(fallen.items())
    ]


def _both(pair: Iterable[Marks]) -> str:
    before, now = pair
    words = _("近{days}天{now}，之前{days}天{before}")
    return words.format(days=RATING_DAYS, now=average_words(now), before=average_words(before))


def _midnight(today: date, days: int) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(), SHANGHAI)
