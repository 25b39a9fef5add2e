"""Two communities with their public pages; a browser; a page handed in for approval."""

import pytest
from django.urls import reverse

from cms.models import ArticlePage, CommunityPage, SectionPage
from cms.services import make_community_pages, settle_groups


@pytest.fixture
def root(places, bodies):
    """The public pages of 和顺社区."""
    make_community_pages(places.community)
    return CommunityPage.objects.get(place=places.community)


@pytest.fixture
def other_root(places, bodies):
    """The public pages of 邻里社区."""
    make_community_pages(places.other_community)
    return CommunityPage.objects.get(place=places.other_community)


@pytest.fixture
def officers(root, zhang_zhuren, sun_weiyuan, li_shuji):
    """Everybody who may be in the editor, let in as tick does it."""
    settle_groups()


@pytest.fixture
def section():
    """A section of a community's pages."""

    def find(root, name="news"):
        return SectionPage.objects.child_of(root).get(section=name)

    return find


@pytest.fixture
def article(root, section, django_capture_on_commit_callbacks):
    """A published article of 和顺社区."""

    def write(title="冬季除雪安排", *, name="news", root=root, **given):
        words = {"summary": "先扫坡道", "body": "<p>天亮前扫完主路。</p>"} | given
        # The index of the search is written after the commit.
        with django_capture_on_commit_callbacks(execute=True):
            return section(root, name).add_child(instance=ArticlePage(title=title, **words))

    return write


def typed(title="冬季除雪安排", **given):
    """What the form of an article sends: the text as the editor keeps it."""
    body = (
        '{"blocks":[{"key":"a1","text":"天亮前扫完主路。","type":"unstyled","depth":0,"inlineStyleRanges":[],'
        '"entityRanges":[],"data":{}}],"entityMap":{}}'
    )
    return {"title": title, "day": "2026-11-26", "summary": "先扫坡道", "body": body} | given


@pytest.fixture
def hand_in(section, root):
    """Write an article in the editor over HTTP and hand it in for approval."""

    def send(client, title="冬季除雪安排", name="news", **given):
        url = reverse("wagtailadmin_pages:add", args=["cms", "articlepage", section(root, name).pk])
        answer = client.post(url, typed(title, **given) | {"action-submit": "1"})
        assert answer.status_code == 302, answer.context["form"].errors
        return ArticlePage.objects.get(title=title)

    return send
