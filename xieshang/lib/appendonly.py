"""Tables that only grow: triggers that refuse UPDATE and DELETE, for both databases, as migration operations."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def _postgres(table: str) -> list[str]:
    return [
        f"""CREATE OR REPLACE FUNCTION {table}_only_grows() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION '{table} only grows'; END $$ LANGUAGE plpgsql""",
        f"""CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_only_grows()""",
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows()""",
    ]


def _sqlite(table: str) -> list[str]:
    return [
        f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"""
        for verb in ("UPDATE", "DELETE")
    ]


def only_grows(table: str) -> migrations.RunPython:
    """A migration operation after which rows of this table can be neither changed nor deleted by anybody."""

    def install(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        vendor = editor.connection.vendor
        for statement in _postgres(table) if vendor == "postgresql" else _sqlite(table):
            editor.execute(statement)

    return migrations.RunPython(install, migrations.RunPython.noop)


def stays_fixed(table: str, *, when: str, keeps_out: str = "") -> migrations.RunPython:
    """A migration operation after which rows of this table change no more once a condition on them holds.

    `when` is SQL over OLD, for rows changed or deleted; `keeps_out`, if given, over NEW: no such row is added.
    """

    def install(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        rows = [("UPDATE", when), ("DELETE", when), *([("INSERT", keeps_out)] if keeps_out else [])]
        for verb, condition in rows:
            name = f"{table}_fixed_{verb.lower()}"
            if editor.connection.vendor == "postgresql":
                given = "NEW" if verb != "DELETE" else "OLD"
                editor.execute(
                    f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
                    BEGIN IF {condition} THEN RAISE EXCEPTION '{table} is frozen'; END IF; RETURN {given}; END
                    $$ LANGUAGE plpgsql"""
                )
                editor.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
            else:
                editor.execute(
                    f"""CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition}
                    BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"""
                )

    return migrations.RunPython(install, migrations.RunPython.noop)
