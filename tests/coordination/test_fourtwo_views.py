"""Pages of 四议两公开: what each reader gets, what a refusal keeps, the whole way by forms."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.coordination.fourtwo import ACCOUNT, WAY, minutes
from xieshang.coordination.models import FourTwo
from xieshang.coordination.rules.fourtwo import State
from xieshang.coordination.services import fourtwo
from xieshang.lib import clock
from xieshang.lib.actor import NOBODY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", WAY)
def test_the_page_opens_for_whoever_may_know_of_it_within_its_queries(request, fourtwo_at, browser_of, state):
    flow = fourtwo_at(state)
    address, most = reverse("coordination:fourtwo", args=[flow.pk]), {}
    for who in (None, "wang_ayi", "zhang_zhuren", "li_shuji", "feng_jiandu"):
        client = browser_of(request.getfixturevalue(who) if who else NOBODY)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        most[who] = (answer.status_code, len(asked))
    public = state in WAY[WAY.index(State.RESOLUTION_PUBLISHED) :]
    codes = {who: code for who, (code, _n) in most.items()}
    assert codes == {
        None: 200 if public else 404,
        "wang_ayi": 404 if state == State.BEGUN else 200,
        "zhang_zhuren": 200,
        "li_shuji": 200,
        "feng_jiandu": 200,
    }
    over = {who: n for who, (_code, n) in most.items() if n > (20 if who else 12)}
    assert over == {}


def test_a_refused_meeting_keeps_what_was_typed_and_says_every_lack(fourtwo_at, browser_of, zhang_zhuren):
    flow = fourtwo_at(State.REVIEWED)
    today = clock.today()
    sent = {
        "kind": "resident_reps",
        "told_on": (today - datetime.timedelta(days=8)).isoformat(),
        "held_on": today.isoformat(),
        "chair": "张主任",
        "members": 30,
        "representatives": 20,
        "women": 5,
        "expected": 30,
        "present": 19,
        "agree": 19,
        "against": 0,
        "abstain": 0,
        "text": "逐项议过。",
        "signers": "张主任",
        "minutes": minutes(),
    }
    answer = browser_of(zhang_zhuren).post(reverse("coordination:act_on_fourtwo", args=[flow.pk, "record"]), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in (
        "到会的人不够数",
        "代表要占组成人员的五分之四以上",
        "妇女代表要占组成人员的三分之一以上",
        'value="张主任"',
    ):
        assert words in page
    assert FourTwo.objects.get(pk=flow.pk).state == State.REVIEWED


def test_an_account_that_does_not_read_names_its_line(fourtwo_at, browser_of, zhang_zhuren):
    flow = fourtwo_at(State.IMPLEMENTING)
    address = reverse("coordination:act_on_fourtwo", args=[flow.pk, "account"])
    answer = browser_of(zhang_zhuren).post(address, {"entries": "收 上级补助 1200\n水泥三千元"})
    assert (answer.status_code, "第2行看不懂" in answer.content.decode()) == (422, True)
    done = browser_of(zhang_zhuren).post(address, {"entries": "收 上级 补助 1,200.50\n支出 水泥 1000元"}, follow=True)
    assert "请监督委员会审核" in done.content.decode()
    assert flow.accounts.get().lines == [["in", "上级 补助", 120050], ["out", "水泥", 100000]]


def test_it_is_begun_out_of_a_matter(fourtwo_at, browser_of, zhang_zhuren, wang_ayi):
    about = fourtwo_at(State.RESULT_PUBLISHED).matter
    address = reverse("coordination:begin_fourtwo") + f"?of={about.pk}"
    assert about.title in browser_of(zhang_zhuren).get(address).content.decode()
    answer = browser_of(zhang_zhuren).post(address, {"title": "再铺一段", "text": "铺三百米。"}, follow=True)
    assert (answer.status_code, "等党支部提议" in answer.content.decode()) == (200, True)
    assert browser_of(wang_ayi).get(address).status_code == 403


def test_an_empty_form_is_refused_in_sentences(browser_of, zhang_zhuren):
    answer = browser_of(zhang_zhuren).post(reverse("coordination:begin_fourtwo"), {})
    assert (answer.status_code, "请填写“方案”。" in answer.content.decode()) == (422, True)


def test_the_list_shows_how_far_each_has_come(fourtwo_at, browser_of, wang_ayi):
    flow = fourtwo_at(State.REVIEWED)
    page = browser_of(wang_ayi).get(reverse("coordination:fourtwos")).content.decode()
    assert (flow.title in page, "第4步，共6步" in page, "发起一件" in page) == (True, True, False)


def test_the_printed_file_tells_the_six_steps(fourtwo_at, browser_of):
    flow = fourtwo_at(State.RESULT_PUBLISHED)
    page = browser_of(NOBODY).get(reverse("home:file", args=[flow.matter_id])).content.decode()
    for words in (
        "党支部提议（第1稿）",
        "党员大会审议（第1稿）",
        "会议决议（第1稿）",
        "监督委员会审核意见",
        "35,600.50",
    ):
        assert words in page


def test_the_way_is_printed_with_its_index(fourtwo_at, browser_of, zhang_zhuren):
    flow = fourtwo_at(State.DISCUSSED)
    page = browser_of(zhang_zhuren).get(reverse("coordination:print_fourtwo", args=[flow.pk])).content.decode()
    index = [f'<li><a href="#step-{number}">' in page for number in range(1, 7)]
    assert index == [True] * 6
    for words in ("同意15，反对3，弃权0", "党支部提议（办过了）", "党员大会审议（正在这一步）", "结果公开（还没到）"):
        assert words in page


def test_the_supervisors_check_an_account_that_lies_before_them_once(fourtwo_at, browser_of, zhang_zhuren, feng_jiandu):
    flow = fourtwo_at(State.IMPLEMENTING)
    desk = browser_of(feng_jiandu)

    def shown():
        page = desk.get(flow.get_absolute_url()).text
        panel = page[page.find('id="do-check"') :].split("</details>")[0] if 'id="do-check"' in page else ""
        return "还没有填报收支" in page, "35,600.50" in panel

    assert shown() == (True, False)
    fourtwo.enter_account(zhang_zhuren, flow.pk, entries=ACCOUNT)
    assert shown() == (False, True)
    fourtwo.check(feng_jiandu, flow.pk, passed=True, text="相符。", signers="冯监督")
    assert shown() == (False, False)
