"""The voting app."""

from django.apps import AppConfig


class VotingConfig(AppConfig):
    """Registers who may prepare, open and cast, and what is known of a voter."""

    name = "xieshang.voting"

    def ready(self) -> None:
        """Load the permissions; say who speaks on notices of owners' votes, and of people where they took part."""
        from xieshang.accounts import hooks  # apps are ready only now
        from xieshang.community import hooks as community
        from xieshang.matters import hooks as matters
        from xieshang.outcomes import hooks as outcomes

        from . import permissions
        from .queries import known_ballots
        from .queries.filing import papers_about, papers_of_vote
        from .rules.deciding import BOOK

        community.add_book(BOOK)
        hooks.known.append(known_ballots)
        outcomes.convenes.append(permissions.convenes)
        outcomes.concerned.append(permissions.is_concerned)
        matters.of_kind["vote"] = papers_of_vote
        matters.of_any.append(papers_about)
