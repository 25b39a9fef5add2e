"""Setting up real communities from one workbook: all or nothing, and again without doubling."""

from collections.abc import Callable, Iterator

from django.db import transaction

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed

from ... import hooks
from ...models import PLACE_LABELS, Place
from ...rules import COMMUNITY_KINDS, LEVELS, PlaceKind, Sheet
from .bodies import Bodies
from .offices import Offices
from .people import Numbers, People
from .places import Places
from .report import Fault, SetUpReport
from .residents import Residents
from .tables import Row, Tables, rows_of
from .tree import Node, Tree, make_homes

Progress = Callable[[int, int], None]
_STEP = 200

__all__ = ["Fault", "Progress", "SetUpReport", "set_up"]


class SetUp:
    """One run over one file: everything is looked at in memory first, then stored in one go."""

    def __init__(self, actor: Actor, tables: Tables, progress: Progress | None) -> None:
        """Read the tables and load what lies within the actor's reach."""
        self.actor = actor
        self.report = SetUpReport()
        self.rows = rows_of(tables, self.report)
        self.tree = Tree(actor.office.place_path if actor.office else "")
        self._progress = progress
        self._total = 2 * sum(map(len, self.rows.values()))
        self._done = 0

    def look(self) -> None:
        """Compare every row with what is stored and with the other rows; nothing is written."""
        numbers = Numbers(self.report)
        self.places = Places(self.tree, self.report)
        self.places.take(self._told(Sheet.PLACES))
        self.bodies = Bodies(self.tree, self.report)
        self.bodies.take(self._told(Sheet.BODIES))
        self.people = People(self.rows[Sheet.OFFICES], numbers, self.report)
        self.offices = Offices(self.actor, self.bodies, self.people, self.report)
        self.offices.take(self._told(Sheet.OFFICES))
        self.residents = Residents(self.tree, numbers, self.report)
        self.residents.take(self._told(Sheet.RESIDENTS))
        self.report.new_places = [_shown(node) for node in self.tree.walk() if node.is_new and _is_named(node)]
        self.report.faults.sort(key=_in_order)

    def store(self) -> None:
        """Write what `look` found, in the order in which it builds on itself, and let upper apps follow."""
        new = self.tree.save()
        make_homes([node.place.pk for node in self.places.communities])
        self._advance(len(self.rows[Sheet.PLACES]))
        bodies = self.bodies.save()
        for node in new:
            if node.kind in COMMUNITY_KINDS:
                _follow_community(node.place)
        for body in bodies:
            for follow in hooks.on_body_changed:
                follow(body)
        self._advance(len(self.rows[Sheet.BODIES]))
        self.people.save()
        self.offices.save()
        self._advance(len(self.rows[Sheet.OFFICES]))
        self.residents.save()
        self._advance(len(self.rows[Sheet.RESIDENTS]))
        self._record()

    def _record(self) -> None:
        counts = {"added": self.report.added, "updated": self.report.updated, "unchanged": self.report.unchanged}
        place = _shared([node.place for node in self.places.communities]) or self.tree.reach
        record(self.actor, "community.set_up", place=place, detail=counts)

    def _told(self, sheet: Sheet) -> Iterator[Row]:
        """The rows of a sheet; progress hears of them on the way."""
        for at, row in enumerate(self.rows[sheet], start=1):
            yield row
            if at % _STEP == 0:
                self._advance(_STEP)
        self._advance(len(self.rows[sheet]) % _STEP)

    def _advance(self, rows: int) -> None:
        self._done += rows
        if self._progress and rows:
            self._progress(self._done, self._total)


def set_up(actor: Actor, tables: Tables, *, dry_run: bool, progress: Progress | None = None) -> SetUpReport:
    """Make or update places, homes, bodies, offices and the register from plain tables (sheet → rows as read).

    Nothing is changed on a dry run or when any row has a fault. `progress` hears of (rows done, rows in all), each
    row being looked at once and stored once.
    """
    path = actor.office.place_path if actor.office else ""
    if not has_perm("community.set_up", actor, path):
        raise NotAllowed("community.set_up")
    with transaction.atomic():
        # One at a time: paths in the tree are handed out here.
        list(Place.objects.select_for_update().filter(depth=1).values_list("pk"))
        run = SetUp(actor, tables, progress)
        run.look()
        if not dry_run and not run.report.faults:
            run.store()
    return run.report


def _follow_community(place: Place) -> None:
    for follow in hooks.on_community_made:
        follow(place)


def _shared(places: list[Place]) -> str:
    """Path of the innermost place that contains all of these; empty for none."""
    lines = [place.ancestor_paths for place in places]
    return next((step[0] for step in reversed(list(zip(*lines, strict=False))) if len(set(step)) == 1), "")


def _is_named(node: Node) -> bool:
    return node.level <= LEVELS[PlaceKind.COMPOUND]


def _shown(node: Node) -> str:
    return f"{PLACE_LABELS[node.kind]}：{node.place.name}"


def _in_order(fault: Fault) -> tuple[int, int]:
    sheets = [sheet.value for sheet in Sheet]
    return (sheets.index(fault.sheet) if fault.sheet in sheets else -1, fault.row)
