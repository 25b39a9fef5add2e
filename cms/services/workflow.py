"""What follows when a page is handed in, decided on, published or taken down: messages on the site, and the record.

Nobody here has e-mail, so the library's own letters go nowhere.
"""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from xieshang.accounts.models import Person
from xieshang.audit.services import record
from xieshang.community.queries import offices_of
from xieshang.lib.actor import Actor
from xieshang.notify.services import send

from ..models import CommunityPage


@transaction.atomic
def handed_in(instance: TaskState, person: Person) -> None:
    """A page was handed in: record it and tell those who may approve it."""
    page = instance.workflow_state.content_object
    wrote_down(person, "cms.hand_in", page)
    approvers = Person.objects.filter(groups__in=instance.task.specific.groups.all(), is_active=True)
    send(
        set(approvers.values_list("pk", flat=True)) - {instance.workflow_state.requested_by_id},
        title=_("公开栏有一篇等您审核"),
        body=page.get_admin_display_title(),
        number=f"cms:{page.pk}",
        url=_editor_of(page),
    )


@transaction.atomic
def decided_on(instance: WorkflowState, person: Person) -> None:
    """A page was approved or sent back: record it and tell whoever handed it in, with the comment."""
    page = instance.content_object
    approved = instance.status == WorkflowState.STATUS_APPROVED
    comment = instance.current_task_state.comment if instance.current_task_state else ""
    wrote_down(person, "cms.approve" if approved else "cms.send_back", page, reason=comment)
    title = page.get_admin_display_title()
    if instance.requested_by_id:
        send(
            [instance.requested_by_id],
            title=_("公开栏的稿子已发布") if approved else _("公开栏的稿子被退回"),
            body=f"{title}：{comment}" if comment else title,
            number=f"cms:{page.pk}",
            url=page.url if approved else _editor_of(page),
        )


def wrote_down(person: Any, verb: str, page: Page, *, reason: str = "") -> None:
    """Record what somebody did to a page, in the office that they hold in its community."""
    root = CommunityPage.objects.ancestor_of(page, inclusive=True).select_related("place").first()
    path = root.place.path if root else ""
    office = next((one for one in offices_of(person.pk) if one.place_path == path), None)
    record(Actor(person, office), verb, place=path, reason=reason, detail={"page": page.pk})


def _editor_of(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
