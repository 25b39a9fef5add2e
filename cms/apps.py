"""The cms app."""

from typing import Any

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Hangs the public site onto the product's hooks."""

    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the lists of lower apps, and tell of approvals by message instead of by e-mail."""
        from wagtail import signals  # apps are ready only now
        from wagtail.models import TaskState, WorkflowState

        from xieshang.community import hooks as community
        from xieshang.home import hooks as home
        from xieshang.home.models import VERB_LABELS

        from . import models, names, permissions, queries, services  # noqa: F401  permissions register by being imported

        names.give()
        VERB_LABELS.update({verb: str(label) for verb, label in models.VERB_LABELS.items()})

        community.on_community_made.append(services.make_community_pages)
        community.on_office_changed.append(services.follow_office)
        home.sections.append(queries.sections_of)
        home.search.append(queries.pages_with)
        home.queues.append(queries.queues)
        home.desk_doors.append(queries.editor_door)
        home.due.append(services.due)
        signals.task_submitted.connect(_handed_in, sender=TaskState)
        signals.workflow_approved.connect(_decided_on, sender=WorkflowState)
        signals.workflow_rejected.connect(_decided_on, sender=WorkflowState)


def _handed_in(sender: object, instance: Any, user: Any, **kwargs: object) -> None:
    from .services import handed_in  # apps are ready by the time a page is handed in

    handed_in(instance, user)


def _decided_on(sender: object, instance: Any, user: Any, **kwargs: object) -> None:
    from .services import decided_on  # apps are ready by the time a page is decided on

    decided_on(instance, user)
