"""The public pages: what everybody reads there, and what people say about the platform."""

import pytest
from django.urls import reverse

from cms.models import CommunityPage, Suggestion
from cms.services import answer_suggestion, due, settle_groups, suggest
from xieshang.accounts.models import Person
from xieshang.community.services import end_office
from xieshang.lib.clock import now, today
from xieshang.lib.refusals import NotAllowed

pytestmark = pytest.mark.django_db
NAMES = ["", "news/", "affairs/", "party/", "guides/", "rules/", "about/", "suggestions/"]


def groups_of(actor):
    return set(Person.objects.get(pk=actor.person_id).groups.values_list("pk", flat=True))


@pytest.mark.parametrize("count", [1, 30])
def test_every_page_answers_everybody_in_few_queries(
    count, root, article, browser_of, wang_ayi, zhang_zhuren, django_assert_max_num_queries
):
    for number in range(count):
        article(f"第{number}篇")
        made = suggest(wang_ayi, root.place_id, text=f"第{number}条意见，字再大一点")
        answer_suggestion(zhang_zhuren, made.pk, answer="好的")
    for name in NAMES:
        url = f"/c{root.place_id}/{name}"
        browser_of().get(url)
        with django_assert_max_num_queries(12):
            assert browser_of().get(url).status_code == 200
        client = browser_of(wang_ayi)
        with django_assert_max_num_queries(20):
            assert client.get(url).status_code == 200


def test_a_section_lists_its_articles_newest_first_and_leads_to_each(root, article, browser_of):
    article("早的一篇")
    article("晚的一篇")
    body = browser_of().get(f"/c{root.place_id}/news/").content.decode()
    assert 0 < body.index("晚的一篇") < body.index("早的一篇")
    assert "晚的一篇" in browser_of().get(f"/c{root.place_id}/").content.decode()
    assert "晚的一篇" not in browser_of().get(f"/c{root.place_id}/affairs/").content.decode()


def test_what_people_said_is_not_for_search_engines_what_the_community_wrote_is(root, article, browser_of):
    pages = [f"/c{root.place_id}/suggestions/", f"/c{root.place_id}/news/", article().url]
    assert ['content="noindex"' in browser_of().get(url).content.decode() for url in pages] == [True, False, False]


def test_groups_follow_the_offices_and_end_with_the_term(officers, root, zhang_zhuren, li_shuji, he_zhuren, liu_street):
    assert groups_of(zhang_zhuren) == {root.writers_id}
    assert groups_of(li_shuji) == {root.approvers_id}
    assert groups_of(he_zhuren) == set()
    end_office(liu_street, zhang_zhuren.office.id, on=today())
    assert groups_of(zhang_zhuren) == {root.writers_id}
    li_shuji.office.ends = zhang_zhuren.office.starts
    li_shuji.office.save()
    assert (due(now()), groups_of(li_shuji)) == (1, set())
    assert settle_groups() == 0


def test_pages_are_made_once(root, places):
    from cms.services import make_community_pages

    make_community_pages(places.community)
    assert CommunityPage.objects.filter(place=places.community).count() == 1


def test_anybody_suggests_and_only_the_reader_and_the_answerers_see_it_before_the_answer(
    root, browser_of, wang_ayi, zhou_dashu, zhang_zhuren
):
    url = reverse("cms:suggest", args=[root.place_id])
    client = browser_of(wang_ayi)
    assert client.post(url, {"text": "消息太多了，打13912345678找我"}).status_code == 302
    shown = [
        browser_of(who).get(f"/c{root.place_id}/suggestions/").content.decode() for who in (wang_ayi, zhou_dashu, None)
    ]
    assert ["消息太多了" in body for body in shown] == [True, False, False]
    desk = browser_of(zhang_zhuren).get(reverse("home:queue", args=["suggestions"])).content.decode()
    assert ("消息太多了" in desk, "13912345678" in desk) == (True, False)
    made = Suggestion.objects.get()
    browser_of(zhang_zhuren).post(reverse("cms:answer", args=[made.pk]), {"answer": "已经合并了。"})
    public = browser_of().get(f"/c{root.place_id}/suggestions/").content.decode()
    assert ["已经合并了" in public, "消息太多了" in public, "139****5678" in public] == [True, True, True]
    assert [wang_ayi.person.nickname in public, "和顺社区居民委员会" in public] == [False, True]


def test_too_short_and_too_many_are_refused_and_what_was_typed_is_kept(root, browser_of):
    client, url = browser_of(), reverse("cms:suggest", args=[root.place_id])
    short = client.post(url, {"text": "好"})
    assert (short.status_code, "至少5个字" in short.content.decode()) == (409, True)
    answers = [client.post(url, {"text": f"第{n}次提意见"}).status_code for n in range(6)]
    assert answers == [302, 302, 302, 302, 409, 409]
    last = client.post(url, {"text": "再提一次意见"}).content.decode()
    assert "再提一次意见" in last


def test_whom_a_suggestion_does_not_concern_it_is_not_there(
    root, browser_of, wang_ayi, zhou_dashu, other_zhuren, zhao_jingli, liu_street
):
    made = suggest(wang_ayi, root.place_id, text="字再大一点好不好")
    url = reverse("cms:answer", args=[made.pk])
    seen = [
        browser_of(who).get(url).status_code for who in (wang_ayi, zhou_dashu, other_zhuren, zhao_jingli, liu_street)
    ]
    assert seen == [404, 404, 404, 404, 200]
    with pytest.raises(NotAllowed):
        answer_suggestion(other_zhuren, made.pk, answer="不归你管")


def test_machines_are_shown_the_public_pages_and_kept_from_the_rest(root, browser_of):
    client = browser_of()
    rules = client.get("/robots.txt").content.decode()
    assert ["Disallow: /desk/" in rules, "/sitemap.xml" in rules] == [True, True]
    listed = client.get("/sitemap.xml").content.decode()
    assert [root.get_full_url() in listed, "/topics/" in listed] == [True, False]
