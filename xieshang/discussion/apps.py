"""The discussion app."""

from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    """Registers who may read, speak and review."""

    name = "xieshang.discussion"

    def ready(self) -> None:
        """Load the permissions; say what the file of a matter keeps of its discussion."""
        from xieshang.matters import hooks as matters

        from . import permissions  # noqa: F401
        from .queries.filing import papers

        matters.of_any.append(papers)
