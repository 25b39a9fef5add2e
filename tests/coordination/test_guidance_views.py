"""The pages of guidance: who finds what, what is kept when it cannot be, where a vote is begun from it."""

import datetime

import pytest
from django.urls import reverse

from tests.voting.test_deciding import a_draft
from xieshang.community.models import PropertyArea
from xieshang.coordination.models import Guidance
from xieshang.coordination.queries.guidance import guidance_queues, guidance_waiting
from xieshang.coordination.services import guidance as services
from xieshang.lib import clock
from xieshang.voting.models import Vote
from xieshang.voting.rules.deciding import State as Decided
from xieshang.voting.services import deciding

pytestmark = pytest.mark.django_db


def test_an_opinion_is_asked_for_given_and_answered_on_its_pages(browser_of, he_zhuren, li_shuji, bodies):
    chair, secretary = browser_of(he_zhuren), browser_of(li_shuji)
    form = {"title": "物业合同到期", "occasion": "contract", "body_id": bodies.owners.pk}
    kept = chair.post(reverse("coordination:ask_guidance"), form)
    assert (kept.status_code, "请写清楚想请党组织指导什么" in kept.content.decode()) == (422, True)
    sent = chair.post(reverse("coordination:ask_guidance"), form | {"request": "要注意什么？"}, follow=True)
    assert "等党组织提意见" in sent.content.decode()
    one = Guidance.objects.get()
    page = secretary.get(one.get_absolute_url()).content.decode()
    assert ("送出意见" in page, "送出答复" in page) == (True, False)
    act = reverse("coordination:act_on_guidance", args=[one.pk, "give"])
    day = clock.today().isoformat()
    late = secretary.post(act, {"text": "先公布收支。", "basis": "条例第二十条", "answer_due": day})
    assert (late.status_code, "先公布收支。" in late.content.decode()) == (409, True)
    due = (clock.today() + datetime.timedelta(days=9)).isoformat()
    assert secretary.post(act, {"text": "先公布收支。", "basis": "条例第二十条", "answer_due": due}).status_code == 302
    page = chair.get(one.get_absolute_url()).content.decode()
    assert "不改变任何表决、计票和名册" in page
    answer = reverse("coordination:act_on_guidance", args=[one.pk, "answer"])
    assert "已答复" in chair.post(answer, {"text": "12月公布。"}, follow=True).content.decode()


def test_the_list_holds_what_the_office_gives_gets_or_watches(browser_of, given, he_zhuren, zhao_jingli, liu_street):
    url = reverse("coordination:guidance")
    assert given.matter.title in browser_of(he_zhuren).get(url).content.decode()
    assert given.matter.title in browser_of(liu_street).get(f"{url}?show=given").content.decode()
    assert given.matter.title not in browser_of(liu_street).get(f"{url}?show=done").content.decode()
    assert given.matter.title not in browser_of(zhao_jingli).get(url).content.decode()


def test_whoever_holds_no_office_is_told_for_whom_the_list_is(browser_of, wang_ayi):
    answer = browser_of(wang_ayi).get(reverse("coordination:guidance"))
    assert (answer.status_code, "换成您任职的身份" in answer.content.decode()) == (403, True)


def test_an_opinion_on_a_draft_is_listed_and_kept_with_the_vote(browser_of, owners_vote, li_shuji):
    decision = owners_vote(state=Decided.PARTY_CONSULTED).decision
    decision.consulted_on = clock.today()
    decision.opinion_due = clock.today() + datetime.timedelta(days=5)
    decision.save()
    page = browser_of(li_shuji).get(f"{reverse('coordination:guidance')}?show=votes").content.decode()
    assert (decision.vote.question in page, decision.get_absolute_url() in page) == (True, True)
    assert Guidance.objects.count() == 0


def test_whoever_convenes_starts_the_vote_from_the_opinion(browser_of, estate, homeowners_committee, subject, li_shuji):
    estate(3)
    chair = homeowners_committee.chair
    one = services.ask_guidance(chair, subject(body_id=chair.office.body_id), request="续聘还是另选？")
    page = browser_of(chair).get(one.get_absolute_url()).content.decode()
    area = PropertyArea.objects.get()
    url = f"{reverse('voting:draft_decision', args=[area.pk])}?about={one.matter_id}"
    assert url in page
    assert url not in browser_of(li_shuji).get(one.get_absolute_url()).content.decode()
    assert f'<option value="{one.matter_id}" selected' in browser_of(chair).get(url).content.decode()
    deciding.draft_decision(chair, area.pk, a_draft(about=one.matter))
    vote = Vote.objects.get()
    page = browser_of(chair).get(one.get_absolute_url()).content.decode()
    assert (vote.get_absolute_url() in page, url in page) == (True, False)


def test_what_waits_is_the_secretarys_to_give_and_the_bodys_to_answer(asked, li_shuji, he_zhuren, zhang_zhuren):
    def waiting(actor):
        return [(one.title, one.action) for one in guidance_waiting(actor, 4)]

    assert waiting(li_shuji) == [(asked.matter.title, "去提意见")]
    assert (waiting(he_zhuren), waiting(zhang_zhuren)) == ([], [])
    due = clock.today() + datetime.timedelta(days=9)
    services.give_guidance(li_shuji, asked.pk, text="意见", basis="依据", answer_due=due)
    assert (waiting(li_shuji), waiting(he_zhuren)) == ([], [(asked.matter.title, "去答复")])
    [queue] = guidance_queues(he_zhuren)
    assert (queue.count, [row.title for row in queue.rows("").rows]) == (1, [asked.matter.title])


@pytest.mark.parametrize("number", [1, 25])
def test_the_list_asks_the_same_of_the_database_however_long_it_is(
    browser_of, li_shuji, he_zhuren, subject, number, django_assert_max_num_queries
):
    for _each in range(number):
        services.ask_guidance(he_zhuren, subject(), request="请指导")
    client = browser_of(li_shuji)
    client.get("/")
    with django_assert_max_num_queries(14):
        client.get(reverse("coordination:guidance"))
