"""What a crowd asks and writes at once: its SQL is built the first time, then only the values change.

PostgreSQL plans it once for each connection too; all other statements it gets as the framework sends them.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from copy import copy
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model, QuerySet

Row = TypeVar("Row")
Value = int | str
# An asked thing with the values it is asked for, and what the database gives for it.
Question = tuple["Plain | Often[Any]", tuple[Value, ...]]
Found = Sequence[Sequence[Any]]
# A table, and for each of its columns which of the rows before it points to, if any.
_Shape = tuple[type[Model], tuple[int | None, ...]]
# No row has such an id.
_FIRST_SLOT = 2**62


class Plain:
    """A statement of one's own, with its values: `Plain("SELECT … WHERE id = %s")`, then `rows(1)`; gives bare rows."""

    def __init__(self, sql: str) -> None:
        self._sql = sql

    def of(self, *values: Value) -> Question:
        """To be asked for these values `together` with others."""
        return self, values

    def __call__(self, *values: Value) -> Found:
        """The rows for these values."""
        return _answer(self, values)

    def said(self, values: Sequence[Value]) -> tuple[str, Sequence[Value]]:
        """The statement, and what goes into its places."""
        return self._sql, values


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

    def of(self, *values: Value) -> Question:
        """To be asked for these values `together` with others."""
        return self, values

    def __call__(self, *values: Value) -> list[Row]:
        """The rows for these values; one query."""
        found = _answer(self, values)
        made = self._made
        if made is None or not found:
            return []
        rows = made.rows.all()
        vars(rows.query)["get_compiler"] = partial(_compiler, made, found)
        return list(rows)

    def said(self, values: Sequence[Value]) -> tuple[str, Sequence[Value]]:
        """The statement, and what goes into its places."""
        made = self._made = self._made or _make(self._build, values)
        slots = made.slots
        return made.sql, [values[slots[place]] if place in slots else place for place in made.places]


@contextmanager
def together(*questions: Question) -> Iterator[None]:
    """Ask all this in this order, each after the one before has its locks, but wait only once.

    Meanwhile whoever asks one of these gets, once, what came for it. SQLite, where nobody waits, is asked as usual.
    """
    connection: Any = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        yield
        return
    with connection.wrap_database_errors:
        connection.asked_together = dict(zip(questions, _ask(questions), strict=True))
    try:
        yield
    finally:
        del connection.asked_together


def _answer(asked: "Plain | Often[Any]", values: tuple[Value, ...]) -> Found:
    question = asked, values
    came: dict[Question, Found] = getattr(connections[DEFAULT_DB_ALIAS], "asked_together", {})
    return came.pop(question) if question in came else _ask([question])[0]


def _ask(questions: Sequence[Question]) -> list[Found]:
    """What the database gives for each; sent without waiting for one another where there are several."""
    with _prepared() as connection:
        with connection.connection.pipeline() if len(questions) > 1 else nullcontext():
            cursors = [connection.cursor() for _question in questions]
            for cursor, (asked, values) in zip(cursors, questions, strict=True):
                cursor.execute(*asked.said(values))
        return [cursor.fetchall() for cursor in cursors]


@contextmanager
def _prepared() -> Iterator[Any]:
    """Meanwhile PostgreSQL's cursors are of the kind that prepares (settings.py says how soon); others never do."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        yield connection
        return
    connection.ensure_connection()
    raw = connection.connection
    usual, raw.cursor_factory = raw.cursor_factory, connection.Database.Cursor
    try:
        yield connection
    finally:
        raw.cursor_factory = usual


def put(*rows: Model) -> None:
    """Insert new rows, which get their ids; later ones may point to earlier ones. No signals are sent.

    PostgreSQL gets all of them in one statement.
    """
    is_one = connections[DEFAULT_DB_ALIAS].vendor == "postgresql"
    for some in [rows] if is_one else [(row,) for row in rows]:
        _put(some)
        for row in rows:
            _point(row)


def put_once(row: Model) -> None:
    """Insert a new row, or leave the one that is there already. No signals are sent."""
    columns = _columns(type(row))
    sql = _insert(type(row), (None,) * len(columns))
    with _prepared() as connection, connection.cursor() as cursor:
        cursor.execute(f"{sql} ON CONFLICT DO NOTHING", [_value(field, row, connection) for field in columns])


def _put(rows: Sequence[Model]) -> None:
    places = {id(row): at for at, row in enumerate(rows)}
    shape: list[_Shape] = []
    with _prepared() as connection, connection.cursor() as cursor:
        values = []
        for row in rows:
            columns = _columns(type(row))
            points = tuple(places.get(id(row._state.fields_cache.get(field.name))) for field in columns)
            shape.append((type(row), points))
            pairs = zip(columns, points, strict=True)
            values += [_value(field, row, connection) for field, at in pairs if at is None]
        cursor.execute(_inserted(tuple(shape)), values)
        ids = cursor.fetchone()
    for row, pk in zip(rows, ids, strict=True):
        row.pk, row._state.db, row._state.adding = pk, DEFAULT_DB_ALIAS, False


def _point(row: Model) -> None:
    """Let a row know the ids, by now, of those it was made to point to."""
    for field in _columns(type(row)):
        target = row._state.fields_cache.get(field.name)
        if target is not None and getattr(row, field.attname) is None:
            setattr(row, field.name, target)


def _value(field: "Field[Any, Any]", row: Model, connection: Any) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)


@cache
def _columns(model: type[Model]) -> "list[Field[Any, Any]]":
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


@cache
def _inserted(shape: "tuple[_Shape, ...]") -> str:
    parts = [f'{_insert(*one)} RETURNING "id"' for one in shape]
    if len(parts) == 1:
        return parts[0]
    made = ", ".join(f"new_{at} AS ({part})" for at, part in enumerate(parts))
    return f"WITH {made} SELECT {', '.join(map(_id_of, range(len(parts))))}"


@cache
def _insert(model: type[Model], points: tuple[int | None, ...]) -> str:
    names = ", ".join(f'"{field.column}"' for field in _columns(model))
    places = ", ".join("%s" if at is None else _id_of(at) for at in points)
    # Nothing but names of the program's own tables and columns.
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})'  # noqa: S608


def _id_of(at: int) -> str:
    return f'(SELECT "id" FROM new_{at})'  # noqa: S608


def _make(build: "Callable[..., QuerySet[Any]]", values: Sequence[Value]) -> _Made:
    slots = [f"slot {at}" if isinstance(value, str) else _FIRST_SLOT + at for at, value in enumerate(values)]
    rows = build(*slots)
    compiler = rows.query.get_compiler(rows.db)
    sql, places = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    return _Made(rows, compiler, converters, sql, places, {slot: at for at, slot in enumerate(slots)})


def _compiler(made: _Made, found: Found, using: str) -> Any:
    """What the framework would make for this query, with its answer ready."""
    compiler = copy(made.compiler)
    compiler.connection = connections[using]
    compiler.execute_sql, compiler.get_converters = lambda **_: [found], lambda _columns: made.converters
    return compiler
