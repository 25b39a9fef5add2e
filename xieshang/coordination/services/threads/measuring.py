"""Measurements: a neighbour's own reading, a side's pasted table, and a table as the proof of a commitment."""

from datetime import datetime

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.community.models import Place
from xieshang.community.queries import homes_of
from xieshang.community.rules import PlaceKind
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import SHANGHAI
from xieshang.lib.refusals import NotAllowed, Refusal
from xieshang.lib.refusals import later as _later
from xieshang.outcomes import services as outcomes

from ...models import Commitment, Reading, Thread
from ...rules.threads import SPEAKABLE, State, readings, sides
from .moving import audit, locked, office_id, refuse, require, require_term, touch

NOT_MEASURED = Refusal("not_measured", _later("这件事不用登记测温。"))
HOME_MISSING = Refusal("home_missing", _later("请选您自己的住房。"))


@transaction.atomic
def add_reading(actor: Actor, thread_id: int, *, unit_id: int, measured_at: datetime, value: str) -> Reading:
    """A neighbour writes down the temperature of their own home; neighbours see the building, the sides the flat."""
    thread = locked(actor, thread_id)
    require("add_reading", actor, thread, _("测温由住在这里、认证过住房的居民登记。"))
    _refuse_measuring(thread)
    unit = next((home.unit for home in homes_of(actor.person_id or 0) if home.unit_id == unit_id), None)
    refuse(None if unit and unit.path.startswith(thread.place_path) else HOME_MISSING)
    tenths = readings.tenths_of(value)
    refuse(None if tenths is not None else readings.VALUE_WRONG)
    kept = _keep(actor, thread, [(unit.pk if unit else 0, measured_at, tenths or 0)], None)
    audit(actor, thread, "add_reading", {"readings": 1})
    return kept[0]


def _refuse_measuring(thread: Thread) -> None:
    refuse(
        None if thread.measures else NOT_MEASURED,
        None if State(thread.state) in SPEAKABLE else sides.NOT_SPEAKABLE,
    )


@transaction.atomic
def add_readings(actor: Actor, thread_id: int, *, table: str, commitment_id: int | None = None) -> list[Reading]:
    """A side enters a table of room, day, time and temperature; for a commitment it is told there as its progress."""
    thread = locked(actor, thread_id)
    require("add_readings", actor, thread)
    require_term(actor)
    _refuse_measuring(thread)
    rows, wrong = readings.parse(table, today().year)
    units = _units(thread, {row.room for row in rows})
    unknown = [readings.unknown_room(row.room) for row in rows if row.room not in units]
    refuse(*wrong, *unknown)
    commitment = _commitment(thread, commitment_id)
    found = [(units[row.room], row.at.replace(tzinfo=SHANGHAI), row.tenths) for row in rows]
    kept = _keep(actor, thread, found, commitment)
    if commitment is not None:
        outcomes.report_progress(actor, commitment.item_id, text=_summary(found))
    audit(actor, thread, "add_reading", {"readings": len(kept)})
    return kept


def _commitment(thread: Thread, commitment_id: int | None) -> Commitment | None:
    return get_object_or_404(thread.commitments, pk=commitment_id) if commitment_id else None


def _summary(found: list[tuple[int, datetime, int]]) -> str:
    latest = {unit: tenths for unit, _at, tenths in sorted(found, key=lambda row: row[1])}
    line = readings.spread(latest.values())
    if line is None:
        return ""
    shown = {"n": line.homes, "low": readings.shown_tenths(line.lowest), "high": readings.shown_tenths(line.highest)}
    return _("测温%(n)d户：最低%(low)s℃，最高%(high)s℃。明细见协调页的测温表。") % shown


def _units(thread: Thread, rooms: set[str]) -> dict[str, int]:
    """Ids of homes by the words they were typed with: the whole label, or the label without the place's own name."""
    inside = Place.objects.filter(kind=PlaceKind.UNIT.value, path__startswith=thread.place_path)
    start = (thread.estate or thread.place).name
    labels = {f"{start}{room}" for room in rooms} | rooms
    known = dict(inside.filter(label__in=labels).values_list("label", "pk"))
    found = {room: known.get(room) or known.get(f"{start}{room}") for room in rooms}
    return {room: pk for room, pk in found.items() if pk}


def _keep(
    actor: Actor, thread: Thread, found: list[tuple[int, datetime, int]], commitment: Commitment | None
) -> list[Reading]:
    """The rows, each home and moment once."""
    at = now()
    refuse(readings.LATER_THAN_NOW if any(measured > at for _unit, measured, _tenths in found) else None)
    known = set(Reading.objects.filter(thread=thread).values_list("unit_id", "measured_at"))
    moments = [(unit, measured) for unit, measured, _tenths in found]
    refuse(readings.READ_TWICE if known & set(moments) or len(set(moments)) < len(moments) else None)
    if actor.hands is None:
        raise NotAllowed("add_reading")
    rows = [
        Reading(
            thread=thread,
            unit_id=unit,
            measured_at=measured,
            tenths=tenths,
            commitment=commitment,
            person_id=actor.person_id,
            office_id=office_id(actor),
            at=at,
            **actor.assisted,
        )
        for unit, measured, tenths in found
    ]
    touch(thread)
    return Reading.objects.bulk_create(rows)
