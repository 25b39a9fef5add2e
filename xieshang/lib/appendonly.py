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
