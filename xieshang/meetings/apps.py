"""The meetings app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers who may do what."""

    name = "xieshang.meetings"

    def ready(self) -> None:
        """Register permissions."""
        from . import permissions  # noqa: F401  # apps are ready only now
