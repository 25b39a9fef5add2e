"""The page of motions and the page of minutes: what each sees, what is refused with a sentence, how many questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.meetings.conftest import fresh
from tests.meetings.sitting import say, sign
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Motion
from xieshang.meetings.rules import MotionWay, Scope
from xieshang.voting.models import Vote

MOST = 20


@pytest.fixture
def at(client):
    """Sign in as somebody, in their office."""

    def enter(actor):
        client.force_login(actor.person)
        session = client.session
        session["office"] = actor.office.id if actor.office else None
        session.save()
        return client

    return enter


def queries_of(client, url):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(seen), answer.content.decode()


def test_from_bringing_to_the_result_over_http(sitting, neighbours, at, zhang_zhuren):
    room = f"/meetings/{sitting.pk}/motions/"
    item = sitting.agenda.get(position=1)
    clerk = at(zhang_zhuren)
    assert clerk.post(f"{room}bring/", {"words": "", "item_id": item.pk, "way": "phones"}).status_code == 422
    given = {"words": "同意三天内清完楼道", "item_id": item.pk, "way": "phones"}
    assert clerk.post(f"{room}bring/", given).url == room
    motion = Motion.objects.get()
    clerk.post(f"{room}{motion.pk}/put/")
    phone = at(neighbours[0])
    assert "超过到会8人的一半同意，才算通过" in phone.get(room).content.decode()
    yes = Vote.objects.get(motion=motion).options.get(text="同意").pk
    answer = phone.post(f"{room}{motion.pk}/vote/", {"option": yes}, headers={"HX-Request": "true"})
    assert "已经投好了" in answer.content.decode()
    again = phone.post(f"{room}{motion.pk}/vote/", {"option": yes}, headers={"HX-Request": "true"})
    assert (again.status_code, "已经投好了" in again.content.decode()) == (200, True)
    nothing = phone.post(f"{room}{motion.pk}/vote/", {}, headers={"HX-Request": "true"})
    assert nothing.status_code == 422
    clerk = at(zhang_zhuren)
    assert "已投 1 / 8人" in clerk.get(f"{room}taken/").content.decode()
    too_many = clerk.post(f"{room}{motion.pk}/count/", {"agree": 8})
    assert (too_many.status_code, "请再点一遍" in too_many.content.decode()) == (409, True)
    clerk.post(f"{room}{motion.pk}/count/", {"agree": 4, "against": 1, "abstain": 0})
    assert "通过：5人同意，超过到会8人的一半" in at(neighbours[1]).get(room).content.decode()


def test_nobody_sees_a_figure_before_it_is_counted(sitting, bring, neighbours, at, zhang_zhuren):
    motion = meetings.put_motion(zhang_zhuren, bring(sitting, MotionWay.SECRET).pk)
    for one in neighbours[:5]:
        say(one, motion)
    for actor in (neighbours[6], zhang_zhuren):
        page = at(actor).get(f"/meetings/{sitting.pk}/motions/").content.decode()
        assert "5 / 8人 · " not in page
        assert "通过：" not in page
    assert "没有三位保管人" in at(neighbours[6]).get(f"/meetings/{sitting.pk}/motions/").content.decode()


def test_a_motion_off_the_agenda_is_refused_with_a_sentence_and_the_words_are_kept(sitting, at, zhang_zhuren):
    clerk, room = at(zhang_zhuren), f"/meetings/{sitting.pk}/motions/"
    other = sitting.agenda.get(position=2)
    answer = clerk.post(f"{room}bring/", {"words": "同意换物业", "item_id": other.pk, "way": "hands"})
    assert (answer.status_code, "同意换物业" in answer.content.decode()) == (422, True)
    assert not Motion.objects.exists()


def test_the_room_costs_the_same_with_many_motions_and_many_people(
    sitting,
    bring,
    neighbours,
    at,
    zhang_zhuren,
):
    room = f"/meetings/{sitting.pk}/motions/"
    first = meetings.put_motion(zhang_zhuren, bring(sitting).pk)
    meetings.count_motion(zhang_zhuren, first.pk)
    one, _page = queries_of(at(neighbours[0]), room)
    desk, _page = queries_of(at(zhang_zhuren), room)
    for _n in range(4):
        motion = meetings.put_motion(zhang_zhuren, bring(sitting).pk)
        say(neighbours[0], motion)
        meetings.count_motion(zhang_zhuren, motion.pk)
    assert queries_of(at(neighbours[0]), room)[0] == one <= MOST
    assert queries_of(at(zhang_zhuren), room)[0] == desk <= MOST + 4


def typed(minutes):
    """A draft as its form sends it, with one action that nobody answers for."""
    return {
        "edition": minutes.edition,
        "agreed": "本周换好阀门",
        "not_agreed": "",
        "position_0": "",
        "position_1": "",
        "position_2": "我司负责",
        "what_0": "换阀门",
        "who_0": "",
        "due_0": "",
    }


WHOLE = {"who_0": "安居物业", "due_0": "2026-03-20"}


def refused(answer, status, words):
    assert (answer.status_code, words in answer.content.decode()) == (status, True)


def test_minutes_are_written_and_laid_out_over_http(held, at, zhang_zhuren):
    page, desk = f"/meetings/{held.pk}/minutes/", at(zhang_zhuren)
    answer = desk.post(f"{page}edit/", typed(held.minutes))
    refused(answer, 409, "要写明由谁负责")
    assert "本周换好阀门" in answer.content.decode()
    assert desk.post(f"{page}edit/", typed(held.minutes) | WHOLE).url == page
    assert desk.post(f"{page}do/send/").url == page
    assert desk.post(f"{page}do/burn/").status_code == 404


def test_minutes_are_signed_refused_and_published(laid_out, at, zhang_zhuren, zhao_jingli, he_zhuren, wang_ayi):
    page, code = f"/meetings/{laid_out.meeting_id}/minutes/", {"code": laid_out.code}
    lines = {one.name: f"{page}{one.pk}/" for one in laid_out.signatures.all()}
    at(he_zhuren).post(f"{lines['明湖家园业委会']}sign/", code)
    company = at(zhao_jingli)
    assert "请您替安居物业签字" in company.get(page).content.decode()
    refused(company.post(f"{lines['和顺社区居委会']}sign/", code), 403, "只有这一方现任的负责人")
    refused(company.post(f"{lines['安居物业']}refuse/", {"reason": ""}), 409, "不签请写明理由")
    company.post(f"{lines['安居物业']}refuse/", {"reason": "退费不该由我司代交"})
    desk = at(zhang_zhuren)
    refused(desk.post(f"{page}edit/", typed(laid_out) | WHOLE), 409, "正文不能再改")
    desk.post(f"{lines['和顺社区居委会']}sign/", code)
    refused(desk.post(f"{lines['和顺社区居委会']}sign/", code, follow=True), 200, "已经签过了")
    assert at(wang_ayi).get(page).status_code == 404
    at(zhang_zhuren).post(f"{page}publish/", {"scope": "place"})
    assert "退费不该由我司代交" in at(wang_ayi).get(page).content.decode()
    assert "本周换好3号楼阀门" in at(wang_ayi).get(f"{page}print/").content.decode()


def test_who_does_not_keep_the_meeting_writes_no_minutes(laid_out, at, zhao_jingli, wang_ayi):
    page = f"/meetings/{laid_out.meeting_id}/minutes/"
    assert at(zhao_jingli).get(f"{page}edit/").status_code == 403
    assert at(zhao_jingli).post(f"{page}do/take-back/").status_code == 403
    assert at(wang_ayi).get(f"{page}edit/").status_code == 404


def test_minutes_cost_a_fixed_number_of_questions(laid_out, at, zhang_zhuren, wang_ayi, he_zhuren, zhao_jingli):
    page = f"/meetings/{laid_out.meeting_id}/minutes/"
    assert queries_of(at(zhang_zhuren), page)[0] <= MOST
    for actor, name in ((zhang_zhuren, "和顺社区居委会"), (he_zhuren, "明湖家园业委会"), (zhao_jingli, "安居物业")):
        sign(actor, laid_out, name)
    meetings.publish_minutes(zhang_zhuren, laid_out.meeting_id, scope=Scope.PUBLIC)
    at(zhang_zhuren).logout()
    from django.test import Client

    assert queries_of(Client(), page)[0] <= 12
    assert fresh(laid_out.meeting).state == "closed"


def test_the_minutes_come_as_a_pdf(laid_out, at, zhang_zhuren):
    answer = at(zhang_zhuren).get(f"/meetings/{laid_out.meeting_id}/minutes/pdf/")
    assert answer.content[:5] == b"%PDF-"
