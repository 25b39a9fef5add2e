"""The editor: who gets in, what they see there, and how a page comes to be published."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.models import ArticlePage, PlainPage
from tests.cms.conftest import typed
from xieshang.audit.models import Entry
from xieshang.notify.models import Message

pytestmark = pytest.mark.django_db
EDIT = "wagtailadmin_pages:edit"


def statuses(client, *urls):
    return [client.get(url).status_code for url in urls]


def test_whoever_writes_no_pages_does_not_get_in(officers, root, browser_of, wang_ayi, zhao_jingli, he_zhuren, wairen):
    doors = ["/cms/", reverse("wagtailadmin_explore", args=[root.pk]), reverse(EDIT, args=[root.pk])]
    for actor in (wang_ayi, zhao_jingli, he_zhuren, wairen):
        client = browser_of(actor)
        assert [client.get(door).status_code in {302, 403, 404} for door in doors] == [True] * 3
        assert "公开栏" not in client.get("/cms/", follow=True).content.decode().split("<main")[0]
    assert browser_of().get("/cms/").url.startswith("/cms/login/")
    assert statuses(browser_of(), "/cms/login/") == [302]


def test_a_member_writes_and_hands_in_and_only_the_secretary_may_publish(
    officers, browser_of, sun_weiyuan, zhang_zhuren, li_shuji, hand_in
):
    writer = browser_of(sun_weiyuan)
    page = hand_in(writer)
    assert (page.live, page.current_workflow_state.requested_by_id) == (False, sun_weiyuan.person_id)
    assert browser_of().get(page.url).status_code == 404
    for actor in (sun_weiyuan, zhang_zhuren):
        browser_of(actor).post(reverse(EDIT, args=[page.pk]), typed() | {"action-publish": "1"})
        assert ArticlePage.objects.get(pk=page.pk).live is False
    secretary = browser_of(li_shuji)
    desk = secretary.get(reverse("home:queue", args=["pages"])).content.decode()
    assert ("冬季除雪安排" in desk, reverse(EDIT, args=[page.pk]) in desk) == (True, True)
    secretary.post(reverse(EDIT, args=[page.pk]), typed() | decided(page, "approve"))
    page.refresh_from_db()
    shown = browser_of().get(page.url).content.decode()
    assert (page.live, "天亮前扫完主路" in shown) == (True, True)
    assert "冬季除雪安排" not in browser_of(li_shuji).get(reverse("home:queue", args=["pages"])).content.decode()


def decided(page, how):
    """What the editor sends when somebody decides on a page that was handed in."""
    return {"action-workflow-action": "1", "workflow-action-name": how, "workflow-action-extra-data": "{}"}


def test_the_secretary_sends_back_with_a_comment_and_the_writer_hears_of_it(
    officers, browser_of, sun_weiyuan, li_shuji, hand_in
):
    page = hand_in(browser_of(sun_weiyuan))
    told = Message.objects.filter(person_id=li_shuji.person_id).values_list("title", flat=True)
    assert list(told) == ["公开栏有一篇等您审核"]
    secretary = browser_of(li_shuji)
    task = page.current_workflow_state.current_task_state
    form = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", task.pk])
    assert "评论" in secretary.get(form).json()["html"]
    secretary.post(form, {"comment": "请写上责任人"})
    page.refresh_from_db()
    assert (page.live, page.current_workflow_state.status) == (False, "needs_changes")
    back = Message.objects.filter(person_id=sun_weiyuan.person_id).values_list("title", "body")
    assert list(back) == [("公开栏的稿子被退回", "冬季除雪安排：请写上责任人")]
    assert "请写上责任人" in browser_of(sun_weiyuan).get(reverse(EDIT, args=[page.pk])).content.decode()


def test_an_editor_sees_only_the_pages_of_the_own_community(
    other_root, other_zhuren, officers, root, browser_of, zhang_zhuren, article
):
    page = article()
    theirs, ours = browser_of(other_zhuren), browser_of(zhang_zhuren)
    explore = reverse("wagtailadmin_explore", args=[root.pk])
    assert ours.get(explore).status_code == 200
    closed = [reverse(EDIT, args=[page.pk]), reverse("wagtailadmin_pages:history", args=[page.pk])]
    assert [status in {302, 403, 404} for status in statuses(theirs, *closed)] == [True] * 2
    assert "冬季除雪安排" not in theirs.get(explore, follow=True).content.decode()
    search = reverse("wagtailadmin_pages:search") + "?q=除雪"
    assert ("冬季除雪安排" in ours.get(search).content.decode()) is True
    assert ("冬季除雪安排" in theirs.get(search).content.decode()) is False
    chooser = reverse("wagtailadmin_choose_page_search") + "?q=除雪"
    assert ("冬季除雪安排" in ours.get(chooser).content.decode()) is True
    assert ("冬季除雪安排" in theirs.get(chooser).content.decode()) is False


def test_pages_made_with_the_community_stay_where_they_are(officers, root, browser_of, li_shuji, section):
    client = browser_of(li_shuji)
    rules = PlainPage.objects.child_of(root).get(slug="rules")
    for page in (root, section(root), rules):
        for verb in ("delete", "unpublish", "move", "copy"):
            answer = client.post(reverse(f"wagtailadmin_pages:{verb}", args=[page.pk]))
            assert answer.status_code in {302, 403, 404}
    assert PlainPage.objects.child_of(root).filter(live=True).count() == 2
    assert client.get(reverse(EDIT, args=[rules.pk])).status_code == 200


def test_the_search_of_the_editor_finds_a_word_in_the_middle_of_a_sentence(officers, browser_of, zhang_zhuren, article):
    article("社区议事厅冬季开放时间")
    article("老年人办公交卡")
    found = browser_of(zhang_zhuren).get(reverse("wagtailadmin_pages:search") + "?q=冬季").content.decode()
    assert ("社区议事厅冬季开放时间" in found, "老年人办公交卡" in found) == (True, False)


@pytest.mark.parametrize("words", ["2026", "wifi", "WiFi 2026", "2026年", "wifi 冬季"])
def test_numbers_and_latin_words_are_found_on_the_public_pages_as_chinese_ones_are(root, article, browser_of, words):
    article("2026年冬季开放时间", summary="议事厅有WiFi")
    article("老年人办公交卡")
    found = browser_of().get(reverse("home:search"), {"q": words}).content.decode()
    assert ("2026年冬季开放时间" in found, "老年人办公交卡" in found) == (True, False)


@pytest.mark.parametrize("words", ["OR", "AND NOT", "-1", "a:b", "*", '"', "grams:x"])
def test_words_that_mean_something_to_the_database_are_words_like_others(root, article, browser_of, words):
    article()
    assert browser_of().get(reverse("home:search"), {"q": words}).status_code == 200


def test_the_editor_asks_nothing_of_other_houses(officers, root, browser_of, zhang_zhuren):
    for url in ("/cms/", reverse("wagtailadmin_explore", args=[root.pk])):
        body = browser_of(zhang_zhuren).get(url).content.decode()
        assert [
            word for word in ("gravatar", "https://", "//fonts") if f'src="{word}' in body or "gravatar" in body
        ] == []


def test_the_record_keeps_who_published(officers, browser_of, sun_weiyuan, li_shuji, hand_in):
    page = hand_in(browser_of(sun_weiyuan))
    browser_of(li_shuji).post(reverse(EDIT, args=[page.pk]), typed() | decided(page, "approve"))
    verbs = Entry.objects.filter(verb__startswith="cms.").order_by("pk").values_list("verb", "person_id")
    assert list(verbs) == [("cms.hand_in", sun_weiyuan.person_id), ("cms.approve", li_shuji.person_id)]


def test_the_first_page_of_the_editor_counts_nothing(officers, browser_of, li_shuji, article):
    article()
    shown = browser_of(li_shuji).get("/cms/")
    assert shown.context["site_summary"].summary_items == []
    body = shown.content.decode()
    assert [word for word in ("w-summary", "编辑指南", "- Wagtail</title>") if word in body] == []
    assert "- 公开栏</title>" in body


def test_kinds_of_pages_and_their_fields_read_chinese(officers, root, section, browser_of, li_shuji, article):
    client, page = browser_of(li_shuji), article()
    for day in ("2026-11-27", "2026-11-28"):
        client.post(reverse(EDIT, args=[page.pk]), typed(day=day, summary=f"{day}先扫坡道"))
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])
    explore = reverse("wagtailadmin_explore", args=[root.pk])
    search = reverse("wagtailadmin_pages:search")
    bodies = [client.get(url).content.decode() for url in (explore, search, compare)]
    bodies.append(client.get(reverse("wagtailadmin_choose_page_email_link")).json()["html"])
    wanted = ("文章 栏目 首页", "页面：第1- 全部页面", "日期 一句话说明", "链接文字 邮件主题")
    for body, words in zip(bodies, wanted, strict=True):
        assert [word for word in words.split() if word not in body] == []
    english = r">\s*(?:\w+ page|Day|Summary|Subject|Link text)\b|None：|>Root<|aria-label=\"[A-Z]"
    assert [re.findall(english, body) for body in bodies] == [[]] * 4


def test_the_first_page_leads_to_writing_in_the_own_community_and_back(
    other_root, officers, root, section, browser_of, zhang_zhuren, li_shuji
):
    body = browser_of(zhang_zhuren).get("/cms/").content.decode()
    new = "wagtailadmin_pages:add"
    ours, theirs = (reverse(new, args=["cms", "articlepage", section(one).pk]) for one in (root, other_root))
    assert (ours in body, theirs in body, reverse("home:desk") in body) == (True, False, True)
    lists = browser_of(li_shuji).get(reverse("wagtailadmin_explore", args=[root.pk])).content.decode()
    opened = reverse("wagtailadmin_explore", args=[section(root).pk])
    assert re.search(f'<a href="{opened}">\\s*<span', lists) is not None


def test_the_big_button_is_the_next_step(officers, root, section, browser_of, sun_weiyuan, li_shuji, hand_in):
    def buttons(actor, url):
        foot = browser_of(actor).get(url).content.decode().split("<footer")[1]
        return re.findall(r'(?:name="(action-[a-z-]+)"|data-workflow-action-name="([a-z]+)")', foot)

    new = reverse("wagtailadmin_pages:add", args=["cms", "articlepage", section(root).pk])
    assert buttons(sun_weiyuan, new)[0] == ("action-submit", "")
    edit = reverse(EDIT, args=[hand_in(browser_of(sun_weiyuan)).pk])
    assert buttons(li_shuji, edit)[0] == ("", "approve")
    assert buttons(li_shuji, new)[0] == ("action-publish", "")


def test_a_page_has_a_short_address_and_a_code_for_paper(article, browser_of):
    page = article()
    short = reverse("cms:short", args=[page.pk])
    assert browser_of().get(short).url == page.url
    assert short in browser_of().get(page.url).content.decode()
    assert browser_of().get(reverse("cms:qr", args=[page.pk])).content.startswith(b"<svg")
    page.unpublish()
    assert statuses(browser_of(), short, reverse("cms:qr", args=[page.pk])) == [404, 404]
    assert statuses(browser_of(), reverse("cms:short", args=[Page.get_first_root_node().pk])) == [404]
