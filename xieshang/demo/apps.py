"""The demo app."""

from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    """Registers the clock's offset, in the demo only."""

    name = "xieshang.demo"

    def ready(self) -> None:
        """Let the clock run ahead by what was asked on the demo's page."""
        if not settings.DEMO:
            return
        from xieshang.lib.clock import register_offset  # apps are ready only now

        from .services import shift

        register_offset(shift)
