"""From the notice of the meeting on nothing of text, options, rule or window changes, on any path.

The one thing that may move is the end of the window, once, to later, while owners vote; the vote's own end follows.
"""

from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from xieshang.lib.appendonly import stays_fixed

BEFORE_NOTICE = "('proposed', 'party_consulted', 'roster_open', 'withdrawn')"
NOTICED = f"EXISTS (SELECT 1 FROM voting_decision d WHERE d.vote_id = VOTE AND d.state NOT IN {BEFORE_NOTICE})"  # noqa: S608  # own words
OF_SCOPES = f"EXISTS (SELECT 1 FROM voting_decision d WHERE d.id = ROW.decision_id AND d.state NOT IN {BEFORE_NOTICE})"  # noqa: S608  # own words
# Columns that the notice fixes.
DECISION = (
    "vote_id area_id convener_id convener_source scope_source entry item class_confirmed_by_id rule_set values"
    " deemed_clause text seats paper_place opens_on notice_id key_code consulted_on opinion drafted_by_id"
).split()
VOTE = (
    "matter_id scope_id kind nature base question most_choices allow_change turnout_share opens_at frozen_at roll_size"
    " roll_area_centi"
).split()


def _changed(columns: list[str], differs: str) -> str:
    return " OR ".join(f'NEW."{column}" {differs} OLD."{column}"' for column in columns)


def _rules(vendor: str) -> Iterator[tuple[str, str, str]]:
    """Table, verb, and when it is refused."""
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    noticed = f"OLD.state NOT IN {BEFORE_NOTICE}"
    window = f"(NEW.closes_at {differs} OLD.closes_at OR NEW.first_closes_at {differs} OLD.first_closes_at)"
    extension = (
        "COALESCE(OLD.state = 'voting' AND OLD.first_closes_at IS NULL AND NEW.first_closes_at = OLD.closes_at"
        " AND NEW.closes_at > OLD.closes_at, FALSE)"
    )
    fixed = f"{_changed(DECISION, differs)} OR NEW.state IN {BEFORE_NOTICE} OR ({window} AND NOT {extension})"
    yield "voting_decision", "UPDATE", f"{noticed} AND ({fixed})"
    yield "voting_decision", "DELETE", noticed
    follows = "(SELECT d.closes_at FROM voting_decision d WHERE d.vote_id = OLD.id)"
    moved = f"(NEW.closes_at {differs} OLD.closes_at AND NEW.closes_at {differs} {follows})"
    yield "voting_vote", "UPDATE", f"{NOTICED.replace('VOTE', 'OLD.id')} AND ({_changed(VOTE, differs)} OR {moved})"


def _postgres(table: str, verb: str, refused: str) -> list[str]:
    name, row = f"{table}_fixed_{verb.lower()}", "OLD" if verb == "DELETE" else "NEW"
    return [
        f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
        BEGIN IF {refused} THEN RAISE EXCEPTION '{table} is fixed by the notice'; END IF; RETURN {row}; END
        $$ LANGUAGE plpgsql""",
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _sqlite(table: str, verb: str, refused: str) -> list[str]:
    return [
        f"""CREATE TRIGGER {table}_fixed_{verb.lower()} BEFORE {verb} ON {table} WHEN {refused}
        BEGIN SELECT RAISE(ABORT, '{table} is fixed by the notice'); END"""
    ]


def install(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    vendor = editor.connection.vendor
    write = _postgres if vendor == "postgresql" else _sqlite
    for table, verb, refused in _rules(vendor):
        for statement in write(table, verb, refused):
            editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("voting", "0003_frozen_rolls")]

    operations = [
        migrations.RunPython(install, migrations.RunPython.noop),
        stays_fixed(
            "voting_option",
            when=NOTICED.replace("VOTE", "OLD.vote_id"),
            keeps_out=NOTICED.replace("VOTE", "NEW.vote_id"),
        ),
        stays_fixed(
            "voting_decision_scopes",
            when=OF_SCOPES.replace("ROW", "OLD"),
            keeps_out=OF_SCOPES.replace("ROW", "NEW"),
        ),
    ]
