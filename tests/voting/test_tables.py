"""What the tables of an owners' vote refuse by themselves."""

import pytest
from django.db import IntegrityError, transaction

from xieshang.lib.clock import now
from xieshang.voting.models import Decision, Keying, PaperBallot, Right, Succession


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_a_set_of_owners_has_one_right(owners_vote):
    made = owners_vote()
    twin = Right.objects.get(pk=made.rights[0].pk)
    twin.pk, twin.number = None, 99
    refused(lambda: twin.save(force_insert=True))


def test_the_drafter_does_not_confirm_the_class(owners_vote):
    decision = owners_vote().decision
    refused(lambda: Decision.objects.filter(pk=decision.pk).update(class_confirmed_by=decision.drafted_by_id))


def test_one_paper_is_received_for_a_right_and_keyed_by_different_people(owners_vote, homeowners_committee):
    made, clerk = owners_vote(), homeowners_committee.chair.person
    values = {"vote": made.vote, "right": made.rights[0], "issued_at": now(), "issued_by": clerk}
    values |= {"state": "received", "received_at": now(), "received_by": clerk}
    paper = PaperBallot.objects.create(serial="A1", **values)
    refused(lambda: PaperBallot.objects.create(serial="A2", **values))
    Keying.objects.create(paper=paper, round=1, ticked=[1], mark="valid", by=clerk, at=now())
    refused(lambda: Keying.objects.create(paper=paper, round=2, ticked=[1], mark="valid", by=clerk, at=now()))


def test_a_succession_is_confirmed_by_another(owners_vote, homeowners_committee):
    made, clerk = owners_vote(), homeowners_committee.chair.person
    given = {"right": made.rights[0], "name": "新业主", "basis": "买卖合同", "written_by": clerk, "written_at": now()}
    refused(lambda: Succession.objects.create(confirmed_by=clerk, confirmed_at=now(), **given))
