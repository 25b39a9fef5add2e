"""The meetings app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers who may do what."""

    name = "xieshang.meetings"

    def ready(self) -> None:
        """Register permissions, and answer for the live groups `meeting.N`."""
        from xieshang.live import hooks as live  # apps are ready only now
        from xieshang.voting import hooks as voting

        from . import hooks, permissions, services  # noqa: F401
        from .queries import may_listen

        live.register("meeting", may_listen)
        voting.on_closed.append(services.motion_closed)
        hooks.on_closed.append(services.draft_minutes)
