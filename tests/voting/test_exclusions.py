"""Units kept out of one vote by two people, and a roll that is reckoned anew only when something moves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people import enter_as
from tests.voting.test_deciding import refused
from xieshang.lib.clock import today
from xieshang.voting import services
from xieshang.voting.models import Decision, RegisterUnit
from xieshang.voting.queries.excluded import exclusions_of
from xieshang.voting.queries.rolls import preview, standing_roll
from xieshang.voting.rules.deciding import State
from xieshang.voting.services.register.common import next_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def roster(owners_vote):
    """A decision of six voters in the state in which its roll is made."""
    return lambda: owners_vote(homes=6, state=State.ROSTER_OPEN, frozen=False)


@pytest.fixture
def member(homeowners_committee):
    return homeowners_committee.member


def test_units_are_kept_out_by_two_with_the_reason_that_the_notice_prints(roster, chair, member):
    made = roster()
    decision = made.decision
    ask = {"codes": ["3-2-1", "３号楼2单元201室", ""], "reason": "议事规则第12条：地下储藏室不计入"}
    nobody = refused(services.ask_exclusion, chair, decision.pk, codes=["9-9-9"], reason=" ")
    assert nobody == ["excluded_unknown", "roll_no_reason"]
    every = [unit.code for unit in made.register.units.all()]
    assert refused(services.ask_exclusion, chair, decision.pk, codes=every, reason="都不计") == ["excluded_all"]
    asked = services.ask_exclusion(chair, decision.pk, **ask)
    assert preview(made.register, decision).voters.whole.heads == 6
    assert refused(services.ask_exclusion, member, decision.pk, **ask) == ["exclusion_waits"]
    assert refused(services.answer_exclusion, chair, asked.pk, agree=True) == ["roll_same_person"]
    services.answer_exclusion(member, asked.pk, agree=True)
    assert preview(made.register, decision).voters.whole.heads == 4
    assert [(one.labels, one.reason) for one in exclusions_of(decision)] == [
        ("3号楼2单元101室、3号楼2单元201室", ask["reason"])
    ]


def test_what_was_kept_out_is_let_in_again_by_two_until_the_roll_is_frozen(roster, chair, member, client):
    made = roster()
    decision = made.decision
    asked = services.ask_exclusion(chair, decision.pk, codes=["3-2-1"], reason="规则第12条")
    services.answer_exclusion(member, asked.pk, agree=True)
    assert refused(services.ask_lift, chair, decision.pk, asked.pk, reason=" ") == ["roll_no_reason"]
    enter_as(client, chair)
    page = client.post(f"/votes/{made.vote.pk}/roll/exclude/{asked.pk}/lift/", {"reason": "不是储藏室"}, follow=True)
    assert "恢复计入，等另一个人确认" in page.content.decode()
    lift = decision.asked.get(step="lift_exclusion")
    assert refused(services.answer_exclusion, chair, lift.pk, agree=True) == ["roll_same_person"]
    assert standing_roll(made.register, decision).whole.heads == 5
    services.answer_exclusion(member, lift.pk, agree=True)
    assert (standing_roll(made.register, decision).whole.heads, exclusions_of(decision)) == (6, [])
    assert refused(services.ask_lift, chair, decision.pk, asked.pk, reason="再来") == ["exclusion_gone"]


def test_a_roll_is_reckoned_once_and_anew_when_list_or_exclusions_move(roster, chair, member):
    made = roster()
    assert standing_roll(made.register, made.decision).whole.heads == 6
    with CaptureQueriesContext(connection) as asked_again:
        assert len(standing_roll(made.register, Decision.objects.get(pk=made.decision.pk)).rows(set(), 0)[0]) == 6
    units = [query for query in asked_again.captured_queries if RegisterUnit._meta.db_table in query["sql"]]
    assert ["WHERE" in query["sql"] and " IN (" in query["sql"] for query in units] == [True]
    asked = services.ask_exclusion(chair, made.decision.pk, codes=["3-2-1"], reason="规则第12条")
    services.answer_exclusion(member, asked.pk, agree=True)
    assert standing_roll(made.register, made.decision).whole.heads == 5
    RegisterUnit.objects.filter(code="3-2-2").update(gone_on=today())
    next_edition(made.register)
    assert standing_roll(made.register, made.decision).whole.heads == 4


def test_a_frozen_roll_leaves_nobody_out_any_more(owners_vote, chair):
    made = owners_vote(state=State.ROSTER_OPEN)
    codes = {"codes": ["3-2-1"], "reason": "规则第12条"}
    assert refused(services.ask_exclusion, chair, made.decision.pk, **codes) == ["roll_frozen"]
