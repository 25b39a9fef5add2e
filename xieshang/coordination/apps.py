"""The coordination app."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    """Registers who may do what, and answers the apps below."""

    name = "xieshang.coordination"

    def ready(self) -> None:
        """Register permissions and fill the lists of the apps below."""
        from xieshang.outcomes import hooks as outcomes  # apps are ready only now
        from xieshang.voting import hooks as voting

        from .permissions import threads
        from .queries import threads as thread_queries
        from .queries.guidance import for_owners
        from .services.threads import watching

        voting.for_owners.append(for_owners)
        voting.for_owners.append(thread_queries.for_owners)
        voting.on_decided.append(watching.owners_decided)
        outcomes.binds_itself.append(threads.binds_itself)
        outcomes.moves_due.append(threads.moves_due)
