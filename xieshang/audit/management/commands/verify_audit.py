"""Check the chain of the record."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from xieshang.audit.queries import verify
from xieshang.audit.services import link_entries


class Command(BaseCommand):
    """Name the first entry whose hash does not hold, and say up to where the chain was looked at."""

    help = "Check the chain of the record and name the first broken entry."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one switch: whether entries that wait are linked first."""
        parser.add_argument("--link", action="store_true", help="link the entries that wait before checking")

    def handle(self, *args: object, **options: object) -> None:
        """Print the verdict; a broken chain ends with an error."""
        while options["link"] and link_entries():
            pass
        verdict = verify()
        if verdict.broken_entry is not None:
            raise CommandError(
                f"第{verdict.broken_entry}条记录对不上（{verdict.why}）；在它之前核对了{verdict.checked}条，都完好。"
            )
        self.stdout.write(
            f"核对了{verdict.checked}条，到第{verdict.last_entry or 0}条为止都完好；还有{verdict.waiting}条尚未接入。"
        )
