"""Everything that waits for an office, by the day it is due; what is late below it; and the load of its own days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.core.cache import cache
from django.utils.translation import gettext as _

from xieshang.community import queries as community
from xieshang.community.models import Place
from xieshang.community.rules import ABOVE_ROLES, PARTY_ROLES
from xieshang.coordination import queries as coordination
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import day_words
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.lib.refusals import later as mark
from xieshang.lib.waiting import Queue, Waiting
from xieshang.meetings import queries as meetings
from xieshang.outcomes import queries as outcomes
from xieshang.topics import queries as topics

# Of each kind so many at most, the nearest first; more are behind the queues at the left.
MOST = 20
# How long the names of those above are kept.
KEPT_SECONDS = 600
# The queue whose rows are read with its count: owners' votes.
IN_HAND = "owners"
# Days that have a heading of their own, today among them.
DAYS = 7


@dataclass(frozen=True, slots=True)
class Day:
    """What is due on one day, or in one stretch of days."""

    label: str
    rows: list[Waiting]
    is_late: bool = False
    # The heading names no day, so that each row says how long it has.
    is_stretch: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """How much waits for this office itself; nobody else's is counted beside it."""

    late: int
    today: int
    week: int
    later: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.late + self.today + self.week + self.later


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of one office as days, with its load, and who above it sees what is late."""

    days: list[Day]
    load: Load
    is_more: bool
    seen_by: str = ""


def desk_of(actor: Actor, queues: Sequence[Queue]) -> Desk:
    """Everything that waits for this office, nearest first; nothing that the queues hold is asked again."""
    found, is_more = _everything(actor, queues)
    today = shown_today()
    return Desk(days_of(found, today), load_of(found, today), is_more, _seen_by(actor))


def _everything(actor: Actor, queues: Sequence[Queue]) -> tuple[list[Waiting], bool]:
    empty = {queue.key for queue in queues if not queue.count}
    wide = [topics.waiting_for(actor, MOST)]
    wide += [app.waiting_for(actor, MOST, empty) for app in (coordination, outcomes)]
    wide += [_read(queue) for queue in queues if queue.key == IN_HAND]
    found = [one for rows in (*wide, meetings.waiting_for(actor)) for one in rows]
    found += [queue.gathered for queue in queues if queue.gathered]
    return sorted(found, key=lambda one: one.due or date.max), any(len(rows) >= MOST for rows in wide)


def _read(queue: Queue) -> list[Waiting]:
    """The first rows of a queue that is at hand as a whole."""
    found: list[Waiting] = []
    key = ""
    while len(found) < MOST:
        page = queue.rows(key)
        found += page.rows
        key = page.next_key
        if not key:
            break
    return found[:MOST]


def heading_of(due: date | None, today: date) -> str:
    """Under which heading a day stands."""
    if due is None:
        return _("没有期限")
    if due < today:
        return _("已超期")
    if due >= today + timedelta(days=DAYS):
        return _("以后")
    words = day_words(due)
    return _("今天，%s") % words if due == today else words


def days_of(found: Iterable[Waiting], today: date) -> list[Day]:
    """Rows that are sorted by their day, under headings."""
    grouped = groupby(found, key=lambda one: (heading_of(one.due, today), _stretch(one.due, today)))
    return [Day(label, list(rows), of == "late", of in {"late", "later"}) for (label, of), rows in grouped]


def load_of(found: Iterable[Waiting], today: date) -> Load:
    """What is late, due today, due in the days after it, and later or without a day."""
    counts = {"late": 0, "today": 0, "week": 0, "later": 0}
    for one in found:
        counts[_stretch(one.due, today)] += 1
    return Load(**counts)


def _stretch(due: date | None, today: date) -> str:
    if due is None or due >= today + timedelta(days=DAYS):
        return "later"
    return "late" if due < today else "today" if due == today else "week"


def _seen_by(actor: Actor) -> str:
    """Who above this office sees what is late here; nobody above a body of the street. Kept for a while."""
    if actor.office is None or actor.role in ABOVE_ROLES:
        return ""
    return str(cache.get_or_set(f"seen-by-{actor.office.body_id}", lambda: _names_above(actor), KEPT_SECONDS))


def _names_above(actor: Actor) -> str:
    roles = [role.value for role in (*ABOVE_ROLES, *PARTY_ROLES)]
    offices = community.officers_of(actor.office.place_path if actor.office else "", roles)
    above = [office.body.short_name for office in offices if _is_above(office.place_path, actor)]
    return "、".join(dict.fromkeys(above))


def _is_above(path: str, actor: Actor) -> bool:
    return actor.office is not None and len(path) < len(actor.office.place_path)


WATCHED = mark("超期一览和本周简报给社区党组织书记和街道看。")


@dataclass(frozen=True, slots=True)
class Below:
    """What is late in one community."""

    place: Place
    rows: list[Waiting]


def below(actor: Actor, most: int = MOST) -> tuple[list[Below], bool]:
    """What is late in the place of this office, community by community in the order of the map and no other.

    NotAllowed for an office that watches over nobody.
    """
    if actor.office is None or not has_perm("home.read_week", actor, actor.office.place_path):
        raise NotAllowed("home.read_week", WATCHED)
    parts = [app.late_under(actor, most) for app in (topics, outcomes, coordination)]
    rows = [one for part in parts for one in part]
    by_community: dict[int, list[Waiting]] = {}
    for place, waiting in sorted(rows, key=lambda row: row[1].due or date.max):
        by_community.setdefault(place, []).append(waiting)
    places = Place.objects.filter(pk__in=by_community).order_by("path")
    return [Below(place, by_community[place.pk]) for place in places], any(len(part) >= most for part in parts)
