"""The pages of an estate's list and of a roll, walked as a clerk and as an owner."""

import io

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.voting.test_register_reading import HEAD, ZHANG
from xieshang.community.models import PropertyArea
from xieshang.voting.models import OwnerClaim, RegisterUnit, Right, Roll
from xieshang.voting.rules.deciding import State


@pytest.fixture
def area(places):
    made, _made = PropertyArea.objects.get_or_create(community=places.community, name="明湖家园")
    made.places.add(places.compound)
    return made


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in [["明湖家园业主名册"], HEAD, *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("名册.xlsx", out.getvalue())


@pytest.fixture
def chair(homeowners_committee, browser_of):
    return browser_of(homeowners_committee.chair)


def send(client, area, *rows):
    """Steps 1 and 2; gives the page of the trial."""
    answer = client.post(f"/register/{area.pk}/import/", {"file": workbook(*rows)}, follow=True)
    page = answer.content.decode()
    assert "每一列是什么" in page
    fields = ["building", "stairwell", "room", "area_register", "owner", "id_number"]
    return client.post(answer.request["PATH_INFO"], {"word": HEAD, "field": fields}, follow=True)


def test_the_file_that_waits_between_two_steps_lies_sealed_in_the_cache(chair, area):
    cache.clear()
    page = send(chair, area, ["3号楼", "2单元", "501", "106.35", "张三丰", ZHANG]).content.decode()
    assert "没有错误" in page or "新增" in page
    kept = b"".join(cache._cache.values())
    assert kept
    assert not any(word.encode() in kept for word in ("张三丰", ZHANG))


def test_a_clerk_is_shown_every_fault_mends_the_file_and_imports_it(chair, area):
    good = ["3", "2", "501", "106.35", "张三", ZHANG]
    trial = send(chair, area, good, ["3", "2", "502", "约九十", "李四", "1.10E+17"])
    page = trial.content.decode()
    assert "名册" in page
    assert "第4行" in page
    assert "面积写的是“约九十”" in page
    assert "猜不回来" in page
    assert not RegisterUnit.objects.exists()
    trial = send(chair, area, good, ["3", "2", "502", "90", "李四", ""])
    assert "没有问题，可以导入" in trial.content.decode()
    done = chair.post(trial.request["PATH_INFO"], {}, follow=True)
    assert "导入好了" in done.content.decode()
    listed = chair.get(f"/register/{area.pk}/").content.decode()
    assert "3号楼2单元501室" in listed
    assert ZHANG not in listed
    assert chair.get(f"/register/{area.pk}/?building=3号楼").status_code == 200
    found = chair.post(f"/register/{area.pk}/", {"q": "没有这个人"})
    assert found["Location"] == f"/register/{area.pk}/?found=1"
    assert "没有找到。换个房号或姓名再找。" in chair.get(found["Location"]).content.decode()
    assert chair.post(trial.request["PATH_INFO"], {}, follow=True).status_code == 200
    assert RegisterUnit.objects.count() == 2


def test_a_neighbour_does_not_see_the_list(area, browser_of, wang_ayi):
    client = browser_of(wang_ayi)
    for path in ("", "import/", "names/", "claims/"):
        assert client.get(f"/register/{area.pk}/{path}").status_code == 403
    assert client.get("/register/").status_code == 200


def test_names_and_claims_are_answered_on_their_pages(chair, area, browser_of, wang_ayi):
    trial = send(chair, area, ["3", "2", "501", "90", "张伟", ""], ["3", "2", "502", "90", "张伟", ""])
    chair.post(trial.request["PATH_INFO"], {})
    page = chair.get(f"/register/{area.pk}/names/")
    question = page.context["open"][0].id
    refused = chair.post(f"/register/{area.pk}/names/", {"question": question, "same": "yes", "basis": ""})
    assert (refused.status_code, "请写明依据" in refused.content.decode()) == (409, True)
    chair.post(f"/register/{area.pk}/names/", {"question": question, "same": "yes", "basis": "看了产权证"})
    assert "看了产权证" in chair.get(f"/register/{area.pk}/names/").content.decode()
    neighbour = browser_of(wang_ayi)
    wrong = neighbour.post(f"/register/{area.pk}/claim/", {"way": "id_check", "name": "张伟", "id_number": ""})
    assert wrong.status_code == 422
    assert "请填写“身份证号”。" in wrong.content.decode()
    asked = neighbour.post(f"/register/{area.pk}/claim/", {"way": "desk", "name": "张伟", "room": "3-2-501"})
    assert asked.status_code == 302
    assert "张伟" in chair.get(f"/register/{area.pk}/claims/").content.decode()
    claim = OwnerClaim.objects.get()
    chair.post(f"/register/{area.pk}/claims/", {"claim": claim.pk, "confirm": "yes"})
    assert "已认证" in neighbour.get(f"/register/{area.pk}/claim/").content.decode()


FIELDS = {"": [], "id_check": ["name", "id_number"], "letter": ["name", "room", "code"], "desk": ["name", "room"]}


@pytest.mark.parametrize("way", FIELDS)
def test_whoever_says_to_be_an_owner_is_asked_only_what_the_chosen_way_needs(area, browser_of, wang_ayi, way):
    page = browser_of(wang_ayi).get(f"/register/{area.pk}/claim/", {"way": way}).content.decode()
    asked = [name for name in ("name", "id_number", "room", "code") if f'name="{name}"' in page]
    assert asked == FIELDS[way]
    assert ("怎么核对？选一种" in page) == (way == "")


def test_the_roll_is_published_shown_to_owners_and_frozen_on_its_page(owners_vote, chair, browser_of, wang_ayi, later):
    made = owners_vote(state=State.ROSTER_OPEN, frozen=False)
    path = f"/votes/{made.vote.pk}/roll/"
    assert "公布名册" in chair.get(path).content.decode()
    chair.post(f"{path}publish/")
    owner = made.register.owners.first()
    OwnerClaim.objects.create(
        person=wang_ayi.person, owner=owner, way="desk", state="confirmed", asked_at=made.decision.entered_at
    )
    neighbour = browser_of(wang_ayi)
    page = neighbour.get(path).content.decode()
    assert "您的表决权" in page
    assert "业主2" not in page
    assert neighbour.post(f"{path}object/", {"text": ""}).status_code == 422
    neighbour.post(f"{path}object/", {"text": "面积不对"})
    objection = Roll.objects.get().objections.get()
    chair.post(f"{path}objections/{objection.pk}/", {"sustained": "no", "answer": "按登记"})
    assert "按登记" in neighbour.get(path).content.decode()
    later(15)
    chair.post(f"{path}freeze/")
    assert Right.objects.count() == 6
    assert Roll.objects.get().value in neighbour.get(path).content.decode()
    assert chair.post(f"{path}freeze/").status_code == 409


def test_whoever_is_not_on_the_roll_is_told_the_way(owners_vote, browser_of, zhou_dashu):
    made = owners_vote(state=State.VOTING)
    page = browser_of(zhou_dashu).get(f"/votes/{made.vote.pk}/roll/").content.decode()
    assert "我是业主" in page
    assert "101室" not in page
