"""The work desk on a wide screen: the row in focus is told beside the list; on a phone a row opens its page."""

import pytest
from playwright.sync_api import expect

from cms.models import Suggestion
from xieshang.accounts import services as accounts
from xieshang.community import services as community
from xieshang.community.rules import ResidenceKind
from xieshang.discussion import services as discussion
from xieshang.discussion.models import Ruling
from xieshang.lib import clock
from xieshang.topics import services as topics

from .visitor import STORY


@pytest.fixture
def queue(topic, places, bodies, wang_ayi, zhang_zhuren):
    """Two matters that wait for screening."""
    topics.raise_topic(wang_ayi, title="门口积水", text="一下雨就积水。", place_id=places.stairwell.pk)
    return "/desk/screening/"


def test_the_row_in_focus_is_told_beside_the_list_and_enter_opens_it(visit, queue, zhang_zhuren):
    visitor = visit(zhang_zhuren)
    page = visitor.page
    page.set_viewport_size({"width": 1280, "height": 900})
    visitor.open(queue)
    pane, rows = page.locator("[data-pane-here]"), page.locator("[data-pane-list] a")
    words = {"楼道灯不亮": STORY, "门口积水": "一下雨就积水。"}
    first, second = (rows.nth(number).locator("strong").inner_text() for number in range(2))
    expect(pane).to_contain_text(words[first])
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(pane).to_contain_text(words[second])
    expect(page.locator("h1")).to_have_count(1)
    rows.first.click()
    expect(pane).to_contain_text(words[first])
    assert page.url.endswith(queue)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    visitor.sees(words[first], "受理并告知提出人")
    assert visitor.complaints == []


def test_what_is_decided_in_the_pane_is_done(visit, queue, zhang_zhuren):
    visitor = visit(zhang_zhuren)
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    visitor.open(queue)
    pane = "[data-pane-here]"
    visitor.tick("社区协商", within=pane).press("受理并告知提出人", within=pane).sees("待研究")


def test_beside_those_who_ask_for_a_home_only_the_one_in_focus_is_shown(visit, places, wairen, zhang_zhuren):
    accounts.agree(wairen)
    for unit in places.units[:2]:
        community.ask_for_home(wairen, unit.pk, kind=ResidenceKind.OWNER)
    visitor = visit(zhang_zhuren)
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    visitor.open("/desk/residences/")
    pane, rows = visitor.page.locator("[data-pane-here]"), visitor.page.locator("[data-pane-list] a")
    expect(pane.locator("article")).to_have_count(1)
    visitor.page.keyboard.press("j")
    visitor.page.keyboard.press("j")
    expect(pane.locator("h2").first).to_contain_text(rows.nth(1).locator("strong").inner_text())
    expect(pane.locator("article")).to_have_count(1)
    visitor.press("确认是这里的居民", within="[data-pane-here] article")
    expect(visitor.page.locator("article")).to_have_count(1)
    assert visitor.complaints == []


def test_on_a_phone_a_row_opens_its_page(visit, queue, zhang_zhuren):
    visitor = visit(zhang_zhuren).open(queue)
    expect(visitor.page.locator("[data-pane-here]")).to_be_hidden()
    visitor.press("楼道灯不亮", within="main").sees(STORY)


def test_a_form_that_is_sent_to_its_own_page_is_sent_there_from_the_pane(visit, places, zhang_zhuren):
    said = Suggestion.objects.create(community=places.community, text="消息太多了。", at=clock.now())
    visitor = visit(zhang_zhuren)
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    visitor.open("/desk/suggestions/")
    visitor.page.locator("[data-pane-here] textarea").fill("同一件事的消息已经合在一起。")
    visitor.press("公开答复", within="[data-pane-here]").sees("这里都办完了")
    said.refresh_from_db()
    assert (said.answer, visitor.complaints) == ("同一件事的消息已经合在一起。", [])


def test_a_key_judges_what_the_pane_shows_and_never_what_it_showed_before(visit, talked_over, wang_ayi, zhang_zhuren):
    posts = [
        discussion.say(wang_ayi, talked_over.pk, text=text, position="suggest", reply_to=None, photos=[])
        for text in ("第一条意见说得很好。", "第二条意见说得也好。")
    ]
    for post in posts:
        discussion.report(zhang_zhuren, post.pk, rule="advertisement", reason="看看是不是广告")
    visitor = visit(zhang_zhuren)
    page = visitor.page
    page.set_viewport_size({"width": 1280, "height": 900})
    visitor.open("/desk/review/")
    pane, rows = page.locator("[data-pane-here]"), page.locator("[data-pane-list] a")
    expect(pane.locator("[data-key=a]")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("a")
    second = rows.nth(1).locator("strong").inner_text()
    expect(pane).to_contain_text(second)
    expect(pane.locator("[data-key=a]")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("a")
    assert {post.text for post in posts if Ruling.objects.filter(post=post).exists()} == {second}
