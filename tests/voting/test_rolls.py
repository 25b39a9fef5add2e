"""The roll of a decision: published, objected to, changed by two, frozen for good; who casts after a sale."""

import pytest
from django.db import DatabaseError, transaction

from tests.voting.test_deciding import picture
from tests.voting.test_handing_in import give
from xieshang.community.models import Body
from xieshang.community.rules import BodyKind, Role
from xieshang.lib import seal
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.voting import services
from xieshang.voting.models import (
    DecisionStep,
    LedgerEntry,
    OwnerClaim,
    PaperBallot,
    RegisterOwner,
    RegisterUnit,
    Right,
    RightHolder,
    RightOwner,
    RightUnit,
    Roll,
    SameName,
    UnitOwner,
    Vote,
)
from xieshang.voting.queries.rolls import preview, rows_frozen, standing_roll
from xieshang.voting.rules.deciding import State
from xieshang.voting.rules.estate import ClaimWay
from xieshang.voting.rules.estatefile import OwnerCell
from xieshang.voting.rules.rolls import Row, commit, commitment_of, identity_of, opening_salt, roll_text
from xieshang.voting.services.register.namesakes import ask_same_names

AFTER_THE_WINDOW = 15


@pytest.fixture
def roster(owners_vote):
    """A decision in the state in which its roll is made."""

    def build(homes=6, **given):
        return owners_vote(homes=homes, state=State.ROSTER_OPEN, frozen=False, **given)

    return build


@pytest.fixture
def member(homeowners_committee):
    return homeowners_committee.member


def shown():
    """What a sale is written down by."""
    return {"basis": "不动产权证 黑2026-1", "proof": picture()}


def refused(act, *given, **named):
    with pytest.raises(RuleViolation) as violation:
        act(*given, **named)
    return [refusal.code for refusal in violation.value.refusals]


def unit(n):
    return RegisterUnit.objects.get(code=f"3-2-{n}")


def parking(register, owner=None, code="P-1"):
    made = RegisterUnit.objects.create(
        register=register, code=code, room=f"车位{code}", kind="parking", area_centi=1200, area_source="register"
    )
    UnitOwner.objects.create(unit=made, owner=owner or RegisterOwner.objects.create(register=register, name="车主"))
    return made


# What the list makes of voters ------------------------------------------------------------------------------------


def test_one_owner_with_two_homes_is_one_head_and_a_copy_is_the_same_person(roster):
    made = roster()
    first, second = unit(1).owners.get(), unit(2).owners.get()
    second.owner.same_as = first.owner
    second.owner.save()
    whole = preview(made.register, made.decision).voters.whole
    assert (whole.heads, whole.area_centi) == (5, 60_000)


@pytest.mark.parametrize(
    ("rule", "whole"), [("exclude", (6, 60_000)), ("area_only", (6, 61_200)), ("area_and_head", (7, 61_200))]
)
def test_parking_counts_as_the_decisions_own_rules_say(roster, rule, whole):
    made = roster(values={"assembly.parking": rule})
    parking(made.register)
    found = preview(made.register, made.decision).voters.whole
    assert (found.heads, found.area_centi) == whole


def test_what_the_developer_has_not_handed_over_is_one_head(roster):
    made = roster()
    RegisterUnit.objects.filter(code__in=["3-2-1", "3-2-2"]).update(sale_state="unsold")
    RegisterUnit.objects.filter(code="3-2-3").update(sale_state="undelivered")
    shown = preview(made.register, made.decision).voters
    assert shown.whole.heads == 4
    assert next(voter for voter in shown.voters if voter.is_developer).weight.area_centi == 30_000


def test_a_smaller_scope_and_common_rooms_are_left_out(roster, places):
    made = roster()
    RegisterUnit.objects.create(register=made.register, code="c", room="物业用房", kind="common")
    RegisterUnit.objects.filter(code="3-2-6").update(building="4号楼", stairwell="")
    made.decision.scopes.add(places.stairwell)
    assert preview(made.register, made.decision).voters.whole.heads == 5


