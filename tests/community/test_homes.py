"""Belonging to a home: asked, confirmed, returned, ended."""

import datetime

import pytest
from django.http import Http404

from tests.people import enter_as
from xieshang.accounts.services import agree
from xieshang.community.models import Household, RegisteredResident, Residence
from xieshang.community.queries import asked_at, queues, step_of, waiting_for
from xieshang.community.rules import ResidenceKind
from xieshang.community.services import ask_for_home, confirm_home, end_residence, return_home
from xieshang.lib.actor import NOBODY
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.notify.models import Message


@pytest.fixture
def newcomer(wairen):
    """外人, who has agreed to the privacy notice."""
    agree(wairen)
    return wairen


@pytest.fixture
def asked(newcomer, places, zhang_zhuren):
    """外人 asks for 101室."""
    return ask_for_home(newcomer, places.units[0].pk, kind=ResidenceKind.OWNER, note="我姓马")


def in_register(person, unit, **fields):
    home = Household.objects.get(unit=unit)
    return RegisteredResident.objects.create(household=home, name="马小军", phone=person.phone, **fields)


def refusal_of(call, *args, **kwargs):
    with pytest.raises(RuleViolation) as refused:
        call(*args, **kwargs)
    return refused.value.refusal.code


def test_asking_waits_for_the_committee_and_tells_it(asked, zhang_zhuren):
    assert asked.state == "asked"
    assert Message.objects.filter(person=zhang_zhuren.person).count() == 1
    assert [row.unit_id for row in asked_at(zhang_zhuren, "").rows] == [asked.unit_id]
    parts = {part.key: [row.title for row in part.rows("").rows] for part in queues(zhang_zhuren)[0].filters}
    assert parts == {"owner": [str(asked.unit)], "family": [], "tenant": []}
    assert [queue.count for queue in queues(zhang_zhuren)] == [1]
    assert len(waiting_for(zhang_zhuren)) == 1


@pytest.mark.parametrize("kind", [ResidenceKind.FAMILY, ResidenceKind.TENANT])
def test_a_number_in_the_register_confirms_a_resident_at_once(newcomer, places, kind):
    in_register(newcomer.person, places.units[0])
    home = ask_for_home(newcomer, places.units[0].pk, kind=kind)
    assert (home.state, home.by_register) == ("confirmed", True)


def test_the_register_never_confirms_an_owner(newcomer, places):
    in_register(newcomer.person, places.units[0])
    home = ask_for_home(newcomer, places.units[0].pk, kind=ResidenceKind.OWNER)
    assert (home.state, home.by_register) == ("asked", False)


def test_the_register_of_another_home_confirms_nothing(newcomer, places):
    in_register(newcomer.person, places.units[1])
    assert ask_for_home(newcomer, places.units[0].pk, kind=ResidenceKind.FAMILY).state == "asked"


@pytest.mark.parametrize("field", ["phone_verified", "shares_phone"])
def test_a_number_that_proves_nobody_confirms_nobody(newcomer, places, field):
    setattr(newcomer.person, field, not getattr(newcomer.person, field))
    newcomer.person.save()
    in_register(newcomer.person, places.units[0])
    assert ask_for_home(newcomer, places.units[0].pk, kind=ResidenceKind.FAMILY).state == "asked"


def test_the_register_marks_who_is_under_age(newcomer, places):
    until = datetime.date(2035, 5, 1)
    in_register(newcomer.person, places.units[0], minor_until=until)
    ask_for_home(newcomer, places.units[0].pk, kind=ResidenceKind.FAMILY)
    newcomer.person.refresh_from_db()
    assert newcomer.person.minor_until == until


def test_the_first_person_on_a_shared_number_is_not_confirmed_by_it_either(newcomer, places, make_person):
    in_register(newcomer.person, places.units[0])
    make_person("刘爷爷", phone=newcomer.person.phone, shares_phone=True)
    assert ask_for_home(newcomer, places.units[0].pk, kind=ResidenceKind.FAMILY).state == "asked"


def test_without_consent_nothing_is_asked(wairen, places):
    assert refusal_of(ask_for_home, wairen, places.units[0].pk, kind=ResidenceKind.FAMILY) == "not_agreed"


def test_a_visitor_signs_in_first(places):
    with pytest.raises(NotAllowed):
        ask_for_home(NOBODY, places.units[0].pk, kind=ResidenceKind.FAMILY)


