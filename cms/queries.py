"""What the product shows of the public site, handed over through hooks."""

from xieshang.home.hooks import Door, Hit
from xieshang.lib.actor import Actor
from xieshang.lib.paging import Page as Paged
from xieshang.lib.paging import page_of
from xieshang.lib.permits import has_perm
from xieshang.lib.text import grams
from xieshang.lib.waiting import Queue, Waiting

from .models import ArticlePage, CommunityPage, Suggestion

MOST_HITS = 5
_urls: dict[str, str] = {}


def sections_of(community_id: int) -> list[Door]:
    """The sections of a community's public pages, in their order."""
    page = CommunityPage.objects.filter(place_id=community_id).first()
    if page is None:
        return []
    children = page.get_children().live().in_menu().only("title", "slug", "url_path")
    return [Door(child.title, f"/{page.slug}/{child.slug}/") for child in children]


def pages_with(words: str, community_id: int) -> list[Hit]:
    """Articles of a community that hold all the words' characters."""
    page = CommunityPage.objects.filter(place_id=community_id).first()
    wanted = " ".join(sorted(grams(words)))
    if page is None or not wanted:
        return []
    articles = ArticlePage.objects.live().descendant_of(page)
    found = articles.search(wanted, fields=["search_grams"], operator="and")[:MOST_HITS]
    return [Hit(article.title, article.summary, article.url) for article in found]


def queues(actor: Actor) -> list[Queue]:
    """Suggestions that wait for an answer."""
    if actor.office is None or not has_perm("cms.answer_suggestion", actor, actor.office.place_path):
        return []
    waiting = Suggestion.objects.filter(community__path__startswith=actor.office.place_path, answered_at=None)

    def rows(key: str) -> Paged[Waiting]:
        page = page_of(waiting, key)
        return Paged([_as_waiting(row) for row in page.rows], page.next_key, page.is_first)

    return [Queue("suggestions", "平台意见", waiting.count(), rows)]


def _as_waiting(suggestion: Suggestion) -> Waiting:
    return Waiting(suggestion.text[:40], "对平台的意见建议", f"/suggestions/{suggestion.pk}/", "答复")
