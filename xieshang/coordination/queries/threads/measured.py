"""Measurements for pages: at the table every flat, for neighbours the building only."""

from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from xieshang.community.queries import building_of, homes_of
from xieshang.lib.actor import Actor
from xieshang.lib.days import moment
from xieshang.lib.paging import Page, page_since

from ...models import Reading, Thread
from ...rules.threads import readings


@dataclass(frozen=True, slots=True)
class Shown:
    """One measurement for one reader."""

    where: str
    when: str
    value: str
    by: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """A table in one line: homes, their latest from the lowest to the highest, the same for the first ones."""

    homes: int
    lowest: str
    highest: str
    first_lowest: str
    first_highest: str
    is_again: bool


def readings_page(actor: Actor, thread: Thread, key: str, *, at_table: bool) -> Page[Shown]:
    """One page of a thread's measurements, the latest first; two queries."""
    rows = Reading.objects.filter(thread=thread).select_related("unit", "office__body")
    page = page_since(rows, "measured_at", key, size=30)
    mine = {home.unit_id for home in homes_of(actor.person_id)} if actor.person_id else set()
    shown = [_shown(row, at_table=at_table, mine=row.unit_id in mine) for row in page.rows]
    return Page(shown, page.next_key, page.is_first)


def _shown(row: Reading, *, at_table: bool, mine: bool) -> Shown:
    label = row.unit.label or row.unit.name
    return Shown(
        where=label if at_table or mine else building_of(label) or "本小区",
        when=moment(row.measured_at),
        value=readings.shown_tenths(row.tenths),
        by=row.office.body.short_name if row.office else "住户",
        is_mine=mine,
    )


def summary_of(thread: Thread) -> Summary | None:
    """The line over each home's first and latest measurement; one query."""
    by_home = Window(RowNumber(), partition_by=[F("unit")], order_by=[F("measured_at").asc(), F("pk").asc()])
    latest = Window(RowNumber(), partition_by=[F("unit")], order_by=[F("measured_at").desc(), F("pk").desc()])
    rows = Reading.objects.filter(thread=thread).annotate(nth=by_home, back=latest)
    found = list(rows.values_list("unit_id", "tenths", "nth", "back"))
    first = {unit: tenths for unit, tenths, nth, _back in found if nth == 1}
    last = {unit: tenths for unit, tenths, _nth, back in found if back == 1}
    now, then = readings.spread(last.values()), readings.spread(first.values())
    if now is None or then is None:
        return None
    shown = readings.shown_tenths
    again = len(found) > len(first)
    return Summary(now.homes, shown(now.lowest), shown(now.highest), shown(then.lowest), shown(then.highest), again)


def homes_in(actor: Actor, thread: Thread) -> list[tuple[int, str]]:
    """The reader's own homes in the thread's place, for the form."""
    if actor.person_id is None or actor.office is not None:
        return []
    homes = [home.unit for home in homes_of(actor.person_id) if home.unit.path.startswith(thread.place_path)]
    return [(unit.pk, unit.label or unit.name) for unit in homes]
