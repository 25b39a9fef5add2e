"""Keyset paging: the next page starts after a row, not after a count: page a thousand costs what page one does."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet

Row = TypeVar("Row")
SIZE = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Microseconds up to the year 2970: later keys are nobody's.
LATEST = 10**15 * 31


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the keys that the links to the older and back to the first page carry."""

    rows: list[Row]
    next_key: str
    is_first: bool


def number_in(text: str) -> int | None:
    """The whole number that an address carries, None for anything else, other scripts' digits too."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def page_of(rows: "QuerySet[Any]", key: str, size: int = SIZE) -> Page[Any]:
    """The rows after the given key (an id, empty for the first page), newest first."""
    after = number_in(key)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk")[: size + 1])
    return Page(found[:size], str(found[size - 1].pk) if len(found) > size else "", after is None)


def page_from(rows: "QuerySet[Any]", key: str, size: int = SIZE) -> Page[Any]:
    """The rows after the given key (an id, empty for the first page), oldest first."""
    after = number_in(key)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    found = list(rows.order_by("pk")[: size + 1])
    return Page(found[:size], str(found[size - 1].pk) if len(found) > size else "", after is None)


def page_since(rows: "QuerySet[Any]", field: str, key: str, size: int = SIZE) -> Page[Any]:
    """The rows after the key "instant:id", latest value of a field of instants first, ids breaking ties."""
    if after := _instant_in(key):
        at, pk = after
        rows = rows.filter(Q(**{f"{field}__lt": at}) | Q(**{field: at, "pk__lt": pk}))
    found = list(rows.order_by(f"-{field}", "-pk")[: size + 1])
    return Page(found[:size], _instant_key(found, field, size), after is None)


def page_soonest(rows: "QuerySet[Any]", field: str, key: str, size: int = SIZE) -> Page[Any]:
    """The rows after the key "instant:id", earliest value of a field of instants first, ids breaking ties."""
    if after := _instant_in(key):
        at, pk = after
        rows = rows.filter(Q(**{f"{field}__gt": at}) | Q(**{field: at, "pk__gt": pk}))
    found = list(rows.order_by(field, "pk")[: size + 1])
    return Page(found[:size], _instant_key(found, field, size), after is None)


def _instant_in(key: str) -> tuple[datetime, int] | None:
    micros, pk = (number_in(part) for part in (*key.split(":", 1), "")[:2])
    return None if micros is None or pk is None or micros > LATEST else (EPOCH + timedelta(microseconds=micros), pk)


def _instant_key(found: list[Any], field: str, size: int) -> str:
    last = found[size - 1] if len(found) > size else None
    return f"{(getattr(last, field) - EPOCH) // timedelta(microseconds=1)}:{last.pk}" if last else ""


def page_by(rows: "QuerySet[Any]", field: str, key: str, size: int = SIZE) -> Page[Any]:
    """The rows after the key "value:id", highest value of an integer field first, ids breaking ties."""
    value, pk = (number_in(part) for part in (*key.split(":", 1), "")[:2])
    first = value is None or pk is None
    if not first:
        rows = rows.filter(Q(**{f"{field}__lt": value}) | Q(**{field: value, "pk__lt": pk}))
    found = list(rows.order_by(f"-{field}", "-pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{getattr(last, field)}:{last.pk}" if last else "", first)


def page_by_day(rows: "QuerySet[Any]", field: str, key: str, size: int = SIZE) -> Page[Any]:
    """The rows after the key "day:id", earliest day of a field of days first, ids breaking ties; rows need a day."""
    text, _colon, pk = key.rpartition(":")
    day, number = _day_in(text), number_in(pk)
    first = day is None or number is None
    if not first:
        rows = rows.filter(Q(**{f"{field}__gt": day}) | Q(**{field: day, "pk__gt": number}))
    found = list(rows.order_by(field, "pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{getattr(last, field).isoformat()}:{last.pk}" if last else "", first)


def _day_in(text: str) -> date | None:
    """The day in a key, None for a key that somebody made up."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