def test_a_building_is_no_home(newcomer, places):
    assert refusal_of(ask_for_home, newcomer, places.building.pk, kind=ResidenceKind.FAMILY) == "not_a_home"


def test_one_home_is_asked_for_once(asked, newcomer, zhang_zhuren):
    assert refusal_of(ask_for_home, newcomer, asked.unit_id, kind=ResidenceKind.FAMILY) == "asked_already"
    confirm_home(zhang_zhuren, asked.pk)
    assert refusal_of(ask_for_home, newcomer, asked.unit_id, kind=ResidenceKind.FAMILY) == "lives_there_already"


def test_nobody_asks_for_every_home_in_the_building(newcomer, places):
    for unit in places.units[:3]:
        ask_for_home(newcomer, unit.pk, kind=ResidenceKind.FAMILY)
    assert refusal_of(ask_for_home, newcomer, places.units[3].pk, kind=ResidenceKind.FAMILY) == "most_asked"


def test_confirming_tells_the_person_and_is_recorded_in_the_office(asked, zhang_zhuren, newcomer):
    home = confirm_home(zhang_zhuren, asked.pk)
    assert (home.state, home.decided_by_id, home.decided_in_id) == (
        "confirmed",
        zhang_zhuren.person_id,
        zhang_zhuren.office.pk,
    )
    assert [message.title for message in Message.objects.filter(person=newcomer.person)] == ["住房认证通过了"]


def test_returning_needs_a_reason_that_the_person_reads(asked, zhang_zhuren, newcomer):
    assert refusal_of(return_home, zhang_zhuren, asked.pk, reason="  ") == "reason_missing"
    return_home(zhang_zhuren, asked.pk, reason="请带房产证来一趟")
    assert [message.body for message in Message.objects.filter(person=newcomer.person)] == ["请带房产证来一趟"]


def test_what_was_decided_is_not_decided_again(asked, zhang_zhuren):
    confirm_home(zhang_zhuren, asked.pk)
    assert refusal_of(return_home, zhang_zhuren, asked.pk, reason="晚了") == "not_waiting"


def test_ones_own_asking_is_judged_by_somebody_else(zhang_zhuren, places):
    agree(zhang_zhuren)
    mine = ask_for_home(zhang_zhuren, places.units[0].pk, kind=ResidenceKind.FAMILY)
    assert refusal_of(confirm_home, zhang_zhuren, mine.pk) == "own_request"


def test_one_moves_out(wang_ayi, zhou_dashu):
    home = Residence.objects.get(person=wang_ayi.person)
    with pytest.raises(Http404):
        end_residence(zhou_dashu, home.pk)
    assert end_residence(wang_ayi, home.pk).state == "ended"


def test_the_committee_ends_a_home_and_says_so(wang_ayi, zhang_zhuren):
    home = Residence.objects.get(person=wang_ayi.person)
    end_residence(zhang_zhuren, home.pk, reason="已搬走")
    assert Message.objects.filter(person=wang_ayi.person, title="住房认证结束了").count() == 1


def test_homes_are_found_step_by_step(places):
    first = step_of(places.compound.pk)
    assert [place.name for place in first.choices] == ["3号楼", "4号楼"]
    last = step_of(places.units[0].pk)
    assert (last.is_home, [place.name for place in last.above]) == (True, ["和顺社区", "明湖家园", "3号楼", "2单元"])
    with pytest.raises(Http404):
        step_of(10**9)


def test_asking_by_the_page(client, newcomer, places, zhang_zhuren):
    client.force_login(newcomer.person)
    assert client.get("/homes/join/").status_code == 200
    page = client.get(f"/homes/join/?at={places.units[0].pk}").content.decode()
    assert "明湖家园3号楼2单元101室" in page
    unit = places.units[0].pk
    assert client.post(f"/homes/join/{unit}/", {"note": "x"}).status_code == 422
    assert client.post(f"/homes/join/{unit}/", {"kind": "family"}).status_code == 302
    assert client.post(f"/homes/join/{unit}/", {"kind": "family"}).status_code == 409


def test_judging_by_the_page(client, asked, zhang_zhuren):
    enter_as(client, zhang_zhuren)
    assert "我姓马" in client.get("/residences/").content.decode()
    assert client.post(f"/residences/{asked.pk}/return/", {"reason": ""}).status_code == 422
    assert client.post(f"/residences/{asked.pk}/confirm/", {"minor_until": "2012年5月1日"}).status_code == 302
    asked.person.refresh_from_db()
    assert asked.person.minor_until == datetime.date(2030, 5, 1)
