"""The outcomes app."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Registers who may do what."""

    name = "xieshang.outcomes"

    def ready(self) -> None:
        """Register the permissions."""
        from . import permissions  # noqa: F401  # apps are ready only now
