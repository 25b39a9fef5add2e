"""本周简报: what came, what was done, what is late and what comes next in a place, short enough for one sheet of A4."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from xieshang.community.models import Place
from xieshang.community.rules import COMMUNITY_KINDS
from xieshang.coordination import queries as coordination
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import SHANGHAI
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.lib.waiting import Waiting
from xieshang.matters.models import Matter
from xieshang.matters.rules import Audience
from xieshang.outcomes import queries as outcomes
from xieshang.topics import queries as topics

from .day import WATCHED

# So many lines of each kind fit on the sheet; what is more is counted.
LINES = 7
# Nothing of this platform is older.
FIRST_DAY = date(2020, 1, 6)
# Of each kind so many are read; where there are more, the sheet says so.
MOST = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet."""

    title: str
    note: str
    url: str
    when: date | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the sheet: the lines that fit, and how many there are in all; `is_least` where there may be more."""

    lines: list[Line]
    number: int
    is_least: bool = False

    @property
    def left(self) -> int:
        """How many are not on the sheet."""
        return self.number - len(self.lines)


@dataclass(frozen=True, slots=True)
class Week:
    """The sheet of one week of one place."""

    place: Place
    first: date
    last: date
    came: Part
    done: Part
    running: int
    late: Part
    coming: Part
    help: Part

    @property
    def before(self) -> date:
        """A day of the week before."""
        return self.first - timedelta(days=7)


def week_of(actor: Actor, day: date | None) -> Week:
    """The sheet of the week in which a day lies, or of this week; what is late and what comes is as of today."""
    office = actor.office
    if office is None or not has_perm("home.read_week", actor, office.place_path):
        raise NotAllowed("home.read_week", WATCHED)
    today = shown_today()
    day = max(min(day or today, today), FIRST_DAY)
    first = day - timedelta(days=day.weekday())
    last = first + timedelta(days=6)
    names = _names(office.body.place)
    here = _matters(actor)
    came = here.filter(made_at__gte=_midnight(first), made_at__lt=_midnight(last + timedelta(days=1)))
    moved = here.filter(moved_at__gte=_midnight(first), moved_at__lt=_midnight(last + timedelta(days=1)))
    return Week(
        place=office.body.place,
        first=first,
        last=last,
        came=_matter_part(came.order_by("-made_at", "-pk"), names),
        done=_matter_part(moved.filter(is_open=False).order_by("-moved_at", "-pk"), names),
        running=here.filter(is_open=True).count(),
        late=_part(_late(actor), names),
        coming=_part(_coming(actor, today), names),
        help=_part([coordination.help_under(actor, MOST)], names),
    )


Rows = list[tuple[int, Waiting]]


def _late(actor: Actor) -> list[Rows]:
    return [app.late_under(actor, MOST) for app in (topics, outcomes, coordination)]


def _coming(actor: Actor, today: date) -> list[Rows]:
    """What is due from today to the end of next week."""
    until = today + timedelta(days=13 - today.weekday())
    return [app.due_under(actor, today, until, MOST) for app in (topics, outcomes, coordination)]


def _matters(actor: Actor) -> QuerySet[Matter]:
    path = actor.office.place_path if actor.office else ""
    rows = Matter.objects.visible_to(actor).filter(place__path__startswith=path)
    return rows.exclude(audience=Audience.AUTHOR.value)


def _names(place: Place) -> dict[int, str]:
    """The names of the communities, where the sheet is about more than one."""
    if place.is_community:
        return {}
    kinds = [kind.value for kind in COMMUNITY_KINDS]
    return dict(Place.objects.filter(path__startswith=place.path, kind__in=kinds).values_list("pk", "name"))


def _matter_part(rows: QuerySet[Matter], names: dict[int, str]) -> Part:
    lines = [
        Line(one.title, one.standing, one.get_absolute_url(), None, names.get(one.community_id, ""))
        for one in rows[:LINES]
    ]
    return Part(lines, rows.count())


def _part(kinds: list[Rows], names: dict[int, str]) -> Part:
    found = sorted((row for rows in kinds for row in rows), key=lambda row: row[1].due or date.max)
    lines = [Line(one.title, one.line, one.url, one.due, names.get(place, "")) for place, one in found[:LINES]]
    return Part(lines, len(found), is_least=any(len(rows) >= MOST for rows in kinds))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