def test_each_row_says_why_it_has_its_head_and_its_area(roster):
    made = roster()
    UnitOwner.objects.filter(unit=unit(2)).update(owner=unit(1).owners.get().owner)
    owner = unit(1).owners.get().owner
    rows, own = standing_roll(made.register, made.decision).rows({owner.pk}, 0)
    (mine,) = own
    assert mine in rows
    assert (mine.names, mine.head, mine.area) == ("业主1", 1, "200.00")
    assert "名下共2套" in mine.why_head
    assert mine.why_area == "100.00 + 100.00 = 200.00㎡"
    assert {row.names for row in rows if not row.is_mine} == {"业**"}


# Publish, object, answer ------------------------------------------------------------------------------------------


def test_a_roll_is_published_with_its_window_and_then_the_list_moves_only_by_two(roster, chair, member):
    made = roster()
    roll = services.publish_roll(chair, made.decision.pk)
    assert (roll.heads, roll.area_centi, (roll.last_day - roll.published_on).days >= 7) == (6, 60_000, True)
    assert DecisionStep.objects.get().step == "publish_roll"
    assert refused(services.publish_roll, chair, made.decision.pk) == ["roll_published"]


def test_an_open_question_or_a_home_without_an_owner_blocks_publishing(roster, chair):
    made = roster()
    RegisterOwner.objects.filter(name="业主2").update(name="业主1")
    ask_same_names(made.register)
    UnitOwner.objects.filter(unit=unit(3)).delete()
    assert refused(services.publish_roll, chair, made.decision.pk) == ["roll_open_questions", "no_owner"]


def test_only_the_convener_publishes_and_freezes(roster, places, wang_ayi, zhou_dashu, appoint):
    made = roster()
    kind = BodyKind.RESIDENTS_COMMITTEE
    body = Body.objects.create(kind=kind.value, name="和顺居委会", short_name="居委会", place=places.community)
    for actor in (wang_ayi, appoint(zhou_dashu.person, body, Role.COMMITTEE_CHAIR)):
        with pytest.raises(NotAllowed):
            services.publish_roll(actor, made.decision.pk)
        with pytest.raises(NotAllowed):
            services.freeze_roll(actor, made.decision.pk)


def test_objections_are_taken_within_the_window_and_each_is_answered_once(roster, chair, wang_ayi, later):
    made = roster()
    assert refused(services.object_to_roll, wang_ayi, made.decision.pk, text="少了我") == ["roll_not_published"]
    services.publish_roll(chair, made.decision.pk)
    objection = services.object_to_roll(wang_ayi, made.decision.pk, text="面积不对", unit_label="3-2-1")
    later(AFTER_THE_WINDOW)
    assert refused(services.object_to_roll, wang_ayi, made.decision.pk, text="晚了") == ["roll_objection_closed"]
    assert refused(services.freeze_roll, chair, made.decision.pk) == ["roll_unanswered"]
    answer = services.answer_roll_objection
    assert refused(answer, chair, objection.pk, sustained=False, answer=" ") == ["roll_no_words"]
    answer(chair, objection.pk, sustained=False, answer="按产权证登记，没有错。")
    again = refused(answer, chair, objection.pk, sustained=True, answer="改")
    assert again == ["roll_objection_answered"]


# Changed by two ---------------------------------------------------------------------------------------------------


def ask(actor, made, **given):
    values = {"area_centi": 9_500, "area_source": "register", "sale": "sold", "owners": [OwnerCell("业主1")]}
    reason = given.pop("reason", "产权证上是95平方米")
    return services.ask_roll_change(actor, made.decision.pk, unit(1).pk, **(values | given), reason=reason)


def test_a_published_roll_is_changed_by_two_people_and_moves_with_the_list(roster, chair, member, later):
    made = roster()
    assert refused(ask, chair, made) == ["roll_not_published"]
    services.publish_roll(chair, made.decision.pk)
    assert refused(ask, chair, made, reason="") == ["roll_no_reason"]
    asked = ask(chair, made)
    assert unit(1).area_centi == 10_000
    assert refused(services.answer_roll_change, chair, asked.pk, agree=True) == ["roll_same_person"]
    later(AFTER_THE_WINDOW)
    assert refused(services.freeze_roll, chair, made.decision.pk) == ["roll_change_waits"]
    services.answer_roll_change(member, asked.pk, agree=True)
    assert unit(1).area_centi == 9_500
    assert Roll.objects.get().area_centi == 59_500
    assert services.freeze_roll(chair, made.decision.pk).area_centi == 59_500


