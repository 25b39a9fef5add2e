"""The coordination app."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    """Registers who may do what, and answers the apps below."""

    name = "xieshang.coordination"

    def ready(self) -> None:
        """Register permissions and fill the lists of the apps below."""
        from xieshang.voting import hooks as voting  # apps are ready only now

        from . import permissions  # noqa: F401  registers by being imported
        from .queries.guidance import for_owners

        voting.for_owners.append(for_owners)
