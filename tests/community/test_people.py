"""The committee's desk for people, and acting for a neighbour."""

import datetime

import pytest
from django.http import Http404

from tests.people import enter_as
from xieshang.accounts.models import Person
from xieshang.accounts.queries import phone_is_shared
from xieshang.audit.models import Entry
from xieshang.community.models import RegisteredResident, Residence
from xieshang.community.queries import find_people, found_person, homes_of, still_helping
from xieshang.community.rules import ConsentKind
from xieshang.community.services import (
    help_neighbour,
    let_in,
    let_share,
    mark_minor,
    register_resident,
    strike_resident,
)
from xieshang.lib.actor import Actor
from xieshang.lib.refusals import RuleViolation


def refusal_of(call, *args, **kwargs):
    with pytest.raises(RuleViolation) as refused:
        call(*args, **kwargs)
    return refused.value.refusal.code


@pytest.fixture
def nainai(zhang_zhuren, places):
    """刘奶奶 in the register of 102室, without a phone."""
    return register_resident(zhang_zhuren, places.units[1].pk, name=" 刘秀英 ")


def test_writing_down_twice_updates(nainai, zhang_zhuren, places):
    register_resident(zhang_zhuren, places.units[1].pk, name="刘秀英", phone="+8613900000003")
    assert [row.phone for row in RegisteredResident.objects.all()] == ["+8613900000003"]


def test_a_name_is_needed(zhang_zhuren, places):
    assert refusal_of(register_resident, zhang_zhuren, places.units[1].pk, name=" ") == "name_missing"


def test_who_moved_away_is_struck_off(nainai, zhang_zhuren):
    strike_resident(zhang_zhuren, nainai.pk)
    assert (RegisteredResident.objects.count(), Entry.objects.filter(verb="community.strike_resident").count()) == (
        0,
        1,
    )


def test_somebody_without_a_phone_gets_an_account_with_a_confirmed_home(nainai, zhang_zhuren, places):
    person = let_in(zhang_zhuren, nainai.pk)
    assert (person.phone, person.real_name, person.nickname) == (None, "刘秀英", "刘邻居")
    assert [home.unit for home in homes_of(person.pk)] == [places.units[1]]
    assert refusal_of(let_in, zhang_zhuren, nainai.pk) == "is_in_already"


def test_a_housemates_number_may_be_shared(nainai, zhang_zhuren, make_person, move_in, places):
    yeye = make_person("刘爷爷", phone="+8613900000003")
    move_in(yeye, places.units[1])
    person = let_share(zhang_zhuren, nainai.pk, phone="+8613900000003")
    assert (person.shares_phone, phone_is_shared(person), phone_is_shared(yeye)) == (True, True, True)


def test_a_strangers_number_is_not_shared(nainai, zhang_zhuren, zhou_dashu):
    assert refusal_of(let_share, zhang_zhuren, nainai.pk, phone=zhou_dashu.person.phone) == "not_a_housemate"
    assert refusal_of(let_share, zhang_zhuren, nainai.pk, phone="+8613999999999") == "nobody_to_share_with"


def test_people_are_found_by_name_nickname_number_and_home(zhang_zhuren, wang_ayi, nainai):
    for words in ("王桂芳", "王阿姨", wang_ayi.person.phone, "2单元501"):
        assert [one.name for one in find_people(zhang_zhuren, words)] == ["王桂芳"]
    assert [one.registered_id for one in find_people(zhang_zhuren, "刘秀英")] == [nainai.pk]


def test_who_is_in_the_register_and_on_the_platform_is_found_once(nainai, zhang_zhuren):
    person = let_in(zhang_zhuren, nainai.pk)
    assert [(one.person_id, one.registered_id) for one in find_people(zhang_zhuren, "刘秀英")] == [(person.pk, None)]


def test_nobody_is_found_from_outside(other_zhuren, wang_ayi, nainai):
    assert [find_people(other_zhuren, words) for words in ("王桂芳", "刘秀英", wang_ayi.person.phone)] == [[], [], []]
    assert found_person(other_zhuren, wang_ayi.person_id) is None


def test_numbers_are_shown_with_their_middle_hidden(zhang_zhuren, wang_ayi):
    assert "****" in find_people(zhang_zhuren, "王桂芳")[0].phone


def test_a_minor_is_marked_and_unmarked(zhang_zhuren, wang_ayi, other_zhuren):
    until = datetime.date(2030, 5, 1)
    with pytest.raises(Http404):
        mark_minor(other_zhuren, wang_ayi.person_id, until=until)
    assert mark_minor(zhang_zhuren, wang_ayi.person_id, until=until).minor_until == until
    assert mark_minor(zhang_zhuren, wang_ayi.person_id, until=None).minor_until is None


@pytest.mark.parametrize("count", [1, 30])
def test_finding_costs_the_same_for_one_and_for_thirty(
    zhang_zhuren, make_person, move_in, places, count, django_assert_max_num_queries
):
    for number in range(count):
        move_in(make_person("邻居", real_name="同名的人"), places.units[number % 14])
    with django_assert_max_num_queries(3):
        assert len(find_people(zhang_zhuren, "同名的人")) == count


# Acting for a neighbour -----------------------------------------------------------------------------------------


