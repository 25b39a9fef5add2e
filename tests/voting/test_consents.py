"""住改商: every interested owner is asked one by one; one no, or one silence, and it is not given."""

import datetime

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from tests.voting.test_deciding import picture, refused
from xieshang.lib import clock
from xieshang.lib.refusals import NotAllowed
from xieshang.voting.models import ConsentCheck, RegisterOwner, RegisterUnit, UnitOwner
from xieshang.voting.queries.consents import consent_so_far
from xieshang.voting.services import consents

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(estate, homeowners_committee):
    """3号楼2单元101室 wants to be a barber's; 301室 belongs to the owner of 201室 too, 401室 is co-owned."""
    register = estate(4)
    second = RegisterOwner.objects.get(name="业主2")
    third = RegisterUnit.objects.get(code="3-2-3")
    UnitOwner.objects.filter(unit=third).update(owner=second)
    fourth = RegisterUnit.objects.get(code="3-2-4")
    UnitOwner.objects.create(unit=fourth, owner=RegisterOwner.objects.create(register=register, name="业主丙"))
    elsewhere = {"code": "4-1-1", "building": "4号楼", "room": "101室", "kind": "home"}
    RegisterUnit.objects.create(register=register, area_centi=1, area_source="register", **elsewhere)
    chair = homeowners_committee.chair
    return consents.open_consent(chair, register.area_id, unit="3号楼2单元101室", business="理发店")


def answer(check, actor, *parties, agreed=True, proof=True, day=0):
    given = {"party_ids": [party.pk for party in parties], "agreed": agreed, "proof": picture() if proof else None}
    return consents.keep_answers(actor, check.pk, signed_on=clock.today() + datetime.timedelta(days=day), **given)


def test_every_other_owner_of_the_building_is_asked_once(check):
    asked = [(party.name, party.units) for party in check.parties.order_by("pk")]
    assert asked == [
        ("业主2", "3号楼2单元201室、3号楼2单元301室"),
        ("业主4", "3号楼2单元401室"),
        ("业主丙", "3号楼2单元401室"),
    ]


def test_all_must_agree_in_writing_and_silence_is_no_consent(check, homeowners_committee):
    chair, parties = homeowners_committee.chair, list(check.parties.order_by("pk"))
    assert refused(answer, check, chair) == ["nobody_chosen"]
    unsigned = refused(answer, check, chair, parties[0], proof=False, day=1)
    assert unsigned == ["consent_not_signed", "consent_signed_later"]
    answer(check, chair, *parties[:2])
    assert not consent_so_far(check).is_given
    answer(check, chair, parties[2])
    assert consent_so_far(check).is_given
    consents.add_party(chair, check.pk, name="邻居丁", units="4号楼101室", basis="楼下排烟正对窗户")
    assert not consent_so_far(check).is_given
    answer(check, chair, check.parties.get(name="邻居丁"), agreed=False, proof=False)
    assert consents.close_consent(chair, check.pk).is_given is False
    assert refused(answer, check, chair, parties[0]) == ["consent_closed"]


def test_another_building_needs_a_reason_and_one_home_one_open_check(check, homeowners_committee):
    chair = homeowners_committee.chair
    assert refused(consents.add_party, chair, check.pk, name="丁", units="4号楼101室", basis=" ") == ["basis_missing"]
    again = {"unit": "3-2-1", "business": "小饭桌"}
    assert refused(consents.open_consent, chair, check.area_id, **again) == ["consent_open_already"]
    nowhere = {"unit": "9号楼1室", "business": "小饭桌"}
    assert refused(consents.open_consent, chair, check.area_id, **nowhere) == ["no_such_home"]


def test_only_who_keeps_the_list_sees_and_keeps_answers(check, enter, wang_ayi, zhao_jingli, homeowners_committee):
    address = reverse("voting:consent", args=[check.pk])
    for actor in (wang_ayi, zhao_jingli):
        with pytest.raises(NotAllowed):
            answer(check, actor, check.parties.first())
        assert enter(actor).get(address).status_code == 403
    client = enter(homeowners_committee.chair)
    assert "3位有利害关系的业主，还有3位没有答复" in client.get(address).content.decode()
    form = {"party": check.parties.first().pk, "agreed": "yes", "signed_on": clock.today().isoformat()}
    unsigned = client.post(reverse("voting:keep_answers", args=[check.pk]), form)
    assert unsigned.status_code == 409
    assert "同意要有业主签名的书面材料" in unsigned.content.decode()
    assert client.post(reverse("voting:keep_answers", args=[check.pk]), form | {"proof": picture()}).status_code == 302
    file = reverse("voting:consent_file", args=[check.pk, check.parties.first().pk])
    assert client.get(file).status_code == 200
    assert enter(wang_ayi).get(file).status_code == 403


def test_the_drafting_catalogue_leads_here(check, enter, homeowners_committee):
    client = enter(homeowners_committee.chair)
    draft = {
        "entries": ["home_to_business"],
        "question": "101室改作理发店",
        "text": "一层101室改作理发店，只在白天营业。",
    }
    page = client.post(reverse("voting:draft_decision", args=[check.area_id]), draft)
    assert page.status_code == 409
    assert reverse("voting:consents", args=[check.area_id]) in page.content.decode()
    assert "3号楼2单元101室改作理发店" in client.get(reverse("voting:consents", args=[check.area_id])).content.decode()


def test_an_owner_who_was_asked_stays(check):
    with pytest.raises(ProtectedError):
        RegisterOwner.objects.get(name="业主4").delete()
    assert ConsentCheck.objects.count() == 1
