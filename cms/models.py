"""The pages of the public site: one tree a community, under one home page."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Collection, Page, PagePermissionTester, PageViewRestriction
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from xieshang.accounts.models import Person
from xieshang.community.models import Office, Place
from xieshang.community.queries import committee_of
from xieshang.home.queries import front
from xieshang.lib.addresses import whole_address
from xieshang.lib.clock import shown_today
from xieshang.lib.paging import page_of
from xieshang.lib.text import grams
from xieshang.outcomes.queries import published_in

from .rules import Section

BODY_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "document-link", "image", "hr", "blockquote"]
ABOUT, RULES, SUGGESTIONS = "about", "rules", "suggestions"
SECTION_LABELS = {
    Section.NEWS: _("公告动态"),
    Section.AFFAIRS: _("居务公开"),
    Section.PARTY: _("党务公开"),
    Section.GUIDES: _("办事指南"),
}
# What is behind each door, by its name in the address.
DOOR_NOTES = {
    Section.NEWS: _("社区的消息，和协商的公示、公告"),
    Section.AFFAIRS: _("经费、项目、办理情况，请大家监督"),
    Section.PARTY: _("党组织的工作、党员的责任岗"),
    Section.GUIDES: _("要带什么、到哪里办"),
    RULES: _("怎么商量、怎么表决，照这个来"),
    ABOUT: _("有哪些小区，怎么找到我们"),
    SUGGESTIONS: _("对这个平台的意见，每一条都公开答复"),
}
VERB_LABELS = {
    "cms.hand_in": _("公开栏稿子送审"),
    "cms.approve": _("公开栏稿子审核通过"),
    "cms.send_back": _("公开栏稿子退回修改"),
    "cms.publish": _("发布公开栏文章"),
    "cms.unpublish": _("撤下公开栏文章"),
    "cms.delete": _("删除公开栏文章"),
    "cms.suggest": _("对平台提意见"),
    "cms.answer_suggestion": _("答复对平台的意见"),
}
TITLE_PANEL = FieldPanel("title", heading=_("标题"))
BODY_PANEL = FieldPanel("body", heading=_("正文"))


class PublicTester(PagePermissionTester):
    """What is on the public site is for everybody: nobody hides a page behind a password."""

    def can_set_view_restrictions(self) -> bool:
        """Never."""
        return False


class KeptTester(PublicTester):
    """A page that was made with the community and stays: its words may change, it itself does not move or go."""

    def can_delete(self, *args: object, **kwargs: object) -> bool:
        """Never."""
        return False

    def can_unpublish(self) -> bool:
        """Never."""
        return False

    def can_move(self) -> bool:
        """Never."""
        return False

    def can_copy(self) -> bool:
        """Never: there is one of each."""
        return False


class FixedTester(KeptTester):
    """A page without words of its own: its content comes from the product or from the pages under it."""

    def can_edit(self) -> bool:
        """Never."""
        return False


class Findable(index.Indexed):
    """What every page of ours is found by: characters and pairs of its words, the same on both databases."""

    @property
    def search_grams(self) -> str:
        """Grams of title and text."""
        words = (self.title, getattr(self, "summary", ""), get_text_for_indexing(getattr(self, "body", ""))[:5000])
        return " ".join(sorted(grams(" ".join(words))))

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """None, without asking for each page above: nobody hides a page."""
        return PageViewRestriction.objects.none()

    search_fields: ClassVar[list[object]] = [*Page.search_fields, index.SearchField("search_grams")]


class Kept:
    """Marks pages that stay; `tester` says what may be done to them all the same."""

    tester: ClassVar[type[PagePermissionTester]] = FixedTester

    def permissions_for_user(self, user: Person) -> PagePermissionTester:
        """What this person may do to the page."""
        return self.tester(user, self)


class HomePage(Kept, Page):
    """The first page of the site: what waits, what is talked over, what was done."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["cms.CommunityPage"]
    max_count = 1
    template = "cms/home_page.html"

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """The first page is everybody's: nobody can be kept from it, so nothing is asked at each visit."""
        return PageViewRestriction.objects.none()

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        """Everything comes from the product; the page has no content of its own."""
        return {**super().get_context(request, *args, **kwargs), **front(request)}


class CommunityPage(Kept, Findable, Page):
    """The public pages of one community, and who works on them; made together with it."""

    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="community_page")
    writers = models.OneToOneField(Group, null=True, on_delete=models.PROTECT, related_name="+")
    approvers = models.OneToOneField(Group, null=True, on_delete=models.PROTECT, related_name="+")
    collection = models.OneToOneField(Collection, null=True, on_delete=models.PROTECT, related_name="+")

    is_creatable = False
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.SectionPage", "cms.PlainPage", "cms.SuggestionsPage"]
    template = "cms/community_page.html"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        """The sections, the newest articles and the newest notices."""
        context = super().get_context(request, *args, **kwargs)
        children = self.get_children().live().in_menu()
        context["doors"] = [(child.title, child.url, DOOR_NOTES.get(child.slug, "")) for child in children]
        context["articles"] = ArticlePage.objects.live().descendant_of(self).order_by("-pk")[:3]
        context["notices"] = published_in(self.place_id).rows[:5]
        return context