def test_a_change_that_is_turned_down_changes_nothing(roster, chair, member):
    made = roster()
    services.publish_roll(chair, made.decision.pk)
    asked = ask(chair, made)
    services.answer_roll_change(member, asked.pk, agree=False)
    assert unit(1).area_centi == 10_000
    assert refused(services.answer_roll_change, member, asked.pk, agree=True) == ["roll_change_gone"]


def test_a_list_moved_behind_the_roll_is_not_frozen(roster, chair, later):
    made = roster()
    services.publish_roll(chair, made.decision.pk)
    made.register.edition += 1
    made.register.save()
    later(AFTER_THE_WINDOW)
    assert refused(services.freeze_roll, chair, made.decision.pk) == ["roll_moved"]


# Frozen -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def frozen(roster, chair, later):
    """A decision with its roll frozen, in the ordered way."""

    def build(**given):
        made = roster(**given)
        services.publish_roll(chair, made.decision.pk)
        later(AFTER_THE_WINDOW)
        services.freeze_roll(chair, made.decision.pk)
        return made

    return build


def test_the_window_must_be_over_before_the_roll_is_frozen(roster, chair):
    made = roster()
    assert refused(services.freeze_roll, chair, made.decision.pk) == ["roll_not_published"]
    services.publish_roll(chair, made.decision.pk)
    assert refused(services.freeze_roll, chair, made.decision.pk) == ["roll_window_runs"]
    assert not Right.objects.exists()


def test_freezing_writes_rights_units_owners_and_the_check_code_over_the_commitments(frozen):
    made = frozen()
    vote, roll = Vote.objects.get(pk=made.vote.pk), Roll.objects.get()
    assert (vote.roll_size, vote.roll_area_centi, vote.frozen_at) == (6, 60_000, roll.frozen_at)
    rights = list(Right.objects.order_by("number"))
    assert [right.number for right in rights] == [1, 2, 3, 4, 5, 6]
    assert (RightUnit.objects.count(), RightOwner.objects.count()) == (6, 6)
    text = roll_text(vote.matter.number, 6, 60_000, [(right.number, right.commitment) for right in rights])
    assert (roll.value, roll.algorithm) == seal.check_code(text.encode())
    first = rights[0]
    row = Row(1, 1, 10_000, ("业主1",), ("3号楼2单元101室",), first.salt)
    assert first.commitment == commit(row)
    # Whoever is given weight, opening salt and the sealed identity comes to the same, and learns no name.
    assert first.commitment == commitment_of(1, 1, 10_000, identity_of(row), opening_salt(first.salt))
    assert len({right.salt for right in rights}) == 6


def test_confirmed_claims_hold_the_rights_before_and_after_the_freezing(
    frozen, roster, chair, wang_ayi, zhou_dashu, later
):
    made = roster()
    services.publish_roll(chair, made.decision.pk)
    early = services.claim_owner(wang_ayi, made.register.area_id, way=ClaimWay.DESK, name="业主1", room="3-2-1")
    services.decide_claim(chair, early.pk, confirm=True)
    later(AFTER_THE_WINDOW)
    services.freeze_roll(chair, made.decision.pk)
    late = services.claim_owner(zhou_dashu, made.register.area_id, way=ClaimWay.DESK, name="业主2", room="3-2-2")
    services.decide_claim(chair, late.pk, confirm=True)
    held = dict(RightHolder.objects.values_list("person_id", "right__name"))
    assert held == {wang_ayi.person_id: "业主1", zhou_dashu.person_id: "业主2"}
    _page, (mine,) = rows_frozen(made.vote.pk, {late.owner_id}, 0)
    assert (mine.names, mine.is_mine) == ("业主2", True)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Right.objects.update(head=2),
        lambda: Right.objects.filter(number=1).update(area_centi=1),
        lambda: RightUnit.objects.update(area_centi=1),
        lambda: RightUnit.objects.order_by("pk").delete(),
        lambda: RightOwner.objects.order_by("pk").delete(),
        lambda: Right.objects.filter(number=1)._raw_delete(Right.objects.db),
        lambda: Roll.objects.update(heads=7),
        lambda: Right.objects.create(vote=Vote.objects.get(), community=Vote.objects.get().community, number=99),
    ],
)
def test_a_frozen_roll_is_changed_by_nobody_on_no_path(frozen, change):
    frozen()
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_the_list_goes_on_living_while_the_frozen_roll_stays(frozen, chair):
    made = frozen()
    RegisterUnit.objects.filter(code="3-2-1").update(area_centi=1)
    assert Right.objects.get(number=1).area_centi == 10_000
    assert refused(services.freeze_roll, chair, made.decision.pk) == ["roll_frozen"]
    assert refused(ask, chair, made) == ["roll_frozen"]


