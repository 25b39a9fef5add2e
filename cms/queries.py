"""What the product shows of the public site, handed over through hooks."""

from django.db.models import Q
from django.db.models.functions import Left
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Page, TaskState

from xieshang.accounts.models import Person
from xieshang.community.rules import COMMITTEE_ROLES, Role
from xieshang.home.hooks import Door, Hit
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_now
from xieshang.lib.paging import Page as Paged
from xieshang.lib.paging import page_from
from xieshang.lib.permits import has_perm
from xieshang.lib.text import grams
from xieshang.lib.waiting import Queue, Rows, Waiting, parts_by_age

from .models import ArticlePage, CommunityPage, SectionPage, Suggestion

MOST_HITS = 5


def sections_of(community_id: int) -> list[Door]:
    """The sections of a community's public pages, in their order; one query."""
    roots = CommunityPage.objects.filter(place_id=community_id).values_list("path", "slug")
    children = Page.objects.live().in_menu().filter(depth=4, path__startswith=roots.values("path")[:1])
    return [Door(child.title, f"/c{community_id}/{child.slug}/") for child in children.only("title", "slug")]


def pages_with(words: str, community_id: int) -> list[Hit]:
    """Articles of a community that hold all the words' characters."""
    page = CommunityPage.objects.filter(place_id=community_id).first()
    wanted = " ".join(sorted(grams(words)))
    if page is None or not wanted:
        return []
    articles = ArticlePage.objects.live().descendant_of(page)
    found = articles.search(wanted, operator="and")[:MOST_HITS]
    below = len(page.url_path)
    return [Hit(hit.title, hit.summary, f"/{page.slug}/{hit.url_path[below:]}") for hit in found]


def queues(actor: Actor) -> list[Queue]:
    """Pages that wait for the secretary's approval, and suggestions that wait for an answer."""
    if actor.office is None or not has_perm("cms.answer_suggestion", actor, actor.office.place_path):
        return []
    found = [_approvals(actor)] if actor.role == Role.PARTY_SECRETARY else []
    return [*found, _suggestions(actor.office.place_path)]


def _suggestions(path: str) -> Queue:
    waiting = Suggestion.objects.filter(community__path__startswith=path, answered_at=None)

    def pages(part: Q) -> Rows:
        def page(key: str) -> Paged[Waiting]:
            found = page_from(waiting.filter(part), key)
            return Paged([_as_waiting(row) for row in found.rows], found.next_key, found.is_first)

        return page

    parts = parts_by_age(pages, "at", shown_now())
    return Queue("suggestions", _("平台意见"), waiting.count(), pages(Q()), parts)


def _as_waiting(suggestion: Suggestion) -> Waiting:
    url = reverse("cms:answer", args=[suggestion.pk])
    return Waiting(suggestion.text[:40], _("对平台的意见建议"), url, _("答复"))


def _approvals(actor: Actor) -> Queue:
    own = actor.office.place_path if actor.office else ""
    groups = CommunityPage.objects.filter(place__path=own).values("approvers")
    tasks = GroupApprovalTask.objects.filter(groups__in=groups)
    waiting = TaskState.objects.filter(task__in=tasks, status=TaskState.STATUS_IN_PROGRESS)

    def pages(part: Q) -> Rows:
        def page(key: str) -> Paged[Waiting]:
            found = page_from(waiting.filter(part).select_related("workflow_state"), key)
            drafts = Page.objects.in_bulk([int(row.workflow_state.object_id) for row in found.rows])
            rows = [drafts[int(row.workflow_state.object_id)] for row in found.rows]
            return Paged([_as_approval(one) for one in rows], found.next_key, found.is_first)

        return page

    # The editor keeps real time.
    parts = parts_by_age(pages, "started_at", timezone.now())
    return Queue("pages", _("公开栏待审"), waiting.count(), pages(Q()), parts)


def _as_approval(page: Page) -> Waiting:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return Waiting(page.draft_title, _("公开栏的稿子，等您审核发布"), url, _("审核"))


def sections_for(person: Person) -> list[tuple[CommunityPage, list[SectionPage]]]:
    """The communities whose pages somebody writes or approves, each with its sections."""
    groups = person.groups.all()
    pages = CommunityPage.objects.filter(Q(writers__in=groups) | Q(approvers__in=groups)).distinct()
    found: dict[str, tuple[CommunityPage, list[SectionPage]]] = {page.path: (page, []) for page in pages}
    above = Left("path", 3 * Page.steplen)  # the root, the first page, the community's own
    for section in SectionPage.objects.annotate(above=above).filter(above__in=found):
        found[section.above][1].append(section)
    return list(found.values())


def editor_door(actor: Actor) -> list[Door]:
    """The way into the editor, for offices whose groups are let in."""
    if actor.office is None or actor.role not in COMMITTEE_ROLES | {Role.PARTY_SECRETARY}:
        return []
    is_here = CommunityPage.objects.filter(place__path=actor.office.place_path).exists()
    return [Door(_("公开栏编辑"), reverse("wagtailadmin_home"))] if is_here else []
