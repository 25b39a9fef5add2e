"""The doors: with and without script, what is kept after an error, what search engines and strangers get."""

import pytest

from xieshang.discussion import services
from xieshang.discussion.models import Post, Report, Thanks
from xieshang.lib.actor import NOBODY
from xieshang.matters.models import Matter

XSS = '<script>alert(1)</script> <img src=x onerror=alert(1)> javascript:alert(1) "\'><svg/onload=1> http://x.cn/"onx'


@pytest.fixture
def say_url(matter):
    return f"/s/{matter.pk}/say/"


def test_speaking_without_script(thread, matter, zhou_dashu, enter, say_url):
    browser = enter(zhou_dashu)
    answer = browser.post(say_url, {"text": "我赞成。", "position": "for"})
    post = Post.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/s/{matter.pk}/discussion/#post-{post.pk}")
    assert "我赞成。" in browser.get(answer.url).content.decode()


def test_after_each_act_one_stands_where_the_words_are(thread, matter, zhou_dashu, wang_ayi, enter, say_url):
    """The page of the matter shows only the best of each side: nobody looks for their own words there."""
    Matter.objects.filter(pk=matter.pk).update(url="/elsewhere/")
    own = enter(zhou_dashu)
    own.post(say_url, {"text": "我赞成。", "position": "for"})
    page, talk = f"/posts/{Post.objects.get().pk}/", f"/s/{matter.pk}/discussion/"
    assert own.post(f"{page}edit/", {"text": "我很赞成。", "position": "for"}).url == page
    other = enter(wang_ayi)
    assert other.post(f"{page}thank/").url == page
    assert other.post(f"{page}report/", {"rule": "rumour"}).url == talk
    assert enter(zhou_dashu).post(f"{page}withdraw/").url == talk


