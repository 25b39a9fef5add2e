"""The pages of the public site: one tree a community, under one home page."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from xieshang.community.models import Place
from xieshang.home.queries import front
from xieshang.lib.clock import shown_today
from xieshang.lib.paging import page_of
from xieshang.lib.text import grams
from xieshang.outcomes.queries import published_in

from .rules import Section

BODY_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "document-link", "image", "hr", "blockquote"]
SECTION_LABELS = {
    Section.NEWS: _("公告动态"),
    Section.AFFAIRS: _("居务公开"),
    Section.PARTY: _("党务公开"),
    Section.GUIDES: _("办事指南"),
}


class HomePage(Page):
    """The first page of the site: what waits, what is talked over, what was done."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["cms.CommunityPage"]
    max_count = 1
    template = "cms/home_page.html"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        """Everything comes from the product; the page has no content of its own."""
        return {**super().get_context(request, *args, **kwargs), **front(request)}


class CommunityPage(Page):
    """The public pages of one community; made together with it."""

    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="community_page")

    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.SectionPage", "cms.PlainPage", "cms.SuggestionsPage"]
    template = "cms/community_page.html"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        """The sections, and the newest notices."""
        context = super().get_context(request, *args, **kwargs)
        context["doors"] = self.get_children().live().in_menu()
        context["notices"] = published_in(self.place_id).rows[:5]
        return context


class SectionPage(Page):
    """A list of articles of one kind; news also list what was published as outcomes, without retyping."""

    section = models.CharField(max_length=8, default=Section.NEWS.value)

    parent_page_types: ClassVar[list[str]] = ["cms.CommunityPage"]
    subpage_types: ClassVar[list[str]] = ["cms.ArticlePage"]
    template = "cms/section_page.html"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(section__in=[s.value for s in Section]), name="cms_section_known")
        ]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        """One page of articles, newest first; in the news, the published outcomes beside them."""
        context = super().get_context(request, *args, **kwargs)
        articles = ArticlePage.objects.live().child_of(self)
        context["page_rows"] = page_of(articles, request.GET.get("after", ""))
        if self.section == Section.NEWS:
            place = CommunityPage.objects.ancestor_of(self).values_list("place_id", flat=True)[0]
            context["notices"] = published_in(place, key=request.GET.get("notices", ""))
        return context


class ArticlePage(Page):
    """One article: a notice, a disclosure, a guide."""

    day = models.DateField(default=shown_today)
    summary = models.CharField(max_length=120, blank=True)
    body = RichTextField(features=BODY_FEATURES)

    parent_page_types: ClassVar[list[str]] = ["cms.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cms/article_page.html"
    content_panels: ClassVar[list[object]] = [
        *Page.content_panels,
        FieldPanel("day", heading=_("日期")),
        FieldPanel("summary", heading=_("一句话说明")),
        FieldPanel("body", heading=_("正文")),
    ]
    search_fields: ClassVar[list[object]] = [*Page.search_fields, index.SearchField("search_grams")]

    @property
    def search_grams(self) -> str:
        """Characters and pairs of title and text, so that Chinese words are found on both databases."""
        return " ".join(sorted(grams(f"{self.title} {self.summary} {self.body}"[:5000])))


class PlainPage(Page):
    """One text that stands by itself: rules of procedure, about this community."""

    body = RichTextField(features=BODY_FEATURES, blank=True)

    parent_page_types: ClassVar[list[str]] = ["cms.CommunityPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cms/plain_page.html"
    content_panels: ClassVar[list[object]] = [*Page.content_panels, FieldPanel("body", heading=_("正文"))]


class SuggestionsPage(Page):
    """Complaints and suggestions about the platform, and their answers."""

    parent_page_types: ClassVar[list[str]] = ["cms.CommunityPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cms/suggestions_page.html"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        """What was answered lately; the form posts to a view of its own."""
        context = super().get_context(request, *args, **kwargs)
        place = CommunityPage.objects.ancestor_of(self).values_list("place_id", flat=True)[0]
        answered = Suggestion.objects.filter(community_id=place).exclude(answered_at=None)
        context["answered"] = page_of(answered, request.GET.get("after", ""))
        return context


class Suggestion(models.Model):
    """What somebody says about the platform itself, and what was answered."""

    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
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
