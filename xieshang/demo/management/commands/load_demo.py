"""Load the demo community once."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from xieshang.demo.services import load


class Command(BaseCommand):
    """Places, people and matters of the demo; a second run changes nothing."""

    help = "Load the demo community; does nothing when it is there already."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        """Load, and say how long it took."""
        if not settings.DEMO:
            raise CommandError("XIESHANG_MODE=demo is needed: real installations are set up with set_up_community.")
        began = time.monotonic()
        loaded = load()
        took = f"{time.monotonic() - began:.1f}"
        self.stdout.write(f"示例社区已建好，用了{took}秒。" if loaded else "示例社区已经在了，数据保留。")
