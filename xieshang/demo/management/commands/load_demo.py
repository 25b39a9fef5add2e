"""Load the demo community once."""

import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from xieshang.demo.services import load


class Command(BaseCommand):
    """Places, people and matters of the demo; a second run changes nothing."""

    help = "Load the demo community; does nothing when it is there already."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """`--migrate` makes the tables first."""
        parser.add_argument("--migrate", action="store_true", help="make the tables first, in the same process")

    def handle(self, *args: object, **options: object) -> None:
        """Load, and say how long it took."""
        if not settings.DEMO:
            raise CommandError("XIESHANG_MODE=demo is needed: real installations are set up with set_up_community.")
        if options["migrate"]:
            call_command("migrate", interactive=False, verbosity=0)
        began = time.monotonic()
        loaded = load()
        took = f"{time.monotonic() - began:.1f}"
        self.stdout.write(f"示例社区已建好，用了{took}秒。" if loaded else "示例社区已经在了，数据保留。")
