"""One's own page: name, consent, what is known, leaving."""

import json

import pytest

from xieshang.accounts.models import Person
from xieshang.accounts.queries import has_agreed, known_about
from xieshang.accounts.services import agree, close_account, hand_on, rename, withdraw_consent
from xieshang.audit.models import Entry
from xieshang.community.models import Residence
from xieshang.community.queries import name_for, offices_of
from xieshang.lib.actor import NOBODY
from xieshang.lib.refusals import RuleViolation

OWN_PAGES = ["", "known/", "known/export/", "close/", "welcome/"]


def code_of(refused):
    return refused.value.refusal.code


@pytest.mark.parametrize("path", OWN_PAGES)
def test_visitors_are_sent_to_sign_in(client, db, path):
    assert client.get(f"/account/{path}")["Location"].startswith("/account/login/")


@pytest.mark.parametrize("path", [*OWN_PAGES, "privacy/", "password/set/", "phone/change/"])
def test_own_pages_open(client, wang_ayi, path):
    client.force_login(wang_ayi.person)
    assert client.get(f"/account/{path}").status_code == 200


def test_the_page_shows_homes_offices_and_a_hidden_number(client, zhang_zhuren, places, move_in):
    move_in(zhang_zhuren.person, places.units[0])
    client.force_login(zhang_zhuren.person)
    page = client.get("/account/").content.decode()
    assert ("明湖家园3号楼2单元101室" in page, "和顺社区居委会主任" in page) == (True, True)
    assert (zhang_zhuren.person.phone[3:] in page, zhang_zhuren.person.phone[-4:] in page) == (False, True)


def test_every_line_of_the_page_leads_somewhere(client, zhang_zhuren):
    client.force_login(zhang_zhuren.person)
    page = client.get("/account/").content.decode()
    assert 'href=""' not in page
    for url in ("/mine/", "/account/known/", "/account/privacy/", "/account/phone/change/"):
        assert f'href="{url}"' in page, url


@pytest.mark.parametrize("name", ["", "  ", "居委会小王", "李书记", "张主任", "网格员小吴"])
def test_a_name_says_something_and_claims_no_office(wang_ayi, name):
    with pytest.raises(RuleViolation):
        rename(wang_ayi, nickname=name, own_office=False)
    wang_ayi.person.refresh_from_db()
    assert wang_ayi.person.nickname == "王阿姨"


def test_who_holds_an_office_may_carry_its_word(li_shuji):
    rename(li_shuji, nickname="李书记", own_office=True)


def test_a_new_name_is_kept(client, wang_ayi):
    client.force_login(wang_ayi.person)
    client.post("/account/name/", {"nickname": "桂花"})
    wang_ayi.person.refresh_from_db()
    assert wang_ayi.person.nickname == "桂花"


def test_agreeing_twice_is_agreeing_once(wang_ayi):
    agree(wang_ayi)
    agree(wang_ayi)
    assert wang_ayi.person.consents.count() == 1


def test_withdrawing_ends_the_homes_and_can_be_undone_by_agreeing(wang_ayi):
    agree(wang_ayi)
    withdraw_consent(wang_ayi)
    assert has_agreed(wang_ayi.person_id) is False
    assert [home.state for home in Residence.objects.filter(person=wang_ayi.person)] == ["ended"]
    agree(wang_ayi)
    assert has_agreed(wang_ayi.person_id) is True


def test_what_is_known_can_be_taken_along(client, wang_ayi):
    client.force_login(wang_ayi.person)
    answer = client.get("/account/known/export/")
    known = json.loads(answer.content)
    assert known["称呼"]["真实姓名"] == "王桂芳"
    assert known["住房"] == [{"住房": "明湖家园3号楼2单元501室", "身份": "家人", "状态": "已认证", "说明": ""}]
    assert answer["Content-Disposition"].startswith("attachment")


def test_what_is_known_says_nothing_of_anybody_else(wang_ayi, zhou_dashu):
    assert "周" not in json.dumps(known_about(wang_ayi.person), ensure_ascii=False)


def test_closing_takes_the_name_and_the_number_and_ends_the_homes(wang_ayi):
    agree(wang_ayi)
    close_account(wang_ayi)
    person = Person.objects.get(pk=wang_ayi.person_id)
    assert (person.phone, person.nickname, person.real_name, person.is_active) == (None, "", "", False)
    assert str(name_for(person.pk, NOBODY)) == "已注销的邻居"
    assert [home.state for home in Residence.objects.filter(person=person)] == ["ended"]
    assert Entry.objects.filter(verb="accounts.close", person_id=person.pk).count() == 1


def test_nobody_closes_while_in_office(zhang_zhuren):
    with pytest.raises(RuleViolation) as refused:
        close_account(zhang_zhuren)
    assert code_of(refused) == "holds_office"
    assert len(offices_of(zhang_zhuren.person_id)) == 1


def test_the_page_says_first_why_somebody_in_office_cannot_close(client, zhang_zhuren, wang_ayi):
    client.force_login(zhang_zhuren.person)
    page = client.get("/account/close/").content.decode()
    assert ("您还担任着职务" in page, "注销我的账号" in page) == (True, False)
    client.force_login(wang_ayi.person)
    assert "注销我的账号" in client.get("/account/close/").content.decode()


def test_the_other_on_a_number_keeps_it(make_person):
    first = make_person("刘奶奶", phone="+8613900000003")
    second = make_person("刘爷爷", phone="+8613900000003", shares_phone=True)
    first.phone = None
    first.save()
    hand_on("+8613900000003")
    second.refresh_from_db()
    assert second.shares_phone is False
