"""The meetings app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers who may do what."""

    name = "xieshang.meetings"

    def ready(self) -> None:
        """Register permissions, answer for the live groups `meeting.N`, say what the file of a meeting keeps."""
        from xieshang.community import hooks as community  # apps are ready only now
        from xieshang.live import hooks as live
        from xieshang.matters import hooks as matters
        from xieshang.voting import hooks as voting

        from . import hooks, permissions, services  # noqa: F401
        from .queries import may_listen
        from .queries.filing import papers
        from .rules import BOOK

        community.add_book(BOOK)
        live.register("meeting", may_listen)
        voting.on_closed.append(services.motion_closed)
        hooks.on_closed.append(services.draft_minutes)
        matters.of_kind["meeting"] = papers
