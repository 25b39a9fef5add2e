"""The public pages of the demo's communities: articles, one that waits for the secretary, what people suggest."""

from datetime import timedelta
from typing import Any

from cms.models import ArticlePage, CommunityPage, PlainPage, SectionPage
from cms.services import answer_suggestion, suggest
from xieshang.lib.clock import shown_today

from .town import COMMUNITY, Town

# Who says something about the platform, in the order of the texts.
SUGGESTING = ("wang", "chen", "zhou")


def write_pages(content: dict[str, Any], town: Town) -> None:
    """Write a line about each community, the articles of the urban one, and what waits there today."""
    for name, about in content["about"].items():
        root = CommunityPage.objects.get(place=town.places[name])
        page = PlainPage.objects.child_of(root).get(slug="about")
        page.body = about
        page.save_revision().publish()
    root = CommunityPage.objects.get(place=town.places[COMMUNITY])
    sections = {section.section: section for section in SectionPage.objects.child_of(root)}
    for article in sorted(content["article"], key=lambda words: -int(words["age"])):
        day = shown_today() - timedelta(days=article["age"])
        sections[article["section"]].add_child(instance=ArticlePage(day=day, **_words(article)))
    draft = content["draft"]
    _hand_in(sections[draft["section"]], ArticlePage(live=False, **_words(draft)), town)
    _suggest(content["suggestion"], town)


def _words(article: dict[str, Any]) -> dict[str, str]:
    return {key: article[key] for key in ("title", "summary", "body")}


def _hand_in(section: SectionPage, article: ArticlePage, town: Town) -> None:
    """Leave an article with the secretary, as a member of the committee does in the editor."""
    member = town.people["sun"]
    page = section.add_child(instance=article)
    page.save_revision(user=member)
    page.get_workflow().start(page, member)


def _suggest(suggestions: list[dict[str, str]], town: Town) -> None:
    community = town.places[COMMUNITY].pk
    for key, words in zip(SUGGESTING, suggestions, strict=True):
        made = suggest(town.neighbour(key), community, text=words["text"])
        if "answer" in words:
            answer_suggestion(town.officer("zhang"), made.pk, answer=words["answer"])
