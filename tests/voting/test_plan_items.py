"""What follows from an owners' decision without a topic: items with a body and a day, seen on the result's page."""

import datetime

import pytest
from django.urls import reverse

from tests.people import enter_as
from tests.voting.test_deciding import picture, refused
from tests.voting.test_official import typed
from xieshang.lib import clock
from xieshang.lib.refusals import NotAllowed
from xieshang.outcomes.models import ActionItem
from xieshang.voting.services import deciding
from xieshang.voting.services.promises import plan_item

pytestmark = pytest.mark.django_db


def passed(made, committee, heads=(5, 0, 0)):
    """The decision as its result took effect."""
    asked = deciding.enter_result(committee.chair, made.decision.pk, typed(made, *heads), picture())
    deciding.answer_signature(committee.member, asked.pk, agreed=True)
    deciding.publish_count(committee.chair, made.decision.pk)


def item(committee, **given):
    day = clock.today() + datetime.timedelta(days=30)
    return {"what": "和安居物业签新合同", "body_id": committee.body.pk, "due": day} | given


def test_the_convener_writes_what_follows_once_the_decision_is_in_force(
    elsewhere,
    homeowners_committee,
    later,
    client,
    wang_ayi,
):
    chair, decision = homeowners_committee.chair, elsewhere.decision
    passed(elsewhere, homeowners_committee)
    assert refused(plan_item, chair, decision.pk, **item(homeowners_committee)) == ["decision_not_in_force"]
    later(20)
    deciding.due(clock.now())
    with pytest.raises(NotAllowed):
        plan_item(wang_ayi, decision.pk, **item(homeowners_committee))
    plan_item(chair, decision.pk, **item(homeowners_committee))
    assert ActionItem.objects.get().matter_id == elsewhere.vote.matter_id
    page = client.get(reverse("voting:owners_result", args=[elsewhere.vote.pk])).content.decode()
    assert "和安居物业签新合同" in page
    assert "写办理事项" not in page
    enter_as(client, chair)
    address = reverse("voting:plan", args=[elsewhere.vote.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"what": "", "body_id": "", "due": ""}).status_code == 422
    due = (clock.today() + datetime.timedelta(days=9)).isoformat()
    sent = {"what": "张贴新合同", "body_id": homeowners_committee.body.pk, "due": due}
    assert client.post(address, sent).status_code == 302
    assert ActionItem.objects.count() == 2


def test_what_did_not_pass_has_nothing_to_follow(elsewhere, homeowners_committee, later):
    passed(elsewhere, homeowners_committee, heads=(1, 4, 0))
    later(20)
    deciding.due(clock.now())
    codes = refused(plan_item, homeowners_committee.chair, elsewhere.decision.pk, **item(homeowners_committee))
    assert codes == ["decision_not_in_force"]
