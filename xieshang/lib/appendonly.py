"""Tables that only grow: triggers that refuse UPDATE and DELETE, for both databases, as migration operations."""

from collections.abc import Iterator

from .migrating import Statements


def _postgres(table: str) -> list[str]:
    return [
        f"""CREATE OR REPLACE FUNCTION {table}_only_grows() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION '{table} only grows'; END $$ LANGUAGE plpgsql""",
        f"""CREATE OR REPLACE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_only_grows()""",
        f"""CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows()""",
    ]


def _sqlite(table: str) -> list[str]:
    return [
        f"""CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"""
        for verb in ("UPDATE", "DELETE")
    ]


def only_grows(table: str) -> Statements:
    """A migration operation after which rows of this table can be neither changed nor deleted by anybody.

    To be said again where SQLite makes the table anew (a constraint, a column that is not null): its triggers are gone.
    """
    return Statements(lambda vendor: _postgres(table) if vendor == "postgresql" else _sqlite(table))


def stays_fixed(table: str, *, when: str, keeps_out: str = "") -> Statements:
    """A migration operation after which rows of this table change no more once a condition on them holds.

    `when` is SQL over OLD, for rows changed or deleted; `keeps_out`, if given, over NEW: no such row is added.
    """

    def statements(vendor: str) -> Iterator[str]:
        rows = [("UPDATE", when), ("DELETE", when), *([("INSERT", keeps_out)] if keeps_out else [])]
        for verb, refused in rows:
            yield from refusal(vendor, table, verb, refused, "is frozen")

    return Statements(statements)


def refusal(vendor: str, table: str, verb: str, refused: str, words: str) -> list[str]:
    """Statements after which this verb on this table is refused where a condition over OLD or NEW holds."""
    name, row = f"{table}_fixed_{verb.lower()}", "OLD" if verb == "DELETE" else "NEW"
    if vendor != "postgresql":
        return [
            f"""CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {refused}
            BEGIN SELECT RAISE(ABORT, '{table} {words}'); END"""
        ]
    return [
        f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
        BEGIN IF {refused} THEN RAISE EXCEPTION '{table} {words}'; END IF; RETURN {row}; END
        $$ LANGUAGE plpgsql""",
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
