"""What the notice of a vote asks and says, before the window opens."""

import pytest

from xieshang.voting import services
from xieshang.voting.forms.deciding import SheetForm
from xieshang.voting.models import Decision, Vote
from xieshang.voting.queries.standing import standing_for
from xieshang.voting.rules.deciding.texts import calling_lines
from xieshang.voting.services import deciding
from xieshang.voting.services.deciding.calling import calling_of

pytestmark = pytest.mark.django_db


def test_an_owner_is_asked_once_whether_the_notice_came(called, chair):
    made = called()
    deciding.publish(chair, made.decision.pk)
    owner, vote = made.people[0], Vote.objects.get()
    assert not standing_for(owner, vote).has_acknowledged
    services.acknowledge(owner, vote.pk)
    assert standing_for(owner, vote).has_acknowledged


def test_a_committee_that_calls_is_not_its_own_witness(called, chair, zhang_zhuren):
    made = called()
    committee = zhang_zhuren.office.body
    Decision.objects.filter(pk=made.decision.pk).update(convener=committee)
    lines = "".join(calling_lines(calling_of(Decision.objects.get())))
    assert f"请向{committee.name}" in lines
    assert "计票由街道、乡镇或者不参加计票的业主见证" in lines
    assert "社区居民委员会见证" not in lines
    assert SheetForm(decision=Decision.objects.get())["witness"].label == "见证人（街道、乡镇或者不参加计票的业主）"
    made.decision.refresh_from_db(fields=["convener"])
