"""The voting app."""

from django.apps import AppConfig


class VotingConfig(AppConfig):
    """Registers who may prepare, open and cast."""

    name = "xieshang.voting"

    def ready(self) -> None:
        """Load the permissions, now that the models are there."""
        from . import permissions  # noqa: F401  # apps are ready only now
