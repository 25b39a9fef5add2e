"""Who reads a roll before the notice, and until when."""

import pytest
from django.core.cache import cache

from tests.people import enter_as
from xieshang.lib.clock import now
from xieshang.matters.rules import Audience
from xieshang.matters.services import settle
from xieshang.voting import services
from xieshang.voting.models import OwnerClaim

pytestmark = pytest.mark.django_db


def test_owners_read_a_published_roll_before_the_notice_and_neighbours_do_not(
    owners_vote, homeowners_committee, client, wang_ayi, wairen
):
    made = owners_vote(frozen=False)
    settle(made.vote.matter, standing="核对名册", audience=Audience.OFFICERS, is_open=True)
    owner = made.register.units.order_by("pk").first().owners.get().owner
    OwnerClaim.objects.create(person=wairen.person, owner=owner, way="desk", state="confirmed", asked_at=now())
    pages = [f"/votes/{made.vote.pk}/roll/", f"/votes/{made.vote.pk}/"]
    client.force_login(wairen.person)
    assert [client.get(page).status_code for page in pages] == [404, 404]
    services.publish_roll(homeowners_committee.chair, made.decision.pk)
    assert [client.get(page).status_code for page in pages] == [200, 200]
    assert "请核对名册" in client.get("/votes/").content.decode()
    client.force_login(wang_ayi.person)
    assert [client.get(page).status_code for page in pages] == [404, 404]
    assert "请核对名册" not in client.get("/votes/").content.decode()


def test_the_day_until_which_owners_may_object_stands_on_the_decision(owners_vote, homeowners_committee):
    made = owners_vote(frozen=False)
    roll = services.publish_roll(homeowners_committee.chair, made.decision.pk)
    made.decision.refresh_from_db()
    assert made.decision.due_on == roll.last_day


def cached():
    """All that lies in the cache of this process."""
    return b"".join(cache._cache.values())


def test_who_sends_a_page_opened_before_the_freezing_is_told_so(owners_vote, homeowners_committee, client):
    made = owners_vote()
    enter_as(client, homeowners_committee.chair)
    for address, sent in [("change", {"code": "3号楼", "area": "很大"}), ("exclude", {})]:
        answer = client.post(f"/votes/{made.vote.pk}/roll/{address}/", sent)
        assert answer.status_code == 409
        assert "名册已经锁定，谁都不能再改" in answer.content.decode()


def test_what_is_kept_of_an_open_roll_names_no_owner_and_no_home(owners_vote, homeowners_committee, client):
    made = owners_vote(frozen=False)
    chair, owner = homeowners_committee.chair, made.register.owners.order_by("pk").first()
    enter_as(client, chair)
    cache.clear()
    pages = [client.get(f"/votes/{made.vote.pk}/roll/").content.decode() for _twice in range(2)]
    unit = made.register.units.order_by("pk").first()
    assert f"{owner.name[:1]}**" in pages[0]
    assert all(unit.label in page for page in pages)
    assert b"roll" in b"".join(key.encode() for key in cache._cache)
    assert owner.name.encode() not in cached()
    assert unit.label.encode() not in cached()