def test_helping_gives_the_neighbours_actor_with_the_helper_behind(wu_wangge, wang_ayi):
    acting = help_neighbour(wu_wangge, wang_ayi.person_id, consent=ConsentKind.PHONE)
    assert (acting.person_id, acting.office, acting.hands) == (wang_ayi.person_id, None, wu_wangge.person_id)
    assert acting.assisted == {"assisted_by_id": wu_wangge.person_id, "consent": "phone"}
    entry = Entry.objects.get(verb="community.help")
    assert (entry.person_id, entry.detail) == (wu_wangge.person_id, {"for": wang_ayi.person_id, "consent": "phone"})


def test_oneself_and_strangers_are_not_helped(zhang_zhuren, wairen, move_in, places):
    move_in(zhang_zhuren.person, places.units[0])
    help_me = {"consent": ConsentKind.IN_PERSON}
    assert refusal_of(help_neighbour, zhang_zhuren, zhang_zhuren.person_id, **help_me) == "helps_themselves"
    assert refusal_of(help_neighbour, zhang_zhuren, wairen.person_id, **help_me) == "not_a_neighbour"
    with pytest.raises(Http404):
        help_neighbour(zhang_zhuren, 10**9, **help_me)


@pytest.fixture
def in_office(client, zhang_zhuren):
    """张主任 signed in, in office."""
    enter_as(client, zhang_zhuren)
    return client


def actor_of(client):
    return client.get("/homes/join/").wsgi_request.actor


def test_every_page_says_for_whom_until_it_is_ended(in_office, wang_ayi):
    assert in_office.post(f"/people/{wang_ayi.person_id}/help/", {}).status_code == 422
    in_office.post(f"/people/{wang_ayi.person_id}/help/", {"consent": "in_person"})
    assert "正在代王阿姨办理（当面同意）" in in_office.get("/homes/join/").content.decode()
    assert actor_of(in_office).person_id == wang_ayi.person_id
    in_office.post("/people/help/stop/")
    page = in_office.get("/homes/join/")
    assert ("正在代" in page.content.decode(), page.wsgi_request.actor.helper) == (False, None)


def test_helping_ends_by_itself_after_half_an_hour(in_office, wang_ayi, monkeypatch):
    in_office.post(f"/people/{wang_ayi.person_id}/help/", {"consent": "in_person"})
    session = in_office.session
    session["helping"] = {**session["helping"], "until": session["helping"]["until"] - 30 * 60}
    session.save()
    assert actor_of(in_office).helper is None
    assert "helping" not in in_office.session


def test_helping_ends_with_the_office(in_office, wang_ayi, zhang_zhuren):
    in_office.post(f"/people/{wang_ayi.person_id}/help/", {"consent": "in_person"})
    zhang_zhuren.office.ends = zhang_zhuren.office.starts
    zhang_zhuren.office.save()
    assert (actor_of(in_office).helper, actor_of(in_office).office) == (None, None)


def test_the_helper_neither_sees_nor_closes_the_neighbours_account(in_office, wang_ayi):
    in_office.post(f"/people/{wang_ayi.person_id}/help/", {"consent": "in_person"})
    for path in ("", "known/", "known/export/", "close/", "welcome/"):
        assert in_office.get(f"/account/{path}").status_code == 403
    assert in_office.post("/account/close/").status_code == 403
    assert Person.objects.get(pk=wang_ayi.person_id).is_active


def test_a_forged_session_of_another_office_is_worth_nothing(zhang_zhuren, wang_ayi):
    helping = {"person": wang_ayi.person_id, "office": 0, "consent": "phone", "until": 10.0**12}
    assert still_helping(zhang_zhuren, helping, 0) is None
    assert still_helping(Actor(zhang_zhuren.person), {**helping, "office": zhang_zhuren.office.pk}, 0) is None


def test_whom_one_looks_for_stands_in_no_address(in_office, wang_ayi):
    number = wang_ayi.person.phone.removeprefix("+86")
    answer = in_office.post("/people/", {"q": number})
    assert number not in answer["Location"]
    assert "王桂芳" in in_office.get(answer["Location"]).content.decode()
    assert "王桂芳" not in in_office.get("/people/").content.decode()
    assert "王桂芳" not in in_office.get(f"/people/?q={number}").content.decode()


def test_the_pages_of_the_desk_open(in_office, wang_ayi, nainai, places):
    unit = places.units[1].pk
    for url in (
        "/people/",
        f"/people/{wang_ayi.person_id}/",
        "/people/register/",
        f"/people/register/?at={unit}",
        "/residences/",
        "/bodies/",
    ):
        assert in_office.get(url).status_code == 200, url
    assert in_office.post(f"/people/register/?at={unit}", {"name": "刘小宝", "phone": "12"}).status_code == 422
    assert (
        in_office.post(f"/people/register/?at={unit}", {"name": "刘小宝", "minor_until": "2015.3.1"}).status_code == 302
    )
    assert RegisteredResident.objects.get(name="刘小宝").minor_until == datetime.date(2033, 3, 1)
    assert in_office.post(f"/register/{nainai.pk}/let-in/").status_code == 302
    assert Residence.objects.filter(person__real_name="刘秀英", state="confirmed").count() == 1
