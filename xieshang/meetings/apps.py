"""The meetings app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers who may do what."""

    name = "xieshang.meetings"

    def ready(self) -> None:
        """Register permissions, and answer for the live groups `meeting.N`."""
        from xieshang.live import hooks as live  # apps are ready only now

        from . import permissions  # noqa: F401
        from .queries import may_listen

        live.register("meeting", may_listen)
