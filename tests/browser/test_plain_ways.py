"""Without script, by keyboard alone, and when something goes wrong in the middle of writing: nothing is lost."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from xieshang.topics import services as topics
from xieshang.topics.models import Topic
from xieshang.voting.models import Ballot

from .visitor import STORY, photo


def raise_by_hand(visitor, title="三单元门口积水"):
    """The three steps, up to the last look."""
    visitor.open("/").press("我要说事", within="main").write("一句话", title).write("具体情况", STORY)
    return visitor.choose("涉及哪里", "明湖家园3号楼2单元").press("下一步").sees("回去改一改")


# Without script -------------------------------------------------------------------------------------------------


def test_without_script_one_reads_supports_raises_with_a_photo_and_votes(visit, topic, poll, zhou_dashu):
    visitor = visit(zhou_dashu, scripts=False)
    visitor.press("议事", within=".tabs-bottom").press("楼道灯不亮", within="main").sees(STORY)
    visitor.press("支持").sees("您已支持", "本单元1/14户")
    visitor.open("/").press("我要说事", within="main").write("一句话", "门口积水").write("具体情况", STORY)
    visitor.attach("拍张照片", photo()).choose("涉及哪里", "明湖家园3号楼2单元")
    visitor.press("下一步").sees("我也遇到").press("都不是").press("提交").sees("已收到您说的事")
    visitor.press("看这件事")
    expect(visitor.page.locator("main .photos img")).to_have_count(1)
    visitor.press("表决", within=".tabs-bottom").press("楼道灯换成感应灯", within="main").press("去投票")
    visitor.tick("同意").press("下一步，核对").press("确认投票").sees("投票成功，这是回执")
    assert Ballot.objects.count() == 1


# By keyboard alone ----------------------------------------------------------------------------------------------


def tab_to(visitor, name):
    """Press Tab until the focus stands on what is so called, and see that it shows."""
    for _ in range(80):
        visitor.page.keyboard.press("Tab")
        focused = visitor.page.evaluate(
            """() => {
              const e = document.activeElement;
              const label = e.labels && e.labels[0];
              return [(label || e).innerText.trim(), getComputedStyle(e).outlineStyle + getComputedStyle(e).boxShadow];
            }"""
        )
        if focused[0].startswith(name):
            assert focused[1] != "nonenone", f"no sign of the focus on {name}"
            return
    pytest.fail(f"Tab does not reach {name}")


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "large"])
def test_by_keyboard_alone_one_votes(visit, poll, zhou_dashu, elder):
    visitor = visit(zhou_dashu, elder=elder).open(poll.get_absolute_url())
    for button, next_page in (("去投票", "选一项"), ("下一步，核对", "核对一下再投"), ("确认投票", "这是回执")):
        if button == "下一步，核对":
            tab_to(visitor, "同意")
            visitor.page.keyboard.press("Space")
        tab_to(visitor, button)
        visitor.page.keyboard.press("Enter")
        visitor.sees(next_page)
    assert Ballot.objects.count() == 1


def test_the_desk_is_walked_with_j_k_and_enter(visit, topic, wang_ayi, zhang_zhuren, places):
    second = topics.raise_topic(wang_ayi, title="门口积水", text=STORY, place_id=places.stairwell.pk)
    visitor = visit(zhang_zhuren).open(reverse("home:queue", args=["screening"]))
    for key, name in (
        ("j", "楼道灯不亮"),
        ("j", "门口积水"),
        ("j", "门口积水"),
        ("k", "楼道灯不亮"),
        ("j", "门口积水"),
    ):
        visitor.page.keyboard.press(key)
        expect(visitor.page.locator(":focus")).to_contain_text(name)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    assert visitor.page.url.endswith(reverse("topics:work", args=[second.pk]))


# In the middle of writing ---------------------------------------------------------------------------------------


def test_the_back_button_keeps_what_was_written(visit, bodies, wang_ayi):
    visitor = raise_by_hand(visit(wang_ayi))
    visitor.page.go_back(wait_until="domcontentloaded")
    expect(visitor.page.get_by_label("具体情况")).to_have_value(STORY)
    expect(visitor.page.get_by_label("一句话")).to_have_value("三单元门口积水")


def test_an_expired_session_keeps_what_was_written(visit, bodies, wang_ayi):
    visitor = visit(wang_ayi).press("我要说事", within="main")
    visitor.write("一句话", "三单元门口积水").write("具体情况", STORY)
    visitor.page.context.clear_cookies(name="sessionid")
    visitor.press("下一步").sees("登录")
    again = visit(wang_ayi)
    kept = [cookie for cookie in again.page.context.cookies() if cookie["name"] == "sessionid"]
    visitor.page.context.add_cookies(kept)
    visitor.open("/").press("我要说事", within="main").sees("已接着您上次没写完的内容")
    expect(visitor.page.get_by_label("具体情况")).to_have_value(STORY)


def test_what_was_not_sent_is_offered_over_what_stands_and_goes_when_its_writer_leaves(visit, topic, wang_ayi):
    edit, drafts = reverse("topics:edit", args=[topic.pk]), "Object.keys(localStorage).join()"
    visitor = visit(wang_ayi).open(edit).write("具体情况", "换成感应灯就好。").open("/").open(edit)
    visitor.sees("上次没发出去的内容，要接着写吗？").find("接着写").click()
    expect(visitor.page.get_by_label("具体情况")).to_have_value("换成感应灯就好。")
    assert f"draft:edit-{topic.pk}" in visitor.page.evaluate(drafts)
    visitor.open("/account/logout/").press("退出登录", within="main").sees("登录")
    assert "draft:" not in visitor.page.evaluate(drafts)


def test_a_double_click_raises_it_once_and_shows_the_number(visit, bodies, wang_ayi):
    visitor = raise_by_hand(visit(wang_ayi))
    visitor.find("提交").dblclick(no_wait_after=True)
    visitor.sees("已收到您说的事", "议-和顺-")
    assert Topic.objects.count() == 1


def test_without_a_line_the_page_says_so_and_goes_when_it_is_back(visit, topic, zhou_dashu):
    visitor = visit(zhou_dashu).press("我要说事", within="main").write("具体情况", STORY)
    visitor.page.context.set_offline(True)
    visitor.sees("没有网络。您写的内容已保存。")
    visitor.page.context.set_offline(False)
    visitor.sees_no("没有网络")
