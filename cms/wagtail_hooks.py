"""What the page editor is told: whose pages and files are whose, what stays, what is served. Loaded by name."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.views.pages.search import SearchView
from wagtail.documents.models import Document
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from . import services
from .models import Kept

HIDDEN_MENUS = frozenset({"help", "reports"})
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
