"""Pages as a browser sees them: who gets a 404, what a refusal keeps, what paper shows."""

import datetime
import re
import zlib

import pytest
from django.urls import reverse

from xieshang.lib import paper
from xieshang.outcomes import services
from xieshang.outcomes.models import Objection, Posting, Rating
from xieshang.outcomes.rules import NoticeKind

pytestmark = pytest.mark.django_db


def page(response):
    """What a reader sees: the text without tags, scripts and blanks."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", body))


def test_a_draft_answers_as_if_absent(draft, browser_of, wang_ayi, zhao_jingli, other_zhuren, li_shuji):
    notice = draft()
    names = ["notice", "print", "pdf", "object", "objections", "boards", "correct", "short", "qr"]
    for actor in (wang_ayi, zhao_jingli, other_zhuren):
        client = browser_of(actor)
        assert [client.get(reverse(f"outcomes:{name}", args=[notice.pk])).status_code for name in names] == [404] * 9
    assert [
        browser_of().get(reverse(f"outcomes:{name}", args=[notice.pk])).status_code for name in ("notice", "pdf")
    ] == [
        404,
        404,
    ]
    shown = browser_of(li_shuji).get(notice.get_absolute_url())
    assert (shown.status_code, "这是没有发布的稿子" in page(shown)) == (200, True)


def test_everybody_reads_the_notice_with_its_days(saturday_posted, publish, browser_of):
    notice = publish()
    text = page(browser_of().get(notice.get_absolute_url()))
    wanted = [
        notice.title,
        "和社协公〔2026〕1号",
        "北侧道路不增划车位",
        "中共和顺社区委员会",
        "2026年3月28日",
        "3月29日（周日）至4月7日（周二）",
        "还剩10天",
        "第7日逢清明节假期，顺延",
    ]
    assert [words for words in wanted if words not in text] == []


def test_the_red_strip_is_the_partys_only(publish, browser_of, bodies, zhang_zhuren):
    signed = browser_of().get(publish().get_absolute_url()).content.decode()
    plain = publish(actor=zhang_zhuren, kind=NoticeKind.FEEDBACK, days=0, signers=[bodies.committee])
    other = browser_of().get(plain.get_absolute_url()).content.decode()
    assert ('class="notice party"' in signed, 'class="notice party"' in other, 'class="notice"' in other) == (
        True,
        False,
        True,
    )


def test_a_neighbour_objects_and_reads_the_answer(saturday_posted, publish, browser_of, wang_ayi, zhang_zhuren):
    notice = publish()
    client, address = browser_of(wang_ayi), reverse("outcomes:object", args=[notice.pk])
    assert "提出异议" in page(client.get(notice.get_absolute_url()))
    done = client.post(address, {"grounds": "通道太窄"}, follow=True)
    wanted = ["异议已收到", "王阿姨3号楼", "4月3日（周五）前答复", "您提过的异议正在等答复"]
    assert [words for words in wanted if words not in page(done)] == []
    assert address not in done.content.decode()
    desk = browser_of(zhang_zhuren)
    objection = Objection.objects.get()
    # The only one that waits is ticked already.
    asked = desk.get(reverse("outcomes:objections", args=[notice.pk])).context["form"]
    assert asked["ids"].value() == [str(objection.pk)]
    answer = {"ids": [objection.pk], "answer": "量过，够宽。", "sustained": "no"}
    desk.post(reverse("outcomes:objections", args=[notice.pk]), answer)
    shown = page(browser_of().get(notice.get_absolute_url()))
    assert ("量过，够宽。" in shown, "和顺社区居委会主任" in shown, "异议不成立" in shown) == (True, True, True)


def test_outside_the_period_the_sentence_is_clear_and_the_text_stays(
    saturday_posted, publish, browser_of, wang_ayi, on_day
):
    notice = publish()
    on_day(2026, 4, 8)
    answer = browser_of(wang_ayi).post(reverse("outcomes:object", args=[notice.pk]), {"grounds": "我写了很久的理由"})
    assert (answer.status_code, "公示期已满" in page(answer)) == (409, True)
    assert "我写了很久的理由</textarea>" in answer.content.decode()


def test_whoever_may_not_object_keeps_the_text_too(publish, browser_of, wairen):
    answer = browser_of(wairen).post(reverse("outcomes:object", args=[publish().pk]), {"grounds": "我也有话"})
    assert (answer.status_code, "认证过的住户" in page(answer)) == (403, True)
    assert "我也有话</textarea>" in answer.content.decode()


def test_an_empty_objection_is_pointed_at(publish, browser_of, wang_ayi):
    answer = browser_of(wang_ayi).post(reverse("outcomes:object", args=[publish().pk]), {"grounds": ""})
    assert (answer.status_code, Objection.objects.count()) == (422, 0)


def test_the_desk_of_objections_is_the_committees_and_the_streets(publish, browser_of, wang_ayi, li_shuji, liu_street):
    address = reverse("outcomes:objections", args=[publish().pk])
    assert [browser_of(actor).get(address).status_code for actor in (wang_ayi, li_shuji, liu_street)] == [403, 403, 200]


def test_an_appeal_goes_through_the_street(publish, browser_of, wang_ayi, zhou_dashu, zhang_zhuren, liu_street):
    notice = publish()
    mine = services.object_to(wang_ayi, notice.pk, grounds="一")
    services.answer_objections(zhang_zhuren, [mine.pk], answer="答", sustained=False)
    address = reverse("outcomes:appeal", args=[mine.pk])
    assert browser_of(zhou_dashu).post(address, {"text": "替她"}).status_code == 403
    assert browser_of(wang_ayi).post(address, {"text": "请再看"}).status_code == 302
    judged = reverse("outcomes:answer_appeal", args=[mine.pk])
    assert browser_of(zhang_zhuren).get(judged).status_code == 403
    assert browser_of(liu_street).post(judged, {"upheld": "no", "answer": "维持"}).status_code == 302
    shown = page(browser_of().get(notice.get_absolute_url()))
    assert ("请再看" in shown, "复核结论" in shown, "维持" in shown) == (True, True, True)


def test_boards_are_recorded_with_a_photo(on_day, publish, browser_of, zhang_zhuren, picture):
    on_day(2026, 11, 23)
    notice = publish(net_is_enough=False)
    address = reverse("outcomes:boards", args=[notice.pk])
    assert "等张贴" in page(browser_of().get(notice.get_absolute_url()))
    client = browser_of(zhang_zhuren)
    early = client.post(address, {"board": "社区公告栏", "on": "2026-11-22", "photo": picture()})
    assert (early.status_code, "不能早于网上发布" in page(early)) == (409, True)
    done = client.post(address, {"board": "社区公告栏", "on": "2026-11-23", "photo": picture()}, follow=True)
    assert (Posting.objects.count(), "公示期11月24日（周二）至11月30日（周一）" in page(done)) == (1, True)


def test_a_correction_shows_its_reason_and_keeps_the_old_text(publish, browser_of, li_shuji, zhang_zhuren):
    notice = publish()
    address = reverse("outcomes:correct", args=[notice.pk])
    assert browser_of(zhang_zhuren).get(address).status_code == 403
    words = {"title": notice.title, "body": "一、协商意见。增设19个车位。", "reason": "车位数写错"}
    browser_of(li_shuji).post(address, words)
    client = browser_of()
    response = client.get(notice.get_absolute_url())
    assert "<strong>一、协商意见。</strong>增设19个车位。" in response.content.decode()
    now = page(response)
    old = page(client.get(reverse("outcomes:version", args=[notice.pk, 1])))
    assert ("增设19个车位" in now, "车位数写错" in now, "北侧道路不增划车位" in now) == (True, True, False)
    assert ("北侧道路不增划车位" in old, "看现行文本" in old) == (True, True)
    assert client.get(reverse("outcomes:version", args=[notice.pk, 3])).status_code == 404


def test_the_page_to_print_has_code_address_and_lines(saturday_posted, publish, browser_of):
    notice = publish()
    response = browser_of().get(reverse("outcomes:print", args=[notice.pk]))
    text = page(response)
    wanted = ["和社协公〔2026〕1号", f"/n/{notice.pk}/", "张贴日期", "（盖章）", "3月29日（周日）至4月7日（周二）"]
    assert [words for words in wanted if words not in text] == []
    assert ("<svg" in response.content.decode(), "style=" in response.content.decode()) == (True, False)


def test_the_file_is_a_pdf_with_a_chinese_font_in_it(publish, browser_of):
    response = browser_of().get(reverse("outcomes:pdf", args=[publish().pk]))
    if not paper.pdf_is_possible():
        assert response.url.endswith("/print/")
        return
    assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")
    whole = response.content + b"".join(unpacked(response.content))
    assert (b"FontFile" in whole, b"CJK" in whole, b"/ToUnicode" in whole) == (True, True, True)


def unpacked(content):
    """The compressed parts of a PDF as they read."""
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            yield zlib.decompress(found[1])
        except zlib.error:
            continue


def test_a_machine_without_the_library_offers_print(publish, browser_of, monkeypatch):
    monkeypatch.setattr(paper, "pdf_is_possible", lambda: False)
    notice = publish()
    address = reverse("outcomes:pdf", args=[notice.pk])
    assert browser_of().get(address).url == reverse("outcomes:print", args=[notice.pk])
    assert address not in browser_of().get(notice.get_absolute_url()).content.decode()


def test_short_address_and_code_lead_to_the_notice(publish, browser_of):
    notice = publish()
    assert browser_of().get(reverse("outcomes:short", args=[notice.pk])).url == notice.get_absolute_url()
    assert browser_of().get(reverse("outcomes:qr", args=[notice.pk])).content.startswith(b"<?xml")


def test_a_promise_goes_from_report_to_verdict(item, browser_of, zhao_jingli, zhang_zhuren, wang_ayi, picture):
    made = item()
    report = reverse("outcomes:report", args=[made.pk])
    assert browser_of(wang_ayi).get(report).status_code == 403
    company = browser_of(zhao_jingli)
    assert company.post(report, {"text": ""}).status_code == 409
    company.post(report, {"text": "已围挡", "photos": [picture("a.jpg"), picture("b.jpg")]})
    company.post(report, {"text": "拆完了", "done": "on"})
    verify = reverse("outcomes:verify", args=[made.pk])
    assert company.get(verify).status_code == 403
    committee = browser_of(zhang_zhuren)
    assert committee.post(verify, {"verdict": "again", "text": ""}).status_code == 409
    committee.post(verify, {"verdict": "again", "text": "渣土没清"})
    moved = {"due": "2026-11-27", "reason": "等清运车"}
    assert committee.post(reverse("outcomes:move_due", args=[made.pk]), moved).status_code == 302
    company.post(report, {"text": "清走了", "done": "on"})
    committee.post(verify, {"verdict": "done", "text": ""})
    text = page(browser_of().get(made.get_absolute_url()))
    wanted = ["已围挡", "退回再办", "渣土没清", "期限由11月20日（周五）改到11月27日（周五）", "等清运车", "核实办好"]
    assert [words for words in wanted if words not in text] == []
    assert made.progress.get(text="已围挡").photos.count() == 2


def test_a_rating_is_given_and_changed(matter, browser_of, wang_ayi, zhang_zhuren):
    address = reverse("outcomes:rate", args=[matter.pk])
    assert browser_of(wang_ayi).get(address).status_code == 404
    services.open_rating(matter, datetime.date(2099, 1, 1))
    client = browser_of(wang_ayi)
    assert client.post(address, {"solved": "yes"}).status_code == 422
    client.post(address, {"solved": "no", "stars": "2", "text": "还堵"})
    assert "还堵</textarea>" in client.get(address).content.decode()
    client.post(address, {"solved": "yes", "stars": "4", "text": ""})
    assert list(Rating.objects.values_list("stars", "solved")) == [(4, True)]
    kept = browser_of(zhang_zhuren).post(address, {"solved": "yes", "stars": "5", "text": "很好"})
    assert (kept.status_code, Rating.objects.count(), "很好</textarea>" in kept.content.decode()) == (403, 1, True)


def test_the_list_shows_what_was_published(publish, draft, browser_of, places):
    notice = publish()
    draft(kind=NoticeKind.GONGGAO, title="没发布的公告")
    text = page(browser_of().get(reverse("outcomes:list")))
    assert (notice.title in text, "没发布的公告" in text) == (True, False)


def test_pages_stay_within_their_queries(
    publish, item, neighbours, browser_of, wang_ayi, django_assert_max_num_queries
):
    item()
    notice = publish()
    for actor in neighbours(30):
        services.object_to(actor, notice.pk, grounds="一")
    client, signed_in = browser_of(), browser_of(wang_ayi)
    with django_assert_max_num_queries(12):
        assert client.get(notice.get_absolute_url()).status_code == 200
    with django_assert_max_num_queries(20):
        assert signed_in.get(notice.get_absolute_url()).status_code == 200


def test_what_neighbours_say_is_public_in_figures_and_hidden_while_few(
    matter, browser_of, neighbours, zhao_jingli, django_assert_max_num_queries
):
    address = reverse("outcomes:ratings", args=[matter.pk])
    assert browser_of().get(address).status_code == 404
    services.open_rating(matter, datetime.date(2099, 1, 1))
    people = neighbours(6)
    for actor in people[:4]:
        services.rate(actor, matter.pk, stars=5, solved=True, text="亮堂了")
    few = page(browser_of().get(address))
    assert ("不到5位" in few, "亮堂了" in few, "100.00%" in few) == (True, False, False)
    for actor in people[4:]:
        services.rate(actor, matter.pk, stars=5, solved=True)
    for client, most in ((browser_of(), 12), (browser_of(zhao_jingli), 20)):
        with django_assert_max_num_queries(most):
            shown = page(client.get(address))
        assert ("100.00%" in shown, "6人评价" in shown, "亮堂了" in shown, "邻居0" in shown) == (
            True,
            True,
            True,
            False,
        )