def test_speaking_with_htmx_gives_the_section_only(thread, zhou_dashu, enter, say_url):
    words = {"text": "我赞成。", "position": "for"}
    answer = enter(zhou_dashu).post(say_url, words, headers={"HX-Request": "true"}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.lstrip().startswith("<section")
    assert "<html" not in page
    assert "我赞成。" in page
    assert "说好了" in page


def test_words_pressed_twice_are_one_post_and_the_section_says_so_both_times(thread, zhou_dashu, enter, say_url):
    browser, words = enter(zhou_dashu), {"text": "我赞成。", "position": "for", "once": "page"}
    told = [browser.post(say_url, words, headers={"HX-Request": "true"}, follow=True) for _press in range(2)]
    assert ["说好了" in answer.content.decode() for answer in told] == [True, True]
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": "没选看法。"}, "请选一项"),
        ({"text": "", "position": "for"}, "还没有写内容"),
        ({"text": "长" * 1001, "position": "for"}, "写得太长了"),
        ({"text": "好。", "position": "shout"}, "请从这几项里选一项"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_wrong_shape_keeps_what_was_typed(thread, zhou_dashu, enter, say_url, sent, words, headers):
    answer = enter(zhou_dashu).post(say_url, sent, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert sent["text"] in page
    assert not Post.objects.exists()


def test_too_many_photos_and_a_closed_discussion_answer_409_with_the_words_kept(
    thread, matter, zhou_dashu, enter, say_url, photo
):
    browser = enter(zhou_dashu)
    photos = [photo() for _ in range(5)]
    answer = browser.post(say_url, {"text": "五张照片。", "position": "for", "photos": photos})
    assert (answer.status_code, Post.objects.count()) == (409, 0)
    assert "最多附4张照片" in answer.content.decode()
    assert "五张照片。" in answer.content.decode()
    services.close_writing(matter)
    answer = browser.post(say_url, {"text": "晚了。", "position": "for"})
    assert answer.status_code == 409
    assert "现在不在讨论期" in answer.content.decode()


def test_speaking_too_fast_is_refused(thread, zhou_dashu, enter, say_url):
    browser = enter(zhou_dashu)
    codes = [browser.post(say_url, {"text": f"第{n}条", "position": "ask"}).status_code for n in range(13)]
    assert codes == [302] * 12 + [409]
    assert Post.objects.count() == 12


def test_visitors_are_led_to_signing_in_and_strangers_refused(thread, wairen, enter, client, say_url):
    answer = client.post(say_url, {"text": "x", "position": "for"})
    assert answer.status_code == 302
    assert "login" in answer.url
    assert enter(wairen).post(say_url, {"text": "x", "position": "for"}).status_code == 403
    assert enter(wairen).post("/s/999999/say/", {"text": "x"}).status_code == 404


def test_get_says_nothing(thread, zhou_dashu, enter, say_url):
    assert enter(zhou_dashu).get(say_url).status_code == 405


def test_the_public_page_has_figures_and_no_words(thread, matter, zhou_dashu, wairen, tell, enter):
    tell(zhou_dashu, "只给邻居看的话")
    for actor in (NOBODY, wairen):
        page = enter(actor).get(f"/s/{matter.pk}/discussion/").content.decode()
        assert "1位邻居说了1条" in page
        assert "只给邻居看的话" not in page
        assert "周大叔" not in page
        assert "本小区、本社区认证居民可以看和说" in page


def test_search_engines_leave_words_alone(thread, matter, zhou_dashu, tell, enter):
    post = tell(zhou_dashu)
    for address in (f"/s/{matter.pk}/discussion/", f"/posts/{post.pk}/"):
        answer = enter(zhou_dashu).get(address)
        assert answer["X-Robots-Tag"].startswith("noindex")
        assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_what_people_type_stays_text(thread, matter, zhou_dashu, wang_ayi, zhang_zhuren, tell, enter):
    post = tell(zhou_dashu, XSS)
    services.report(wang_ayi, post.pk, rule="abuse", reason=XSS)
    services.edit(zhou_dashu, post.pk, text=XSS + "改", position="for")
    for actor, address in (
        (wang_ayi, f"/s/{matter.pk}/discussion/"),
        (wang_ayi, f"/posts/{post.pk}/"),
        (wang_ayi, f"/posts/{post.pk}/report/"),
        (zhou_dashu, f"/posts/{post.pk}/edit/"),
        (zhang_zhuren, "/review/"),
    ):
        page = enter(actor).get(address).content.decode()
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<svg/onload" not in page
        assert 'href="javascript' not in page
        assert '"onx' not in page


def test_links_are_marked_and_line_breaks_kept(thread, matter, zhou_dashu, tell, enter):
    tell(zhou_dashu, "第一行\n第二行 https://example.cn/a?b=1。\n\n第二段")
    page = enter(zhou_dashu).get(f"/s/{matter.pk}/discussion/").content.decode()
    assert 'href="https://example.cn/a?b=1" rel="nofollow noopener ugc"' in page
    assert "第一行<br>第二行" in page
    assert "<p>第二段</p>" in page


def test_thanking_with_and_without_script(thread, matter, zhou_dashu, wang_ayi, tell, enter):
    post = tell(zhou_dashu)
    browser = enter(wang_ayi)
    assert browser.post(f"/posts/{post.pk}/thank/").status_code == 302
    page = browser.post(f"/posts/{post.pk}/thank/", {"undo": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert 'aria-pressed="false"' in page
    assert not Thanks.objects.exists()


def test_changing_and_taking_back_ones_own_words(thread, zhou_dashu, wang_ayi, tell, enter):
    post = tell(zhou_dashu, "原来的话")
    browser = enter(zhou_dashu)
    assert "原来的话" in browser.get(f"/posts/{post.pk}/edit/").content.decode()
    assert browser.post(f"/posts/{post.pk}/edit/", {"text": "", "position": "for"}).status_code == 422
    assert browser.post(f"/posts/{post.pk}/edit/", {"text": "改后的话", "position": "ask"}).status_code == 302
    page = enter(wang_ayi).get(f"/posts/{post.pk}/").content.decode()
    assert "原来的话" in page
    assert "改后的话" in page
    assert enter(wang_ayi).get(f"/posts/{post.pk}/edit/").status_code == 403
    assert enter(zhou_dashu).post(f"/posts/{post.pk}/withdraw/").status_code == 302
    assert enter(wang_ayi).get(f"/posts/{post.pk}/").status_code == 404


def test_a_late_edit_keeps_what_was_typed(thread, zhou_dashu, tell, enter, clock_moves):
    post = tell(zhou_dashu)
    clock_moves(minutes=20)
    answer = enter(zhou_dashu).post(f"/posts/{post.pk}/edit/", {"text": "来晚的修改", "position": "for"})
    assert answer.status_code == 409
    assert "来晚的修改" in answer.content.decode()


def test_reporting(thread, zhou_dashu, wang_ayi, tell, enter):
    post = tell(zhou_dashu)
    browser = enter(wang_ayi)
    assert browser.get(f"/posts/{post.pk}/report/").status_code == 200
    assert browser.post(f"/posts/{post.pk}/report/", {"rule": ""}).status_code == 422
    assert browser.post(f"/posts/{post.pk}/report/", {"rule": "rumour", "reason": "不是这样"}).status_code == 302
    assert Report.objects.get().reason == "不是这样"


def test_the_desk_decides_and_goes_on(open_talk, zhou_dashu, wang_ayi, zhang_zhuren, tell, enter):
    open_talk(first_posts_wait=1)
    one, two = tell(zhou_dashu, "加微信领优惠"), tell(wang_ayi, "路灯不亮")
    desk = enter(zhang_zhuren)
    page = desk.get("/review/").content.decode()
    assert "加微信领优惠" in page
    assert "还有2条" in page
    assert 'data-key="h"' in page
    assert desk.post(f"/review/{one.pk}/", {"verdict": "hide"}).status_code == 409
    answer = desk.post(f"/review/{one.pk}/", {"verdict": "hide", "rule": "advertisement"})
    assert answer.url == f"/review/?after={one.pk}"
    assert "路灯不亮" in desk.get(answer.url).content.decode()
    assert desk.post(f"/review/{two.pk}/", {"verdict": "approve"}).status_code == 302
    assert "都看完了" in desk.get("/review/").content.decode()
    assert list(Post.objects.order_by("pk").values_list("state", flat=True)) == ["hidden", "shown"]
    assert one.rulings.get().reason.startswith("这里商量邻里的事")


def test_the_desk_is_shut_for_others(thread, wang_ayi, zhao_jingli, enter, client):
    assert client.get("/review/").status_code == 302
    for actor in (wang_ayi, zhao_jingli):
        assert enter(actor).get("/review/").status_code == 403


def test_the_author_sees_why_and_appeals_and_another_answers(thread, zhou_dashu, zhang_zhuren, li_shuji, tell, enter):
    post = tell(zhou_dashu, "话说重了")
    services.hide(zhang_zhuren, post.pk, rule="abuse", reason="请对事不对人。")
    author = enter(zhou_dashu)
    page = author.get(f"/posts/{post.pk}/").content.decode()
    assert "人身攻击" in page
    assert "请对事不对人。" in page
    assert "提出申诉" in page
    assert "话说重了" in page
    assert author.post(f"/posts/{post.pk}/appeal/", {"grounds": ""}).status_code == 422
    assert author.post(f"/posts/{post.pk}/appeal/", {"grounds": "没有骂人。"}).status_code == 302
    page = author.get(f"/posts/{post.pk}/").content.decode()
    assert "您的申诉收到了" in page
    assert "提出申诉" not in page
    appeal = post.appeals.get()
    other = enter(li_shuji)
    assert "没有骂人。" in other.get("/review/").content.decode()
    words = {"verdict": "restore", "appeal": appeal.pk, "reason": "没有骂人的词。"}
    assert other.post(f"/review/{post.pk}/", words).status_code == 302
    post.refresh_from_db()
    assert post.state == "shown"


def test_the_count_of_rulings_is_for_everybody(thread, places, zhou_dashu, zhang_zhuren, tell, client):
    services.hide(zhang_zhuren, tell(zhou_dashu, "不该出现的话").pk, rule="abuse", reason="内部的话")
    page = client.get(f"/rulings/{places.community.pk}/").content.decode()
    assert "人身攻击" in page
    assert "不该出现的话" not in page
    assert "周大叔" not in page
    assert "内部的话" not in page
    assert client.get(f"/rulings/{places.compound.pk}/").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_pages_stay_within_their_queries(number, thread, matter, wang_ayi, zhang_zhuren, tell, enter, request):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for n in range(number):
        post = tell(wang_ayi, f"第{n}条")
        tell(zhang_zhuren, "记下了。", "", reply_to=post.pk)
        services.report(zhang_zhuren, post.pk, rule="rumour", reason="")
    for actor, most in ((NOBODY, 12), (wang_ayi, 20), (zhang_zhuren, 20)):
        browser = enter(actor)
        addresses = [f"/s/{matter.pk}/discussion/", f"/rulings/{matter.community_id}/"]
        addresses += [f"/posts/{post.pk}/"] if actor is not NOBODY else []
        addresses += ["/review/"] if actor is zhang_zhuren else []
        for address in addresses:
            with CaptureQueriesContext(connection) as done:
                assert browser.get(address).status_code == 200
            assert len(done) <= most, (address, actor, len(done))
