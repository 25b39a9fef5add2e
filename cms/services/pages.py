"""Making a community's public pages, with the groups that work on them and their workflow."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from xieshang.community.models import Place
from xieshang.community.rules import PlaceKind

from .. import rules
from ..models import (
    ABOUT,
    RULES,
    SECTION_LABELS,
    SUGGESTIONS,
    CommunityPage,
    HomePage,
    PlainPage,
    SectionPage,
    SuggestionsPage,
)
from ..rules import Section

VILLAGE_LABELS = {Section.AFFAIRS: _("村务公开")}
FILES = (("wagtailimages", "image"), ("wagtaildocs", "document"))


@transaction.atomic
def make_community_pages(place: Place) -> None:
    """Make a community's tree, its two groups and its workflow; does nothing where they are there already."""
    if CommunityPage.objects.filter(place=place).exists():
        return
    page = CommunityPage(title=place.name, slug=f"c{place.pk}", place=place, show_in_menus=True)
    page.writers = Group.objects.create(name=_("%(place)s撰稿（%(number)s）") % _names(place))
    page.approvers = Group.objects.create(name=_("%(place)s审核（%(number)s）") % _names(place))
    page.collection = Collection.get_first_root_node().add_child(name=_("%(place)s（%(number)s）") % _names(place))
    HomePage.objects.get().add_child(instance=page)
    _add_pages(page, place)
    _allow(page)
    _add_workflow(page, place)


def _names(place: Place) -> dict[str, object]:
    return {"place": place.name, "number": place.pk}


def _add_pages(page: CommunityPage, place: Place) -> None:
    is_village = place.kind == PlaceKind.VILLAGE
    labels = SECTION_LABELS | (VILLAGE_LABELS if is_village else {})
    for section in Section:
        title = str(labels[section])
        page.add_child(instance=SectionPage(title=title, slug=section.value, section=section.value, show_in_menus=True))
    clauses = format_html_join("", "<li>{}</li>", ((_(clause),) for clause in rules.RULES_OF_PROCEDURE))
    about = _("关于本村") if is_village else _("关于本社区")
    page.add_child(instance=PlainPage(title=_("议事规则"), slug=RULES, body=f"<ol>{clauses}</ol>", show_in_menus=True))
    page.add_child(instance=PlainPage(title=about, slug=ABOUT, show_in_menus=True))
    page.add_child(instance=SuggestionsPage(title=_("意见建议"), slug=SUGGESTIONS, show_in_menus=True))


def _allow(page: CommunityPage) -> None:
    """Writers add and change under this page; the approvers also publish. Both use this community's files only."""
    for group, verbs in ((page.writers, ("add", "change")), (page.approvers, ("add", "change", "publish"))):
        if group is None:
            continue
        group.permissions.add(_permission("wagtailadmin", "access_admin"))
        for verb in verbs:
            permission = _permission("wagtailcore", f"{verb}_page")
            GroupPagePermission.objects.create(group=group, page=page, permission=permission)
        for app, model in FILES:
            for verb in ("add", "choose"):
                permission = _permission(app, f"{verb}_{model}")
                GroupCollectionPermission.objects.create(group=group, collection=page.collection, permission=permission)


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _add_workflow(page: CommunityPage, place: Place) -> None:
    task = GroupApprovalTask.objects.create(name=_("%(place)s书记审核") % {"place": place.name})
    task.groups.add(page.approvers)
    workflow = Workflow.objects.create(name=_("%(place)s发布审核") % {"place": place.name})
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=page)
