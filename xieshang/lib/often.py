"""What a crowd asks and writes at once: its SQL is built the first time, then only the values change.

PostgreSQL plans it once for each connection too; all other statements it gets as the framework sends them.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model, QuerySet

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
        with _prepared(rows.db):
            return list(rows)


@contextmanager
def _prepared(using: str) -> Iterator[None]:
    """Meanwhile PostgreSQL's cursors are of the kind that prepares (settings.py says how soon); others never do."""
    connection: Any = connections[using]
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    usual, raw.cursor_factory = raw.cursor_factory, connection.Database.Cursor
    try:
        yield
    finally:
        raw.cursor_factory = usual


def put(row: Model, *, once: bool = False) -> None:
    """Insert a new row, which gets its id; `once`: or leave the one that is there already. No signals are sent."""
    connection = connections[DEFAULT_DB_ALIAS]
    columns, sql = (_or_left if once else _inserted)(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in columns]
    with _prepared(DEFAULT_DB_ALIAS), connection.cursor() as cursor:
        cursor.execute(sql, values)
        if not once:
            (row.pk,) = cursor.fetchone()
    row._state.db, row._state.adding = DEFAULT_DB_ALIAS, False


def _insert(model: type[Model], end: str) -> "tuple[list[Field[Any, Any]], str]":
    meta = model._meta
    columns = [field for field in meta.local_concrete_fields if not field.primary_key]
    names, places = ", ".join(f'"{field.column}"' for field in columns), ", ".join(["%s"] * len(columns))
    # Nothing but names of the program's own tables and columns.
    return columns, f'INSERT INTO "{meta.db_table}" ({names}) VALUES ({places}) {end}'  # noqa: S608


_inserted = cache(partial(_insert, end='RETURNING "id"'))
_or_left = cache(partial(_insert, end="ON CONFLICT DO NOTHING"))


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
