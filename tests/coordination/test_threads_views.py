"""The pages of a thread: who reads what, what is kept when it cannot be, how much each page asks of the database."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.coordination.threads import picture, side_of
from xieshang.coordination.models import Commitment, Entry, Thread
from xieshang.coordination.queries import threads as queries
from xieshang.coordination.rules.threads import CoverKind, Part, State
from xieshang.coordination.services import threads as services
from xieshang.lib import paper
from xieshang.lib.actor import NOBODY
from xieshang.lib.clock import now, today
from xieshang.outcomes import services as outcomes

DAY = datetime.timedelta(days=1)
SIGNED_IN_MOST = 20
SECRET, FLAT, INSIDE = "合同底价每户3.2元", "501室王桂芳", "我们愿意先垫钱"


@pytest.fixture
def full(answered_thread, zhang_zhuren, zhao_jingli, he_zhuren, wang_ayi, places):
    """A thread with everything in it: words of both parts, covered passages, a letter, commitments, measurements."""
    company = side_of(answered_thread, "company")
    covers = [(CoverKind.PERSONAL, FLAT), (CoverKind.SECRET, SECRET)]
    text = f"{FLAT}家最冷，{SECRET}，电话13912345678。"
    services.file_position(zhao_jingli, answered_thread.pk, side_id=company.pk, text=text, covers=covers)
    services.say(zhao_jingli, answered_thread.pk, side_id=company.pk, text=INSIDE, part=Part.WORKING)
    services.say(
        he_zhuren,
        answered_thread.pk,
        side_id=side_of(answered_thread, "owners").pk,
        text="请公布账目",
        part=Part.PUBLIC,
    )
    supplier = services.invite(zhang_zhuren, answered_thread.pk, name="热力公司")
    services.enter_letter(
        zhang_zhuren, answered_thread.pk, side_id=supplier.pk, text="本周调平衡", letter=picture(), letter_day=today()
    )
    word = services.Word("更换立管阀门", "工程部刘师傅", today() + DAY)
    services.promise(zhao_jingli, answered_thread.pk, side_id=company.pk, word=word)
    services.ask_promise(he_zhuren, answered_thread.pk, side_id=company.pk, what="公布退费办法")
    home = places.units[8]
    services.add_reading(wang_ayi, answered_thread.pk, unit_id=home.pk, measured_at=now() - DAY, value="16.5")
    return Thread.objects.with_frame().get(pk=answered_thread.pk)


def page_of(browser_of, actor, name, *args):
    return browser_of(actor).get(reverse(f"coordination:{name}", args=args))


def test_residents_read_the_public_part_only(full, browser_of, wang_ayi):
    for name in ("thread", "history"):
        text = page_of(browser_of, wang_ayi, name, full.pk).content.decode()
        assert "［个人信息，已遮住］家最冷" in text
        assert "［商业秘密，已遮住］" in text
        for hidden in (SECRET, FLAT, INSIDE, "13912345678"):
            assert hidden not in text, (name, hidden)
    assert "请公布账目" in page_of(browser_of, wang_ayi, "thread", full.pk).content.decode()


@pytest.mark.parametrize("who", ["zhang_zhuren", "he_zhuren", "zhao_jingli", "li_shuji", "liu_street"])
def test_the_table_and_those_above_read_everything(full, browser_of, request, who):
    text = page_of(browser_of, request.getfixturevalue(who), "thread", full.pk).content.decode()
    for shown in (SECRET, FLAT, INSIDE):
        assert shown in text


@pytest.mark.parametrize("who", ["wairen", "other_zhuren"])
def test_strangers_find_nothing(full, browser_of, request, who):
    actor = request.getfixturevalue(who)
    commitment, entry = Commitment.objects.get(), Entry.objects.filter(letter__isnull=False).get()
    for name, pk in (
        ("thread", full.pk),
        ("history", full.pk),
        ("work", full.pk),
        ("readings", full.pk),
        ("commitment", commitment.pk),
        ("letter", entry.pk),
        ("entry", entry.pk),
    ):
        assert page_of(browser_of, actor, name, pk).status_code == 404, name
    assert page_of(browser_of, NOBODY, "thread", full.pk).status_code == 404
    assert full.title not in page_of(browser_of, actor, "list").content.decode()
    assert "更换立管阀门" not in page_of(browser_of, actor, "board").content.decode()


def test_the_scan_of_a_letter_is_opened_at_the_table_only(full, browser_of, wang_ayi, zhao_jingli):
    entry = Entry.objects.get(letter__isnull=False)
    assert page_of(browser_of, zhao_jingli, "letter", entry.pk).status_code == 200
    assert page_of(browser_of, wang_ayi, "letter", entry.pk).status_code == 404
    assert browser_of(wang_ayi).get(entry.letter.url).status_code == 404


def test_neighbours_see_the_building_of_a_measurement_and_the_table_the_flat(
    full, browser_of, wang_ayi, zhou_dashu, zhao_jingli
):
    def seen(actor):
        return page_of(browser_of, actor, "readings", full.pk).content.decode()

    assert "2单元501室" in seen(wang_ayi)
    assert "2单元501室" in seen(zhao_jingli)
    assert "501室" not in seen(zhou_dashu)
    assert "16.5℃" in seen(zhou_dashu)


@pytest.mark.parametrize("who", ["wang_ayi", "zhang_zhuren", "zhao_jingli", "li_shuji", "liu_street"])
def test_every_page_asks_few_questions_and_no_more_with_more_rows(full, browser_of, request, who, places, zhao_jingli):
    actor = request.getfixturevalue(who)
    client = browser_of(actor)
    pages = [
        reverse("coordination:thread", args=[full.pk]),
        reverse("coordination:history", args=[full.pk]),
        reverse("coordination:readings", args=[full.pk]),
        reverse("coordination:commitment", args=[Commitment.objects.first().pk]),
        reverse("coordination:list"),
        reverse("coordination:board"),
        reverse("coordination:record", args=[zhao_jingli.office.body_id]),
    ]

    def counted():
        counts = {}
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(
                connection,
            ) as found:
                assert client.get(page).status_code == 200
            counts[page] = len(found)
        return counts

    few = counted()
    company = side_of(full, "company")
    for n in range(12):
        word = services.Word(f"第{n}件", "客服", today() + DAY)
        services.promise(zhao_jingli, full.pk, side_id=company.pk, word=word)
        services.say(zhao_jingli, full.pk, side_id=company.pk, text=f"第{n}句", part=Part.PUBLIC)
    many = counted()
    assert many == few
    assert {page: n for page, n in many.items() if n > SIGNED_IN_MOST} == {}


def test_the_work_page_offers_each_office_its_own(full, browser_of, zhang_zhuren, zhao_jingli, li_shuji, wang_ayi):
    def panels(actor):
        found = page_of(browser_of, actor, "work", full.pk)
        assert found.status_code == 200
        return {panel.key for panel in found.context["work"].panels}

    talked = {"escalate", "mediate", "go_to_law", "hand_to_owners"}
    assert panels(li_shuji) == talked | {
        "call_meeting",
        "say",
        "letter",
        "invite",
        "guest",
        "ask_promise",
        "promise",
        "owners",
        "delegate",
        "readings",
    }
    assert panels(zhao_jingli) == {"position", "promise", "say", "ask_promise", "readings"}
    assert panels(zhang_zhuren) == {
        "position",
        "promise",
        "say",
        "letter",
        "ask_promise",
        "readings",
        "invite",
        "guest",
    }
    assert page_of(browser_of, wang_ayi, "work", full.pk).status_code == 403


def test_what_was_typed_is_kept_when_it_cannot_be(asked_thread, browser_of, zhao_jingli):
    client = browser_of(zhao_jingli)
    side = side_of(asked_thread, "company")
    form = {"promise-side_id": side.pk, "promise-what": "更换立管阀门", "promise-answerer": "", "promise-due": ""}
    answer = client.post(reverse("coordination:do", args=[asked_thread.pk, "promise"]), form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "更换立管阀门" in text
    assert "请填写“谁负责”" in text
    form |= {"promise-answerer": "刘师傅", "promise-due": (today() - DAY).isoformat()}
    answer = client.post(reverse("coordination:do", args=[asked_thread.pk, "promise"]), form)
    text = answer.content.decode()
    assert (answer.status_code, "办好的日子不能早于今天" in text, "更换立管阀门" in text) == (409, True, True)
    assert not Commitment.objects.exists()


def test_a_thread_is_raised_taken_up_and_answered_on_its_pages(
    browser_of, zhang_zhuren, li_shuji, he_zhuren, zhao_jingli, places
):
    form = {"title": "楼前除雪", "text": "雪后结冰，老人摔倒两起。", "place_id": places.compound.pk, "voices": "居民"}
    sent = browser_of(zhang_zhuren).post(reverse("coordination:raise"), form)
    thread = Thread.objects.get()
    assert sent.headers["Location"] == reverse("coordination:thread", args=[thread.pk])
    secretary = browser_of(li_shuji)

    def do(client, step, **words):
        typed = {f"{step}-{name}": value for name, value in words.items()}
        return client.post(reverse("coordination:do", args=[thread.pk, step]), typed).status_code

    assert do(browser_of(zhao_jingli), "accept") == 404
    assert do(secretary, "accept") == 302
    lead = side_of(thread, "company").pk
    assert do(secretary, "assign", lead=lead, assistants=[side_of(thread, "committee").pk]) == 302
    assert do(browser_of(zhao_jingli), "position", text="每天七点前扫完主路") == 302
    thread.refresh_from_db()
    assert (thread.state, thread.entries.get().text) == (State.POSITIONS, "每天七点前扫完主路")


def test_a_guest_speaks_by_the_link_and_is_told_when_it_has_expired(full, browser_of, zhang_zhuren, later):
    supplier = side_of(full, "invited")
    form = {"guest-side_id": supplier.pk, "guest-days": 3}
    made = browser_of(zhang_zhuren).post(reverse("coordination:guest_link", args=[full.pk]), form)
    link = made.context["link"]
    address = link[link.index("/coordination/") :]
    visitor = browser_of(NOBODY)
    page = visitor.get(address).content.decode()
    assert "热力公司的意见" in page
    assert INSIDE not in page
    assert FLAT not in page
    assert visitor.post(address, {"name": "生产科李工", "text": "明天派人检修"}).status_code == 302
    assert Entry.objects.get(via="guest").guest == "生产科李工"
    later(4)
    late = visitor.post(address, {"name": "生产科李工", "text": "又有新情况"})
    assert late.status_code == 409
    assert "链接已经过期" in late.content.decode()
    assert "又有新情况" in late.content.decode()
    assert visitor.get(address).status_code == 410
    assert visitor.get(reverse("coordination:guest", args=["made-up"])).status_code == 404


def test_the_page_says_that_only_the_owners_decide(full, browser_of, li_shuji, wang_ayi, he_zhuren):
    services.mark_for_owners(li_shuji, full.pk, owners_item="使用维修资金")
    services.hand_to_owners(li_shuji, full.pk, reason="要动用维修资金")
    text = page_of(browser_of, wang_ayi, "thread", full.pk).content.decode()
    assert "这件事要由业主共同决定" in text
    assert "起草业主表决" not in text
    begin = f"{reverse('voting:begin')}?about={full.matter_id}"
    assert begin in page_of(browser_of, he_zhuren, "thread", full.pk).content.decode()
    assert queries.for_owners(he_zhuren) == [full.matter]
    assert queries.for_owners(li_shuji) == []


def test_a_missing_committee_is_said_on_the_page(raised_thread, li_shuji, he_zhuren, browser_of, wang_ayi):
    from xieshang.community.models import Office

    Office.objects.filter(pk=he_zhuren.office.pk).update(ends=today() - DAY)
    thread = services.accept(li_shuji, raised_thread.pk)
    text = page_of(browser_of, wang_ayi, "thread", thread.pk).content.decode()
    assert "没有人在任，由居委会推荐的业主代表补位" in text


def test_a_record_is_public_but_its_words_are_the_neighbours(full, browser_of, zhao_jingli, wang_ayi):
    address = reverse("coordination:record", args=[zhao_jingli.office.body_id])
    public = browser_of(NOBODY).get(address).content.decode()
    assert ("1件" in public, "更换立管阀门" in public) == (True, False)
    assert "更换立管阀门" in browser_of(wang_ayi).get(address).content.decode()
    reply = reverse("coordination:reply", args=[zhao_jingli.office.body_id])
    browser_of(zhao_jingli).post(reply, {"text": "配件已到"})
    assert "配件已到" in browser_of(NOBODY).get(address).content.decode()


def test_a_commitment_is_judged_and_moved_on_its_page(full, browser_of, he_zhuren, zhao_jingli, li_shuji):
    commitment = Commitment.objects.get()

    def act(actor, act, **words):
        return browser_of(actor).post(reverse("coordination:judge", args=[commitment.pk, act]), words).status_code

    assert act(he_zhuren, "doubt", reason="") == 409
    assert act(he_zhuren, "accept") == 302
    assert act(zhao_jingli, "accept") == 409
    move = reverse("coordination:ask_move", args=[commitment.pk])
    words = {"due": (today() + 5 * DAY).isoformat(), "reason": "等配件"}
    assert browser_of(zhao_jingli).post(move, words).status_code == 302
    assert act(he_zhuren, "grant") == 403
    assert act(li_shuji, "grant") == 302
    text = page_of(browser_of, he_zhuren, "commitment", commitment.pk).content.decode()
    assert ("召集人已同意" in text, "原定" in text) == (True, True)


def test_an_overdue_commitment_shows_to_residents_and_above(full, browser_of, wang_ayi, liu_street, later):
    later(3)
    outcomes.due(now())
    for actor in (wang_ayi, liu_street):
        assert "逾期2天" in page_of(browser_of, actor, "board").content.decode()


def test_paper_carries_what_residents_read_whoever_prints_it(full, browser_of, zhao_jingli, wairen, monkeypatch):
    address = reverse("coordination:print_thread", args=[full.pk])
    page = browser_of(zhao_jingli).get(address).content.decode()
    assert "供暖季室温偏低问题协调" in page
    assert "［商业秘密，已遮住］" in page
    assert SECRET not in page
    assert INSIDE not in page
    monkeypatch.setattr(paper, "pdf_is_possible", lambda: False)
    answer = browser_of(zhao_jingli).get(reverse("coordination:thread_pdf", args=[full.pk]))
    assert (answer.status_code, answer.url) == (302, address)
    assert browser_of(wairen).get(address).status_code == 404


def test_a_small_screen_has_one_side_in_front(full, browser_of, he_zhuren, wang_ayi):
    address, company = full.get_absolute_url(), side_of(full, "company")

    def front(actor, query=""):
        page = browser_of(actor).get(address + query)
        return page.context["page"].shown_side

    assert front(he_zhuren) == side_of(full, "owners").pk
    assert front(wang_ayi) == side_of(full, "committee").pk
    assert front(wang_ayi, f"?side={company.pk}") == company.pk
    assert front(wang_ayi, "?side=99999999") == side_of(full, "committee").pk
