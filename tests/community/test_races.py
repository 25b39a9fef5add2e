"""On a real PostgreSQL: what two people do about people and homes at the same instant happens once."""

import pytest

from tests.races import all_at_once
from xieshang.accounts.models import Person
from xieshang.accounts.services import agree, person_for
from xieshang.community.models import RegisteredResident, Residence
from xieshang.community.rules import ResidenceKind
from xieshang.community.services import (
    ask_for_home,
    confirm_home,
    let_in,
    register_resident,
    return_home,
)

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
AT_ONCE = 6


@pytest.fixture
def asked(wairen, places):
    """外人 asks for 101室."""
    agree(wairen)
    return ask_for_home(wairen, places.units[0].pk, kind=ResidenceKind.OWNER)


def test_one_claim_confirmed_by_two_is_confirmed_by_one(asked, zhang_zhuren, sun_weiyuan):
    calls = [lambda who=who: confirm_home(who, asked.pk).state for who in (zhang_zhuren, sun_weiyuan)]
    assert sorted(all_at_once(*calls)) == ["confirmed", "not_waiting"]


def test_one_claim_confirmed_and_returned_has_one_answer(asked, zhang_zhuren, sun_weiyuan):
    answers = all_at_once(
        lambda: confirm_home(zhang_zhuren, asked.pk).state,
        lambda: return_home(sun_weiyuan, asked.pk, reason="请带房产证").state,
    )
    assert sorted(answers) in (["confirmed", "not_waiting"], ["not_waiting", "returned"])
    assert Residence.objects.get(pk=asked.pk).state in answers


def test_one_number_typed_by_many_at_once_is_one_person(db):
    ids = all_at_once(*[lambda: person_for("+8613911112222").pk] * AT_ONCE)
    assert (len(set(ids)), Person.objects.filter(phone="+8613911112222").count()) == (1, 1)


def test_one_home_asked_for_twice_at_once_is_asked_for_once(wairen, places):
    agree(wairen)
    twice = [lambda: ask_for_home(wairen, places.units[0].pk, kind=ResidenceKind.FAMILY).state] * 2
    assert sorted(all_at_once(*twice)) == ["asked", "asked_already"]
    assert Residence.objects.filter(person=wairen.person).count() == 1


def test_consent_given_twice_at_once_is_given_once(wairen):
    all_at_once(*[lambda: agree(wairen)] * AT_ONCE)
    assert wairen.person.consents.count() == 1


def test_one_neighbour_written_down_twice_at_once_is_written_down_once(zhang_zhuren, sun_weiyuan, places):
    unit = places.units[1].pk
    all_at_once(
        *[lambda who=who: register_resident(who, unit, name="刘秀英").pk for who in (zhang_zhuren, sun_weiyuan)]
    )
    assert RegisteredResident.objects.filter(name="刘秀英").count() == 1


def test_one_neighbour_let_in_twice_at_once_is_one_person(zhang_zhuren, sun_weiyuan, places):
    row = register_resident(zhang_zhuren, places.units[1].pk, name="刘秀英")
    answers = all_at_once(*[lambda who=who: let_in(who, row.pk).real_name for who in (zhang_zhuren, sun_weiyuan)])
    assert sorted(answers) == ["is_in_already", "刘秀英"]
    assert Person.objects.filter(real_name="刘秀英").count() == 1
