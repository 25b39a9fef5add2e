"""Leave the web's database role nothing but reading and adding on the tables of the ledger (PostgreSQL)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

# The same as in migration 0002: the triggers refuse a change, this takes away the right to ask for one.
TABLES = (
    "voting_ballotversion",
    "voting_ledgerentry",
    "voting_ledgerlink",
    "voting_treehead",
    "voting_delivery",
    "voting_keying",
    "voting_decisionstep",
)


def statements(role: str) -> list[str]:
    """The SQL for one role; harmless to repeat."""
    tables, name = ", ".join(TABLES), connection.ops.quote_name(role)
    return [f"REVOKE ALL ON {tables} FROM PUBLIC, {name}", f"GRANT SELECT, INSERT ON {tables} TO {name}"]


class Command(BaseCommand):
    """python manage.py guard_ledger ROLE, run as the owner of the tables; the web then signs in as ROLE."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """The role, and whether the SQL is only shown."""
        parser.add_argument("role")
        parser.add_argument("--show", action="store_true", help="print the SQL, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Grant, or say why that would be worth nothing."""
        wanted = statements(options["role"])
        if options["show"]:
            self.stdout.write("".join(f"{statement};\n" for statement in wanted))
            return
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL knows roles; on SQLite the triggers alone guard the ledger.")
        with connection.cursor() as cursor:
            cursor.execute("SELECT tableowner FROM pg_tables WHERE tablename = %s", [TABLES[0]])
            if cursor.fetchone()[0] == options["role"]:
                raise CommandError(
                    "This role owns the tables and could take every right back: let the web use another."
                )
            for statement in wanted:
                cursor.execute(statement)
        self.stdout.write(f"{options['role']} may read and add, and nothing else, on {len(TABLES)} tables.\n")
