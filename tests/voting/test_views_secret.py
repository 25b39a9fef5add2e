"""Pages of a secret vote as people meet them: what each may do, and the sentence where they may not."""

import json

import pytest

from tests.voting.secretly import LEVELS, QUESTION, cast, opened_by, seal
from xieshang.voting import services
from xieshang.voting.models import RightUsed, Vote

pytestmark = pytest.mark.django_db


def words(answer):
    return answer.content.decode()


def paper(places, **given):
    sent = {"question": QUESTION, "sort": "grades", "scope": places.compound.pk, "days": "5"}
    sent |= {"trustee_1": "何永福", "trustee_2": "住户0", "trustee_3": "住户1"}
    return sent | given


def test_the_committee_drafts_and_what_was_typed_is_kept(enter, zhang_zhuren, he_zhuren, neighbours, places):
    browser = enter(zhang_zhuren)
    assert "发起无记名投票" in words(browser.get("/votes/"))
    refused = browser.post("/votes/secret/new/", paper(places, trustee_3="住户0"))
    assert refused.status_code == 409
    assert "三个不同的人" in words(refused)
    assert QUESTION in words(refused)
    made = browser.post("/votes/secret/new/", paper(places))
    vote = Vote.objects.get(kind="secret")
    assert made.url == vote.get_absolute_url()
    page = words(browser.get(made.url))
    assert "还没有做钥匙" in page
    assert "准备中的无记名投票" in words(browser.get("/votes/"))
    assert browser.post(f"/votes/{vote.pk}/begin/").status_code == 409
    address = f"/votes/{vote.pk}/trustee/replace/"
    assert "没有找到" in words(browser.post(address, {"seat": 2, "who": "没有这人"}))
    assert browser.post(address, {"seat": 2, "who": "住户4"}).status_code == 302
    assert [option.text for option in vote.options.all()] == [*LEVELS, "弃权"]


def test_nobody_else_drafts(enter, wang_ayi, zhao_jingli):
    for actor in (wang_ayi, zhao_jingli):
        assert enter(actor).get("/votes/secret/new/").status_code == 403


def test_a_trustee_sees_the_own_page_and_nobody_else_does(enter, appraisal, neighbours):
    vote = appraisal()
    assert enter(neighbours[0]).get(vote.get_absolute_url()).status_code == 404
    assert "在这台设备上做钥匙" in words(enter(neighbours[0]).get(f"/votes/{vote.pk}/trustee/"))
    assert "请您做一把钥匙" in words(enter(neighbours[0]).get("/"))
    refused = enter(neighbours[0]).post(f"/votes/{vote.pk}/trustee/key/", {"x": "a", "y": "b"})
    assert (refused.status_code, "钥匙没有登记上" in words(refused)) == (409, True)
    assert enter(neighbours[5]).get(f"/votes/{vote.pk}/trustee/").status_code == 404


def test_the_paper_carries_no_field_by_which_a_choice_could_be_sent(enter, secret_vote, neighbours):
    vote = secret_vote()
    page = words(enter(neighbours[0]).get(f"/votes/{vote.pk}/choose/"))
    main = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in main
    assert "领一张盖了章的空白票" in main


def test_a_refused_envelope_is_answered_with_a_sentence(enter, secret_vote, neighbours, wairen):
    vote = secret_vote()
    address = f"/votes/{vote.pk}/sealed/"
    envelope = {"envelope": json.dumps(seal(vote, "满意"))}
    assert "没有封好" in enter(neighbours[0]).post(address, {"envelope": "{"}).json()["sentence"]
    assert enter(neighbours[0]).post(address, envelope).json() == {"taken": True}
    again = enter(neighbours[0]).post(address, {"envelope": json.dumps(seal(vote, "满意"))})
    assert (again.status_code, "已经投过" in again.json()["sentence"]) == (409, True)
    assert "认证" in enter(wairen).post(address, envelope).json()["sentence"]
    assert RightUsed.objects.count() == 1
    option = vote.options.first().pk
    assert enter(neighbours[1]).post(f"/votes/{vote.pk}/review/", {"option": option}).status_code == 409


def test_after_closing_it_is_opened_and_the_list_shown_to_everybody(
    enter, client, secret_vote, neighbours, trustee_keys, close, zhang_zhuren
):
    vote = secret_vote()
    trackers = [cast(actor, vote, "满意") for actor in neighbours[:3]]
    assert client.get(f"/votes/{vote.pk}/list/").status_code == 404
    closed = close(vote)
    assert "等两位保管人开封" in words(client.get(vote.get_absolute_url()))
    assert "已截止，等开封" in words(enter(neighbours[0]).get("/votes/"))
    browser = enter(zhang_zhuren)
    assert browser.post(f"/votes/{vote.pk}/unseal/", {"openings": "半截"}).status_code == 409
    assert browser.post(f"/votes/{vote.pk}/unseal/", {"openings": opened_by(closed, trustee_keys)}).status_code == 302
    client.logout()
    page = words(client.get(f"/votes/{vote.pk}/list/"))
    assert all(tracker in page for tracker in trackers)
    assert "无记名投票结果" in words(client.get(vote.get_absolute_url()))
    assert client.get(f"/votes/{vote.pk}/check/?number=ABC").url == f"/votes/{vote.pk}/list/"
    assert client.get(f"/votes/{vote.pk}/envelopes.json").json()["keys"].keys() == set(trackers)


def test_the_desk_hands_out_papers_and_counts_the_box(
    enter, secret_vote, neighbours, trustee_keys, close, zhang_zhuren, sun_weiyuan
):
    vote = secret_vote()
    cast(neighbours[0], vote, "满意")
    address = f"/votes/{vote.pk}/secret-papers/"
    found = enter(zhang_zhuren).post(address, {"who": "住户6"}, follow=True)
    assert "住户6" in words(found)
    (number,) = [right.number for right in vote.rights.filter(person=neighbours[6].person_id)]
    assert enter(zhang_zhuren).post(address, {"right": number}).status_code == 302
    assert enter(zhang_zhuren).post(address, {"right": number}).status_code == 409
    closed = close(vote)
    services.submit_openings(zhang_zhuren, vote.pk, opened_by(closed, trustee_keys))
    figures = {"place_1": 0, "place_2": 1, "place_3": 0, "place_4": 0, "void": 0}
    assert enter(zhang_zhuren).post(address, figures | {"place_1": 1}).status_code == 409
    assert enter(zhang_zhuren).post(address, figures | {"void": "x"}).status_code == 200
    assert enter(zhang_zhuren).post(address, figures).status_code == 302
    assert enter(sun_weiyuan).post(address, figures).status_code == 302
    assert "2 / 7" in words(enter(sun_weiyuan).get(vote.get_absolute_url())).replace("&#x2F;", "/")
    assert enter(neighbours[0]).get(address).status_code == 403
