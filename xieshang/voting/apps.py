"""The voting app."""

from django.apps import AppConfig


class VotingConfig(AppConfig):
    """Registers who may prepare, open and cast, and what is known of a voter."""

    name = "xieshang.voting"

    def ready(self) -> None:
        """Load the permissions, and say on people's own pages in which votes they took part."""
        from xieshang.accounts import hooks  # apps are ready only now

        from . import permissions  # noqa: F401  # apps are ready only now
        from .queries import known_ballots

        hooks.known.append(known_ballots)
