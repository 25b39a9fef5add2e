"""The pages of an owners' decision: begin it, work on it, read how far it is."""

import pytest
from django.urls import reverse

from xieshang.community.models import Place
from xieshang.lib.days import day_of, deadline
from xieshang.voting.models import Decision
from xieshang.voting.rules.deciding import State

pytestmark = pytest.mark.django_db


FORM = {
    "entries": ["renew_company"],
    "question": "同意续聘安居物业三年",
    "text": "续聘安居物业服务有限公司三年，收费标准不变。",
    "paper_place": "物业楼一层",
}


def test_where_no_estate_is_known_the_page_says_who_decides_there(enter, zhang_zhuren, wang_ayi, bodies):
    answer = enter(zhang_zhuren).get(reverse("voting:begin"))
    assert answer.status_code == 200
    assert "这里没有登记小区" in answer.content.decode()
    assert enter(wang_ayi).get(reverse("voting:begin")).status_code == 403


def test_the_convener_drafts_and_the_committee_confirms(enter, estate, homeowners_committee, zhang_zhuren):
    area_id = estate().area_id
    client = enter(homeowners_committee.chair)
    address = reverse("voting:draft_decision", args=[area_id])
    assert "动用维修资金修屋面" in client.get(address).content.decode()
    mixed = client.post(address, FORM | {"entries": ["fund_roof", "raise_fund"]})
    assert mixed.status_code == 409
    assert "请分成两次表决" in mixed.content.decode()
    assert "续聘安居物业服务有限公司三年" in mixed.content.decode()
    assert client.post(address, FORM).status_code == 302
    decision = Decision.objects.get()
    work = reverse("voting:work", args=[decision.vote_id])
    assert "还没有由居委会的另一位复核" in client.get(work).content.decode()
    client = enter(zhang_zhuren)
    page = client.get(work).content.decode()
    assert "复核事项类别" in page
    assert "公布名册" not in page.split("</aside>")[0].split("<aside")[0]
    assert client.post(reverse("voting:do", args=[decision.vote_id, "confirm_class"])).status_code == 302
    decision.refresh_from_db()
    assert decision.class_confirmed_at is not None


def test_a_committee_that_stands_in_is_asked_by_which_right_and_the_owners_own_body_is_not(
    enter, estate, homeowners_committee, zhang_zhuren
):
    address = reverse("voting:draft_decision", args=[estate().area_id])
    asked = 'name="convener_source"'
    assert asked not in enter(homeowners_committee.chair).get(address).content.decode()
    client = enter(zhang_zhuren)
    outside = client.get(address).content.decode().split("<details")
    assert any(asked in part.rpartition("</details>")[2] for part in outside)
    refused = client.post(address, FORM)
    assert (refused.status_code, "请填写“由您单位召集的依据”" in refused.content.decode()) == (422, True)
    assert client.post(address, FORM | {"convener_source": "业委会任满没有换届"}).status_code == 302
    assert (
        "业委会任满没有换届"
        in client.get(reverse("voting:redraft", args=[Decision.objects.get().vote_id])).content.decode()
    )


def test_who_has_no_step_of_it_is_told_so(enter, owners_vote, wang_ayi):
    made = owners_vote(state=State.NOTICE)
    assert enter(wang_ayi).get(reverse("voting:work", args=[made.vote.pk])).status_code == 403


def test_everybody_reads_who_decides_how_far_it_is_and_by_what_rule(client, owners_vote):
    made = owners_vote(state=State.VOTING)
    page = client.get(made.vote.get_absolute_url()).content.decode()
    for words in ("明湖家园的业主共同决定", "正在投票", "投票截止", "过半数", "会议公告"):
        assert words in page
    assert "办这次表决" not in page


def test_an_open_vote_says_until_what_hour_and_how_long_still(client, owners_vote):
    made = owners_vote(state=State.VOTING)
    Decision.objects.update(due_on=day_of(made.vote.closes_at))
    page = client.get(made.vote.get_absolute_url()).content.decode()
    limit = page.partition("<dt>期限</dt>")[2].partition("</dd>")[0]
    assert (deadline(made.vote.closes_at) in limit, "还剩" in limit) == (True, True), limit


def test_an_abort_begun_by_one_waits_for_the_other_on_the_page(enter, owners_vote, homeowners_committee):
    made = owners_vote(state=State.VOTING)
    vote_id = made.vote.pk
    client = enter(homeowners_committee.chair)
    client.post(reverse("voting:do", args=[vote_id, "abort"]), {"abort-reason": "票印错了"})
    mine = client.get(reverse("voting:work", args=[vote_id])).content.decode()
    assert "要由召集单位或居委会的另一位来确认" in mine
    assert reverse("voting:papers", args=[vote_id]) in mine
    client = enter(homeowners_committee.member)
    theirs = client.get(reverse("voting:work", args=[vote_id])).content.decode()
    assert "确认中止" in theirs
    asked = made.decision.asked.get()
    client.post(reverse("voting:answer_signature", args=[vote_id, asked.pk]), {"agreed": "yes"})
    made.decision.refresh_from_db()
    assert made.decision.state == State.ABORTED


def test_a_scope_outside_the_estate_is_not_offered(enter, estate, homeowners_committee, places):
    area_id = estate().area_id
    page = enter(homeowners_committee.chair).get(reverse("voting:draft_decision", args=[area_id])).content.decode()
    assert places.building.label in page
    assert Place.objects.get(pk=places.other_community.pk).name not in page
