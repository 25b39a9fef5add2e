"""The discussion app."""

from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    """Registers who may read, speak and review."""

    name = "xieshang.discussion"

    def ready(self) -> None:
        """Load the permissions."""
        from . import permissions  # noqa: F401
