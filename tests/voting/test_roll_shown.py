"""Who reads a roll before the notice, and until when."""

import pytest

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
