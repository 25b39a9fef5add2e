"""A few articles for the public pages of the demo's communities."""

from typing import Any

from cms.models import ArticlePage, CommunityPage, PlainPage, SectionPage

from .town import COMMUNITY, Town


def write_pages(content: dict[str, Any], town: Town) -> None:
    """Write a line about each community, and the articles of the urban one."""
    for name, about in content["about"].items():
        root = CommunityPage.objects.get(place=town.places[name])
        page = PlainPage.objects.child_of(root).get(slug="about")
        page.body = about
        page.save_revision().publish()
    root = CommunityPage.objects.get(place=town.places[COMMUNITY])
    sections = {section.section: section for section in SectionPage.objects.child_of(root)}
    for article in content["article"]:
        words = {key: article[key] for key in ("title", "summary", "body")}
        sections[article["section"]].add_child(instance=ArticlePage(**words))
