"""From the notice of the meeting on nothing of text, options, rule or window changes, on any path.

The one thing that may move is the end of the window, once, to later, while owners vote; the vote's own end follows.
"""

from collections.abc import Iterator

from django.db import migrations

from xieshang.lib.appendonly import refusal, stays_fixed
from xieshang.lib.migrating import Statements

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


def statements(vendor: str) -> Iterator[str]:
    """The triggers."""
    for table, verb, refused in _rules(vendor):
        yield from refusal(vendor, table, verb, refused, "is fixed by the notice")


class Migration(migrations.Migration):
    dependencies = [("voting", "0003_frozen_rolls")]

    operations = [
        Statements(statements),
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
