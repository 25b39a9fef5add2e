"""What keeps the public site in step with the product: trees, groups, workflow, suggestions."""

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from xieshang.accounts.models import Person
from xieshang.audit.services import record
from xieshang.community.models import Office, Place
from xieshang.community.rules import COMMITTEE_ROLES, Role
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.notify.services import send

from . import rules
from .models import SECTION_LABELS, CommunityPage, HomePage, PlainPage, SectionPage, Suggestion, SuggestionsPage
from .rules import Section

WRITERS, APPROVERS = "撰稿", "审核"


@transaction.atomic
def make_community_pages(place: Place) -> None:
    """Make a community's tree, its two groups and its workflow; does nothing where they are there already."""
    if CommunityPage.objects.filter(place=place).exists():
        return
    home = HomePage.objects.get()
    root = home.add_child(instance=CommunityPage(title=place.name, slug=f"c{place.pk}", place=place, show_in_menus=True))
    for section in Section:
        title = str(SECTION_LABELS[section])
        root.add_child(
            instance=SectionPage(title=title, slug=section.value, section=section.value, show_in_menus=True)
        )
    clauses = format_html_join("", "<li>{}</li>", ((clause,) for clause in rules.RULES_OF_PROCEDURE))
    rules_body = f"<ol>{clauses}</ol>"
    root.add_child(instance=PlainPage(title=_("议事规则"), slug="rules", body=rules_body, show_in_menus=True))
    root.add_child(instance=PlainPage(title=_("关于本社区"), slug="about", show_in_menus=True))
    root.add_child(instance=SuggestionsPage(title=_("意见建议"), slug="suggestions", show_in_menus=True))
    _make_groups(place, root)


def _make_groups(place: Place, root: Page) -> None:
    writers = Group.objects.get_or_create(name=_group_name(place, WRITERS))[0]
    approvers = Group.objects.get_or_create(name=_group_name(place, APPROVERS))[0]
    collection = Collection.get_first_root_node().add_child(name=_group_name(place, ""))
    for group, verbs in ((writers, ("add", "change")), (approvers, ("add", "change", "publish"))):
        group.permissions.add(_permission("wagtailadmin", "access_admin"))
        for verb in verbs:
            permission = _permission("wagtailcore", f"{verb}_page")
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            for verb in ("add", "choose"):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=_permission(app, f"{verb}_{model}")
                )
    task = GroupApprovalTask.objects.create(name=_("%(place)s书记审核") % {"place": place.name})
    task.groups.add(approvers)
    workflow = Workflow.objects.create(name=_("%(place)s发布审核") % {"place": place.name})
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=root)


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _group_name(place: Place, what: str) -> str:
    return f"{place.name}{what}#{place.pk}"


def follow_office(office: Office) -> None:
    """Put the holder of an office into the groups that go with all offices they hold today, and out of all others."""
    settle_groups([office.person_id])


def settle_groups(people: list[int]) -> int:
    """Bring the groups of these people in step with their running offices; gives the number of changes."""
    changes = 0
    for person in Person.objects.filter(pk__in=people).prefetch_related("groups"):
        wanted = _groups_by_office(person)
        held = {group.name: group for group in person.groups.all() if "#" in group.name}
        missing = Group.objects.filter(name__in=wanted - held.keys())
        surplus = [group for name, group in held.items() if name not in wanted]
        person.groups.add(*missing)
        person.groups.remove(*surplus)
        changes += len(missing) + len(surplus)
    return changes


def _groups_by_office(person: Person) -> set[str]:
    wanted = set()
    offices = Office.objects.running(today()).filter(person=person).select_related("body__place")
    for office in offices:
        if office.role in COMMITTEE_ROLES:
            wanted.add(_group_name(office.body.place, WRITERS))
        if office.role == Role.PARTY_SECRETARY:
            wanted.add(_group_name(office.body.place, APPROVERS))
    return wanted


def due(at: datetime) -> int:
    """Take people whose office has ended out of their groups, and let those in whose office has begun."""
    in_groups = Person.objects.filter(groups__name__contains="#").values_list("pk", flat=True)
    in_office = Office.objects.running(today()).filter(role__in=[*COMMITTEE_ROLES, Role.PARTY_SECRETARY])
    return settle_groups([*in_groups, *in_office.values_list("person_id", flat=True)])


@transaction.atomic
def suggest(actor: Actor, community_id: int, *, text: str) -> Suggestion:
    """Say something about the platform; anybody may, signed in or not."""
    words = text.strip()
    if len(words) < 5:
        raise RuleViolation(rules.TOO_SHORT)
    if len(words) > rules.MOST_WORDS:
        raise RuleViolation(rules.TOO_LONG)
    community = Place.objects.get(pk=community_id)
    suggestion = Suggestion.objects.create(
        community=community, person_id=actor.person_id, text=words, at=now()
    )
    record(actor, "cms.suggest", place=community.path, detail={"suggestion": suggestion.pk})
    return suggestion


@transaction.atomic
def answer_suggestion(actor: Actor, suggestion_id: int, *, answer: str) -> Suggestion:
    """Answer a suggestion in public; whoever made it is told."""
    suggestion = Suggestion.objects.select_for_update().select_related("community").get(pk=suggestion_id)
    if not has_perm("cms.answer_suggestion", actor, suggestion.community.path):
        raise NotAllowed("cms.answer_suggestion")
    if suggestion.answered_at:
        raise RuleViolation(rules.ALREADY_ANSWERED)
    if not answer.strip():
        raise RuleViolation(rules.EMPTY_ANSWER)
    suggestion.answer, suggestion.answered_by_id, suggestion.answered_at = answer.strip(), actor.person_id, now()
    suggestion.save()
    record(actor, "cms.answer_suggestion", place=suggestion.community.path, detail={"suggestion": suggestion.pk})
    if suggestion.person_id:
        send([suggestion.person_id], title=_("您的意见有了答复"), body=suggestion.answer[:100])
    return suggestion
