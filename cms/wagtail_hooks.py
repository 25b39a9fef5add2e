"""What the page editor is told: whose pages and files are whose, what stays, what is served. Loaded by name."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.pages.search import SearchView
from wagtail.documents.models import Document
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from . import queries, services
from .models import Kept

HIDDEN_MENUS = frozenset({"help", "reports"})
# What the buttons under a page are called here; the library speaks of workflows.
ACTION_WORDS = {
    ("action-restart-workflow", False): _("重新送审"),
    ("action-cancel-workflow", False): _("撤回送审"),
    ("action-publish", False): _("发布"),
    ("action-unpublish", False): _("撤下"),
    ("reject", True): _("退回修改，写明原因"),
    ("approve", False): _("同意并发布"),
    ("approve", True): _("同意并发布，附一句话"),
}
# The big button is the first of these that one may press; only that one of them, so that each says one thing.
FIRST_ACTIONS = (("approve", False), ("action-publish", False), ("action-submit", False))
BULK_VERBS = {"publish": "cms.publish", "unpublish": "cms.unpublish", "delete": "cms.delete"}
# The library's search says how many it found without knowing of what.
SearchView.verbose_name = Page._meta.verbose_name
SearchView.verbose_name_plural = Page._meta.verbose_name_plural


@hooks.register("construct_page_chooser_queryset")
def only_own_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """One links to the pages of one's own community, and to what leads there."""
    return pages & policy_registry.get_by_type(Page).explorable_instances(request.user)


@hooks.register("construct_main_menu")
def only_what_is_used(request: HttpRequest, menu_items: list[Any]) -> None:
    """Without the library's own help and its reports, which speak of more than one's own pages."""
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_MENUS]


@hooks.register("register_admin_menu_item")
def back_to_the_desk() -> MenuItem:
    """The way out of the editor."""
    return MenuItem(_("回工作台"), reverse("home:desk"), name="desk", icon_name="home", order=10)


class WriteSomething(Component):
    """On the editor's first page: for each section, writing something and what is there already."""

    order = 50
    template_name = "cms/editor_doors.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The pages that this person writes on."""
        return {"communities": queries.sections_for(parent_context["request"].user)}


@hooks.register("construct_homepage_panels")
def first_to_do(request: HttpRequest, panels: list[Component]) -> None:
    """One comes to write; what waits and what one did stands below."""
    panels.append(WriteSomething())


class HandIn(SubmitForModerationMenuItem):
    """Handing a page in; the library names its workflow."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """To whom it goes."""
        return {**super().get_context_data(parent_context), "label": _("送书记审核")}


@hooks.register("construct_page_action_menu")
def next_step_first(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """The big button hands in, or decides on what was handed in; all of them in the words of here."""
    found = {(item.name, getattr(item, "launch_modal", False)): item for item in menu_items}
    for key, item in found.items():
        item.label = ACTION_WORDS.get(key, item.label)
    first = next((key for key in FIRST_ACTIONS if key in found), None)
    if ("action-submit", False) in found:
        found["action-submit", False] = HandIn()
    beside = [item for key, item in found.items() if key not in FIRST_ACTIONS]
    menu_items[:] = [found[first], *beside] if first else beside


@hooks.register("construct_homepage_summary_items", order=1)  # after all that fill the list
def no_counts(request: HttpRequest, items: list[object]) -> None:
    """The counts of all pages and files of all communities say nothing to an editor."""
    items.clear()


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
@hooks.register("before_move_page")
@hooks.register("before_copy_page")
def keep(request: HttpRequest, page: Page, *destination: Page) -> None:
    """Pages made with the community stay where they are."""
    if isinstance(page.specific, Kept):
        raise Http404


@hooks.register("before_bulk_action")
def keep_all(request: HttpRequest, action_type: str, objects: Sequence[object], action_class_instance: object) -> None:
    """The same, for many at once."""
    if any(isinstance(page, Page) and isinstance(page.specific, Kept) for page in objects):
        raise Http404


@hooks.register("after_publish_page")
def published(request: HttpRequest, page: Page) -> None:
    """The record keeps who published a page without its being handed in."""
    services.wrote_down(request.user, "cms.publish", page)


@hooks.register("after_unpublish_page")
def unpublished(request: HttpRequest, page: Page) -> None:
    """The record keeps who took a page down."""
    services.wrote_down(request.user, "cms.unpublish", page)


@hooks.register("after_delete_page")
def deleted(request: HttpRequest, page: Page) -> None:
    """The record keeps who deleted a page."""
    services.wrote_down(request.user, "cms.delete", page)


@hooks.register("after_bulk_action")
def done_to_many(
    request: HttpRequest, action_type: str, objects: Sequence[object], action_class_instance: object
) -> None:
    """The same, for many at once."""
    if verb := BULK_VERBS.get(action_type):
        for page in objects:
            if isinstance(page, Page):
                services.wrote_down(request.user, verb, page)


@hooks.register("before_serve_document")
def only_what_is_published(document: Document, request: HttpRequest) -> HttpResponse | None:
    """A document is there for everybody once a published page leads to it; before that, for those who work on it."""
    references = ReferenceIndex.get_references_to(document)
    kind = ContentType.objects.get_for_model(Page, for_concrete_model=False)
    pages = [int(pk) for pk in references.filter(base_content_type=kind).values_list("object_id", flat=True)]
    if Page.objects.live().filter(pk__in=pages).exists():
        return None
    if policy_registry.get_by_type(Document).user_has_any_permission_for_instance(
        request.user, ["add", "choose", "change"], document
    ):
        return None
    raise Http404
