"""The topics app."""

from django.apps import AppConfig


class TopicsConfig(AppConfig):
    """Answers for permissions, and hears from below what moves a topic."""

    name = "xieshang.topics"

    def ready(self) -> None:
        """Register permissions and fill the lists of the apps below."""
        from xieshang.accounts import hooks as accounts  # apps are ready only now
        from xieshang.community import hooks as community
        from xieshang.coordination import hooks as coordination
        from xieshang.discussion import hooks as discussion
        from xieshang.matters import hooks as matters
        from xieshang.outcomes import hooks as outcomes
        from xieshang.voting import hooks as voting

        from . import permissions  # noqa: F401
        from .queries import after_promises, for_owners, papers
        from .queries.desk import for_study
        from .rules import BOOK
        from .services import drop_draft, polling, watching

        accounts.on_leaving.append(drop_draft)
        community.add_book(BOOK)
        voting.natures.append(polling.poll_nature)
        voting.on_opened.append(polling.secret_poll_opened)
        voting.on_closed.append(watching.poll_closed)
        voting.on_decided.append(watching.owners_decided)
        voting.for_owners.append(for_owners)
        coordination.agenda.append(for_study)
        coordination.on_ended.append(watching.thread_ended)
        discussion.on_said.append(watching.spoken)
        outcomes.on_posted.append(watching.notice_posted)
        outcomes.on_sustained.append(watching.objection_sustained)
        outcomes.on_appeal_upheld.append(watching.objection_sustained)
        outcomes.on_all_done.append(watching.promises_moved)
        outcomes.comes_next.append(after_promises)
        coordination.fourtwo_resolved.append(watching.fourtwo_resolved)
        coordination.resolution_published.append(watching.resolution_published)
        matters.of_kind["topic"] = papers
