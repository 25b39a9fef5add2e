"""Begin another key for signing the records of votes; those that have begun keep theirs."""

from typing import Any

from django.core.management.base import BaseCommand

from xieshang.lib.seal import change_key


class Command(BaseCommand):
    """python manage.py change_ledger_key, run as whoever owns LEDGER_KEY_FILE; the site need not be stopped."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Name both keys by their check codes, as notices do."""
        before, now = change_key()
        self.stdout.write(f"{before} stays, beside the new one, for every vote that began with it.\n")
        self.stdout.write(f"{now} is on the notice of every vote from now on.\n")
