"""Signing in by phone and one-time code: one way for every number."""

import datetime
import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import NoReverseMatch, reverse

from xieshang.accounts import services
from xieshang.accounts.models import Consent, Person
from xieshang.accounts.queries import has_agreed, phone_is_shared
from xieshang.accounts.rules import NOTICE_VERSION
from xieshang.accounts.services import agree, forget_sign_ins, forget_unproved
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now

LOGIN, CONFIRM = "/account/login/", "/account/login/code/confirm/"


def shape(page):
    """A page without its tokens and its number."""
    return re.sub(r'value="\w{64}"|X-CSRFToken": "\w+|nonce="[^"]+"|1390000000\d', "", page)


def who_is_in(client):
    return client.session.get("_auth_user_id")


@pytest.fixture
def enter(client, code):
    """Go the whole way from the number to the session."""

    def go(phone):
        client.post(LOGIN, {"login": phone})
        return client.post(CONFIRM, {"code": code()})

    return go


@pytest.mark.parametrize(
    "typed",
    [
        "13911112222",
        " 139 1111 2222 ",
        "+86 13911112222",
        "0086-139-1111-2222",
        "１３９１１１１２２２２",
        "139-1111-2222",
    ],
)
def test_a_number_is_taken_as_people_type_it(client, db, texts, typed):
    client.post(LOGIN, {"login": typed})
    assert [phone for phone, _ in texts] == ["+8613911112222"]


@pytest.mark.parametrize("typed", ["1391111222", "12345678901", "+1 415 555 0100", "abc", ""])
def test_what_is_no_mobile_number_is_said_in_words(client, db, texts, typed):
    answer = client.post(LOGIN, {"login": typed})
    assert (answer.status_code, texts, Person.objects.count()) == (200, [], 0)
    assert "手机号码" in answer.content.decode()


def test_known_and_unknown_numbers_get_the_same_answer(client, make_person, texts):
    make_person("王阿姨", phone="+8613900000001")
    known = client.post(LOGIN, {"login": "13900000001"})
    known_page = client.get(CONFIRM).content.decode()
    client.cookies.clear()
    unknown = client.post(LOGIN, {"login": "13900000002"})
    unknown_page = client.get(CONFIRM).content.decode()
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(texts) == 2
    assert texts[0][1].split("是")[0] == texts[1][1].split("是")[0]
    assert shape(known_page) == shape(unknown_page)


def test_a_stranger_signs_up_names_themselves_and_agrees(client, db, enter):
    answer = enter("13911112222")
    assert answer["Location"].startswith("/account/welcome/")
    person = Person.objects.get(phone="+8613911112222")
    assert (person.phone_verified, who_is_in(client)) == (True, str(person.pk))
    answer = client.post("/account/welcome/", {"nickname": "小马", "agree": "on", "next": "/homes/join/"})
    assert answer["Location"] == "/homes/join/"
    person.refresh_from_db()
    assert (person.nickname, has_agreed(person.pk)) == ("小马", True)


def test_the_large_version_chosen_as_a_visitor_stays_after_signing_up(client, db, enter):
    client.cookies["elder"] = "1"
    enter("13911112222")
    assert Person.objects.get(phone="+8613911112222").elder is True


def test_who_only_came_to_see_is_led_on_to_a_home_once(client, db, enter, places):
    enter("13911112222")
    answer = client.post("/account/welcome/", {"nickname": "小马", "agree": "on", "next": "/"})
    page = client.get(answer["Location"]).content.decode()
    assert (answer["Location"], "共3步，现在第3步" in page, "以后再认证" in page) == (
        "/homes/join/?first=1",
        True,
        True,
    )


def test_who_lives_here_or_holds_office_goes_where_they_wanted(client, wang_ayi, zhang_zhuren):
    for actor in (wang_ayi, zhang_zhuren):
        client.force_login(actor.person)
        answer = client.post("/account/welcome/", {"nickname": actor.person.nickname, "agree": "on", "next": "/"})
        assert answer["Location"] == "/"


def test_a_wrong_code_lets_nobody_in_and_five_end_it(client, make_person, texts):
    make_person("王阿姨", phone="+8613900000001")
    client.post(LOGIN, {"login": "13900000001"})
    for _try in range(4):
        assert client.post(CONFIRM, {"code": "000000x"}).status_code == 200
    last = client.post(CONFIRM, {"code": "000000x"}, follow=True)
    assert last.redirect_chain[-1][0].startswith(LOGIN)
    assert "试的次数太多了，请过几分钟再来。" in last.content.decode()
    assert who_is_in(client) is None


