"""Telling, by message on the site, that a page waits for approval or has been decided on. Nobody here has e-mail."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from xieshang.accounts.models import Person
from xieshang.notify.services import send


def tell_approvers(instance: TaskState) -> None:
    """A page was handed in: tell those who may approve it."""
    page = instance.workflow_state.content_object
    approvers = Person.objects.filter(groups__in=instance.task.specific.groups.all(), is_active=True)
    send(
        set(approvers.values_list("pk", flat=True)) - {instance.workflow_state.requested_by_id},
        title=_("公开栏有一篇等您审核"),
        body=page.get_admin_display_title(),
        number=f"cms:{page.pk}",
        url=_editor_of(page),
    )


def tell_writer(instance: WorkflowState) -> None:
    """A page was approved or sent back: tell whoever handed it in."""
    page = instance.content_object
    approved = instance.status == WorkflowState.STATUS_APPROVED
    if instance.requested_by_id:
        send(
            [instance.requested_by_id],
            title=_("公开栏的稿子已发布") if approved else _("公开栏的稿子被退回"),
            body=page.get_admin_display_title(),
            number=f"cms:{page.pk}",
            url=page.url if approved else _editor_of(page),
        )


def _editor_of(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
