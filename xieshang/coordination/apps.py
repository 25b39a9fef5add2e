"""The coordination app."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    """Registers who may do what, and answers the apps below."""

    name = "xieshang.coordination"

    def ready(self) -> None:
        """Register permissions and fill the lists of the apps below."""
        from xieshang.community import hooks as community  # apps are ready only now
        from xieshang.matters import hooks as matters
        from xieshang.meetings import hooks as meetings
        from xieshang.outcomes import hooks as outcomes
        from xieshang.voting import hooks as voting

        from .permissions import threads
        from .queries import threads as thread_queries
        from .queries.filing import guidance_papers, study_papers
        from .queries.fourtwo import papers
        from .queries.guidance import for_owners
        from .queries.threads import minutes
        from .queries.threads.filing import papers as thread_papers
        from .services import advising, fourtwo
        from .services import study as studying
        from .services.threads import meeting, seating, watching

        self._add_books()
        community.on_office_changed.append(seating.office_changed)
        matters.of_kind["guidance"] = guidance_papers
        matters.of_kind["study"] = study_papers
        voting.for_owners.append(for_owners)
        voting.for_owners.append(thread_queries.for_owners)
        voting.on_drafted.append(advising.vote_drafted)
        voting.on_decided.append(watching.owners_decided)
        meetings.on_moved.append(meeting.meeting_moved)
        meetings.on_moved.append(studying.study_moved)
        meetings.on_closed.append(studying.study_moved)
        meetings.on_closed.append(meeting.meeting_closed)
        meetings.on_minutes_signed.append(meeting.minutes_signed)
        meetings.minutes_positions.append(minutes.minutes_positions)
        meetings.minutes_actions.append(minutes.minutes_actions)
        outcomes.binds_itself.append(threads.binds_itself)
        outcomes.moves_due.append(threads.moves_due)
        outcomes.on_sustained.append(fourtwo.objection_sustained)
        outcomes.on_appeal_upheld.append(fourtwo.objection_sustained)
        matters.of_kind["fourtwo"] = papers
        matters.of_kind["coordination"] = thread_papers

    def _add_books(self) -> None:
        """The rules that a place may set for itself."""
        from xieshang.community.hooks import add_book  # apps are ready only now

        from .rules import fourtwo, guidance, threads  # apps are ready only now

        for rules in (threads, fourtwo, guidance):
            add_book(rules.BOOK)
