"""Queries that a crowd asks at once: the framework builds their SQL the first time, then only the values change."""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import QuerySet

Row = TypeVar("Row")
Value = int | str
# No row has such an id.
_FIRST_SLOT = 2**62


@dataclass(frozen=True, slots=True)
class _Made:
    """A queryset with slots where values go, its compiler with what that found out, and what fills its SQL's places."""

    rows: "QuerySet[Any]"
    compiler: Any
    converters: Any
    sql: str
    places: Sequence[Any]
    slots: dict[Any, int]


class Often(Generic[Row]):
    """A query whose SQL is built once: `rows = Often(lambda person, vote: Row.objects.filter(…))`, then `rows(1, 2)`.

    Values are ids and texts, never None, and only ever compared with: nothing in the queryset may depend on what they
    are. The rows are read anew each time; nothing of them is kept.
    """

    def __init__(self, build: "Callable[..., QuerySet[Any]]") -> None:
        self._build = build
        self._made: _Made | None = None

    def __call__(self, *values: Value) -> list[Row]:
        """The rows for these values; one query."""
        made = self._made = self._made or _make(self._build, values)
        rows = made.rows.all()
        vars(rows.query)["get_compiler"] = partial(_compiler, made, values)
        return list(rows)


def _make(build: "Callable[..., QuerySet[Any]]", values: Sequence[Value]) -> _Made:
    slots = [f"slot {at}" if isinstance(value, str) else _FIRST_SLOT + at for at, value in enumerate(values)]
    rows = build(*slots)
    compiler = rows.query.get_compiler(rows.db)
    sql, places = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    return _Made(rows, compiler, converters, sql, places, {slot: at for at, slot in enumerate(slots)})


def _compiler(made: _Made, values: Sequence[Value], using: str) -> Any:
    """What the framework would make for this query, with its SQL ready."""
    compiler = copy(made.compiler)
    compiler.connection = connections[using]
    slots = made.slots
    places = tuple(values[slots[place]] if place in slots else place for place in made.places)
    compiler.as_sql, compiler.get_converters = lambda: (made.sql, places), lambda _columns: made.converters
    return compiler