def test_a_code_that_came_too_late_is_said_to_be_and_the_way_goes_on(client, make_person, code, settings):
    make_person("王阿姨", phone="+8613900000001")
    client.post(LOGIN, {"login": "13900000001", "next": "/topics/"})
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    answer = client.post(CONFIRM, {"code": code(), "next": "/topics/"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{LOGIN}?next=%2Ftopics%2F"
    assert "这个验证码不能用了（超过5分钟" in answer.content.decode()
    assert who_is_in(client) is None


def test_a_late_code_for_a_new_number_is_said_to_be(client, make_person, code, settings):
    client.force_login(make_person("王阿姨", phone="+8613900000001"))
    client.post("/account/phone/change/", {"phone": "13900000002"})
    settings.ACCOUNT_PHONE_VERIFICATION_TIMEOUT = -1
    answer = client.post("/account/phone/verify/", {"code": code()}, follow=True)
    assert "这个验证码不能用了" in answer.content.decode()
    assert not Person.objects.filter(phone="+8613900000002").exists()


def test_a_code_may_be_typed_in_full_width(client, make_person, code):
    make_person("王阿姨", phone="+8613900000001")
    client.post(LOGIN, {"login": "13900000001"})
    wide = code().translate({ord("0") + n: ord("０") + n for n in range(10)})
    client.post(CONFIRM, {"code": f" {wide} "})
    assert who_is_in(client) is not None


def test_texts_to_one_number_are_capped(client, db, texts):
    for _time in range(8):
        client.cookies.clear()
        client.post(LOGIN, {"login": "13900000001"})
    assert len(texts) <= 5


def test_texts_from_one_address_are_capped_and_a_neighbouring_address_is_not(client, db, texts, settings, monkeypatch):
    settings.ACCOUNT_RATE_LIMITS = False
    monkeypatch.setattr(services, "ADDRESS_HOUR", 3)
    for number in range(6):
        client.cookies.clear()
        answer = client.post(LOGIN, {"login": f"139000010{number:02}"}, follow=True)
    assert (len(texts), "验证码发得太多了" in answer.content.decode()) == (3, True)
    client.cookies.clear()
    client.post(LOGIN, {"login": "13900001099"}, REMOTE_ADDR="10.9.8.7")
    assert len(texts) == 4


def test_hammering_one_number_leaves_the_building_its_texts(client, db, texts, settings, monkeypatch):
    settings.ACCOUNT_RATE_LIMITS = False
    monkeypatch.setattr(services, "ADDRESS_HOUR", services.NUMBER_HOUR + 1)
    for _time in range(20):
        client.cookies.clear()
        client.post(LOGIN, {"login": "13900000001"})
    client.cookies.clear()
    client.post(LOGIN, {"login": "13900000002"})
    assert [phone[-4:] for phone, _ in texts] == ["0001"] * services.NUMBER_HOUR + ["0002"]


def test_refusing_consent_does_not_block_reading_but_asks_again(client, enter, db):
    enter("13911112222")
    assert client.get("/account/").status_code == 200
    assert client.get("/account/privacy/").status_code == 200
    client.post("/account/logout/")
    assert enter("13911112222")["Location"].startswith("/account/welcome/")


def test_after_a_new_version_the_notice_is_asked_again(client, enter, make_person):
    person = make_person("王阿姨", phone="+8613900000001")
    Consent.objects.create(person=person, version="2020-01", given_at=now())
    assert enter("13900000001")["Location"].startswith("/account/welcome/")
    assert "有了新的版本" in client.get("/account/welcome/").content.decode()
    client.post("/account/welcome/", {"nickname": "王阿姨", "agree": "on"})
    assert person.consents.filter(version=NOTICE_VERSION).count() == 1


def test_an_elsewhere_next_is_not_followed(client, enter, make_person):
    person = make_person("王阿姨", phone="+8613900000001")
    agree(Actor(person))
    client.post(f"{LOGIN}?next=https://evil.example/", {"login": "13900000001", "next": "https://evil.example/"})
    assert enter("13900000001")["Location"] == "/"


@pytest.fixture
def sharers(make_person):
    """刘奶奶 and 刘爷爷 sign in by one number."""
    first = make_person("刘奶奶", phone="+8613900000003")
    second = make_person("刘爷爷", phone="+8613900000003", shares_phone=True)
    for person in (first, second):
        agree(Actor(person))
    return first, second


def test_on_a_shared_number_one_says_who_one_is(client, enter, sharers):
    answer = enter("13900000003")
    assert (answer["Location"], who_is_in(client)) == ("/account/login/which/", None)
    page = client.get("/account/login/which/").content.decode()
    assert ("刘奶奶" in page, "刘爷爷" in page) == (True, True)
    client.post("/account/login/which/", {"person": sharers[1].pk})
    assert who_is_in(client) == str(sharers[1].pk)


def test_nobody_off_the_number_can_be_chosen(client, enter, sharers, make_person):
    other = make_person("陈业主")
    enter("13900000003")
    assert client.post("/account/login/which/", {"person": other.pk}).status_code == 404
    assert client.post("/account/login/which/", {"person": "²"}).status_code == 200
    assert who_is_in(client) is None


def test_the_page_asks_only_after_a_code(client, sharers):
    assert client.get("/account/login/which/")["Location"] == LOGIN


def test_sharing_is_known_to_votes(sharers, make_person):
    assert [phone_is_shared(person) for person in (*sharers, make_person("王阿姨"))] == [True, True, False]


def test_people_without_a_phone_share_nothing(make_person):
    assert [phone_is_shared(make_person(name, phone=None)) for name in ("甲", "乙")] == [False, False]


def test_a_password_is_another_way_in(client, make_person, texts):
    person = make_person("王阿姨", phone="+8613900000001", password="long-and-own-words")
    agree(Actor(person))
    wrong = client.post("/account/login/password/", {"login": "139 0000 0001", "password": "guess"})
    assert (wrong.status_code, who_is_in(client)) == (200, None)
    client.post("/account/login/password/", {"login": "139 0000 0001", "password": "long-and-own-words"})
    assert (who_is_in(client), texts) == (str(person.pk), [])


def test_guessing_passwords_is_slowed_down(client, make_person):
    make_person("王阿姨", phone="+8613900000001", password="long-and-own-words")
    for _time in range(6):
        client.post("/account/login/password/", {"login": "13900000001", "password": "guess"})
    client.post("/account/login/password/", {"login": "13900000001", "password": "long-and-own-words"})
    assert who_is_in(client) is None


def test_a_password_is_set_and_changed(client, make_person):
    person = make_person("王阿姨")
    client.force_login(person)
    words = {"password1": "long-and-own-words", "password2": "long-and-own-words"}
    assert client.post("/account/password/set/", words).status_code == 302
    person.refresh_from_db()
    assert person.check_password("long-and-own-words")
    new = {"oldpassword": "long-and-own-words", "password1": "other-own-words", "password2": "other-own-words"}
    assert client.post("/account/password/change/", new).status_code == 302
    person.refresh_from_db()
    assert person.check_password("other-own-words")


def test_a_number_is_changed_after_its_code(client, make_person, code, texts):
    person = make_person("王阿姨", phone="+8613900000001")
    client.force_login(person)
    client.post("/account/phone/change/", {"phone": "139 0000 0009"})
    person.refresh_from_db()
    assert (person.phone, texts[-1][0]) == ("+8613900000001", "+8613900000009")
    client.post("/account/phone/verify/", {"code": code()})
    person.refresh_from_db()
    assert (person.phone, person.phone_verified) == ("+8613900000009", True)


def test_who_leaves_a_shared_number_leaves_it_to_the_other(client, sharers, code, texts):
    client.force_login(sharers[0])
    client.post("/account/phone/change/", {"phone": "13900000009"})
    client.post("/account/phone/verify/", {"code": code()})
    sharers[1].refresh_from_db()
    assert (sharers[1].phone, sharers[1].shares_phone) == ("+8613900000003", False)


def test_a_number_in_use_is_not_taken_over(client, make_person, code):
    make_person("王阿姨", phone="+8613900000001")
    other = make_person("周大叔", phone="+8613900000002")
    client.force_login(other)
    client.post("/account/phone/change/", {"phone": "13900000001"})
    answer = client.post("/account/phone/verify/", {"code": code()})
    other.refresh_from_db()
    assert (other.phone, "已经有人在用" in answer.content.decode()) == ("+8613900000002", True)


def test_numbers_never_proved_are_forgotten(client, make_person, texts):
    kept = make_person("王阿姨")
    client.post(LOGIN, {"login": "13900000001"})
    assert Person.objects.count() == 2
    assert forget_unproved(now()) == 0
    assert forget_unproved(now() + datetime.timedelta(hours=25)) == 1
    assert list(Person.objects.all()) == [kept]


def test_sign_ins_that_ran_out_are_forgotten(client, make_person):
    for _twice in range(2):
        client.force_login(make_person("王阿姨"))
        client.cookies.clear()
    Session.objects.filter(pk=Session.objects.first().pk).update(expire_date=now() - datetime.timedelta(days=1))
    assert (forget_sign_ins(now()), Session.objects.count()) == (1, 1)


@pytest.mark.parametrize("name", ["account_email", "account_reset_password", "account_email_verification_sent"])
def test_there_are_no_email_pages(client, db, name):
    with pytest.raises(NoReverseMatch):
        reverse(name)
    for path in ("email/", "confirm-email/", "password/reset/"):
        assert client.get(f"/account/{path}").status_code == 404


def test_closed_accounts_cannot_come_back_by_the_session(client, make_person):
    person = make_person("王阿姨")
    client.force_login(person)
    assert client.get("/account/").status_code == 200
    client.post("/account/close/")
    assert client.get("/account/").status_code == 302