class Inside(Findable):
    """A page under the pages of a community."""

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        """The community's own page, and with it the place; the short address and its QR picture."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["root"] = CommunityPage.objects.ancestor_of(self).select_related("place").get()
        context["short"] = whole_address("cms:short", self.pk)
        context["qr_address"] = reverse("cms:qr", args=[self.pk])
        return context


class SectionPage(Kept, Inside, Page):
    """A list of articles of one kind; news also list what was published as outcomes, without retyping."""

    section = models.CharField(max_length=8, default=Section.NEWS.value)

    is_creatable = False
    parent_page_types: ClassVar[list[str]] = ["cms.CommunityPage"]
    subpage_types: ClassVar[list[str]] = ["cms.ArticlePage"]
    template = "cms/section_page.html"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(section__in=[s.value for s in Section]), name="cms_section_known")
        ]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        """One page of articles, newest first; in the news, the published outcomes beside them."""
        context = super().get_context(request, *args, **kwargs)
        context["purpose"] = DOOR_NOTES[Section(self.section)]
        articles = ArticlePage.objects.live().child_of(self)
        context["articles"] = page_of(articles, request.GET.get("after", ""))
        if self.section == Section.NEWS:
            context["notices"] = published_in(context["root"].place_id, key=request.GET.get("notices", ""))
        return context


class ArticlePage(Inside, Page):
    """One article: a notice, a disclosure, a guide."""

    day = models.DateField(default=shown_today)
    summary = models.CharField(max_length=120, blank=True)
    body = RichTextField(features=BODY_FEATURES)

    parent_page_types: ClassVar[list[str]] = ["cms.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cms/article_page.html"
    page_description = _("一篇公告、公开内容或指南")
    content_panels: ClassVar[list[object]] = [
        TITLE_PANEL,
        FieldPanel("day", heading=_("日期")),
        FieldPanel("summary", heading=_("一句话说明"), help_text=_("显示在列表里，120字以内。")),
        BODY_PANEL,
    ]
    # The name in the address comes from the title.
    promote_panels: ClassVar[list[object]] = []
    settings_panels: ClassVar[list[object]] = []

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        """The section it stands in."""
        context = super().get_context(request, *args, **kwargs)
        context["section"] = self.get_parent()
        return context

    def permissions_for_user(self, user: Person) -> PagePermissionTester:
        """What this person may do to the article: all that their groups give, but for hiding it."""
        return PublicTester(user, self)


class PlainPage(Kept, Inside, Page):
    """One text that stands by itself: rules of procedure, about this community."""

    body = RichTextField(features=BODY_FEATURES, blank=True)

    is_creatable = False
    tester = KeptTester
    parent_page_types: ClassVar[list[str]] = ["cms.CommunityPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cms/plain_page.html"
    content_panels: ClassVar[list[object]] = [TITLE_PANEL, BODY_PANEL]
    promote_panels: ClassVar[list[object]] = []
    settings_panels: ClassVar[list[object]] = []

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        """The page about the community also says how to reach its committee."""
        context = super().get_context(request, *args, **kwargs)
        context["committee"] = committee_of(context["root"].place) if self.slug == ABOUT else None
        return context


class SuggestionsPage(Kept, Inside, Page):
    """Complaints and suggestions about the platform, and their answers."""

    is_creatable = False
    parent_page_types: ClassVar[list[str]] = ["cms.CommunityPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cms/suggestions_page.html"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        """What was answered, newest first, and what the reader still waits for; the form posts to a view of its own."""
        context = super().get_context(request, *args, **kwargs)
        here = Suggestion.objects.filter(community_id=context["root"].place_id)
        bodies = Office.objects.filter(pk=OuterRef("answered_office_id")).values("body__name")
        answered = here.exclude(answered_at=None).annotate(body=Subquery(bodies))
        context["answered"] = page_of(answered, request.GET.get("after", ""))
        person = request.actor.person_id
        context["own"] = here.filter(person_id=person, answered_at=None).order_by("-pk")[:5] if person else []
        return context


class Suggestion(models.Model):
    """What somebody says about the platform itself, and what was answered."""

    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_office_id = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="suggestion_answered_with_words"
            )
        ]
        indexes = [models.Index(fields=["community", "answered_at", "id"], name="suggestion_by_state")]

    def __str__(self) -> str:
        return f"{self.pk}"
