"""The outcomes app."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Registers who may do what."""

    name = "xieshang.outcomes"

    def ready(self) -> None:
        """Register the permissions, and what the file of a matter keeps of its outcome."""
        from xieshang.matters import hooks as matters  # apps are ready only now

        from . import permissions  # noqa: F401
        from .queries.filing import papers

        matters.of_any.append(papers)