# A sale afterwards ------------------------------------------------------------------------------------------------


def test_a_sale_passes_the_right_on_by_two_and_leaves_head_and_area(owners_vote, chair, member, wang_ayi):
    made = owners_vote()
    right, seller = made.rights[0], made.people[0]
    number = wang_ayi.person.phone
    written = services.write_succession(chair, right.pk, name="王桂芳", phone=number, **shown())
    assert RightHolder.objects.get(right=right).person_id == seller.person_id
    assert refused(services.write_succession, chair, right.pk, name="王", **shown()) == ["succession_waits"]
    assert refused(services.confirm_succession, chair, written.pk) == ["roll_same_person"]
    assert written.proof.caption == "换人投的证明"
    services.confirm_succession(member, written.pk)
    assert RightHolder.objects.get(right=right).person_id == wang_ayi.person_id
    entry = LedgerEntry.objects.get(kind="succeeded")
    assert right.name not in entry.content
    assert "王桂芳" not in entry.content
    right.refresh_from_db()
    assert (right.head, right.area_centi) == (1, 10_000)


def test_a_right_whose_paper_is_in_the_box_does_not_pass_on(owners_vote, chair, member):
    right = owners_vote().rights[0]
    written = services.write_succession(chair, right.pk, name="王桂芳", **shown())
    services.issue_papers(chair, right.vote_id)
    services.receive_paper(chair, right.vote_id, serial=PaperBallot.objects.get(right=right).serial)
    assert refused(services.confirm_succession, member, written.pk) == ["succession_used"]


def test_with_the_right_the_former_owners_proxy_ends(owners_vote, chair, member, wang_ayi):
    made = owners_vote()
    right = made.rights[0]
    offered = give(made, wang_ayi)
    services.accept_proxy(chair, offered.pk)
    written = services.write_succession(chair, right.pk, name="新业主", **shown())
    services.confirm_succession(member, written.pk)
    offered.refresh_from_db()
    assert (offered.state, offered.reason) == ("withdrawn", "房屋已经转让")
    assert LedgerEntry.objects.filter(kind="proxy_withdrawn").count() == 1


def test_no_right_passes_on_without_the_paper_that_shows_the_sale(owners_vote, chair):
    right = owners_vote().rights[0]
    assert refused(services.write_succession, chair, right.pk, **shown() | {"name": "王", "proof": None}) == [
        "succession_no_proof"
    ]


def test_after_the_closing_no_right_passes_on(owners_vote, chair, later):
    made = owners_vote()
    later(30)
    codes = refused(services.write_succession, chair, made.rights[1].pk, name="王桂芳", **shown())
    assert codes == ["succession_vote_over"]


def test_what_questions_do_to_the_head_count_waits_for_an_answer(roster, chair):
    made = roster()
    RegisterOwner.objects.filter(name="业主2").update(name="业主1")
    ask_same_names(made.register)
    services.answer_same_name(chair, SameName.objects.get().pk, same=True, basis="同一本产权证")
    assert services.publish_roll(chair, made.decision.pk).heads == 5
    codes = refused(services.answer_same_name, chair, SameName.objects.get().pk, same=False, basis="错了")
    assert codes == ["roll_is_out"]
    assert not OwnerClaim.objects.exists()
