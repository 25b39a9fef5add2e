"""Run by a timer: do what time does."""

from django.core.management.base import BaseCommand

from xieshang.home.services import tick


class Command(BaseCommand):
    """Everything that fell due since the last run; how late it runs changes no result."""

    help = "Do everything that has fallen due."
    # It runs every minute, and looking the program over would take a fifth of it.
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        """Print how many things were done."""
        self.stdout.write(str(tick()))
