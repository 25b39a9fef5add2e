"""The count of an owners' vote, from its ballots through the database: what blocks it, and the vectors of the brief."""

import datetime

import pytest
from django.core.files.base import ContentFile

from tests.voting.counting import count
from tests.voting.owners import unguarded
from xieshang.discussion.models import Attachment
from xieshang.lib.clock import now
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.voting import queries, services
from xieshang.voting.models import (
    Ballot,
    Conflict,
    CountLine,
    Delivery,
    Dispute,
    LedgerEntry,
    PaperBallot,
    VoteCount,
)
from xieshang.voting.rules import Kind
from xieshang.voting.rules.deciding import State

DEEMED = {"assembly.deemed": "majority"}
VECTORS = {
    "T01": (4, {}, [(101, 10_000.01, "同意"), (99, 9_999.99, "不同意")], "PASSED", []),
    "T02": (4, {}, [(150, 15_000, "同意"), (49, 5_000, "不同意")], "QUORUM_NOT_MET", []),
    "T03": (4, {}, [(150, 15_000, "同意"), (50, 4_999.99, "不同意")], "QUORUM_NOT_MET", []),
    "T05": (4, {}, [(120, 10_000, "同意"), (80, 10_000, "不同意")], "NOT_PASSED", []),
    "T06": (7, {}, [(150, 15_000, "同意"), (50, 5_000, "不同意")], "PASSED", []),
    "T07": (7, {}, [(150, 14_999.99, "同意"), (50, 5_000.01, "不同意")], "NOT_PASSED", []),
    "T09": (4, {}, [(100, 10_000, "同意"), (100, 10_000, "不同意")], "NOT_PASSED", []),
    "T10": (4, {}, [], "QUORUM_NOT_MET", []),
    "T15": (4, {}, [(100, 10_000, "同意"), (40, 4_000, "不同意"), (60, 6_000, "弃权")], "NOT_PASSED", []),
    "T20b": (6, {}, [(126, 12_600, "同意"), (84, 8_400, "不同意")], "NOT_PASSED", []),
}
WITH_INVALID = [(110, 11_000, "同意"), (85, 8_500, "不同意"), (10, 1_000, {"mark": "invalid"})]
SILENT = [(120, 12_000, "同意"), (60, 6_000, "不同意"), (30, 3_000, {"delivered": True})]
DEPENDS = ["OUTCOME_DEPENDS_ON_INVALID_RULE"]
VECTORS |= {
    "T16a": (4, {}, WITH_INVALID, "QUORUM_NOT_MET", DEPENDS),
    "T16b": (4, {"assembly.invalid_participates": True}, WITH_INVALID, "PASSED", DEPENDS),
    "T17a": (4, {}, SILENT, "QUORUM_NOT_MET", []),
    "T17b": (4, DEEMED, SILENT, "PASSED", []),
    "T17c": (8, DEEMED, SILENT, "QUORUM_NOT_MET", []),
    "T17d": (
        4,
        DEEMED,
        [(100, 9_000, "同意"), (90, 10_000, "不同意"), (30, 3_000, {"delivered": True})],
        "QUORUM_NOT_MET",
        ["SPLIT_MAJORITY"],
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_a_vector_of_the_brief_comes_out_the_same_through_the_database(name, owners_vote, homeowners_committee, group):
    item, values, groups, outcome, flags = VECTORS[name]
    made = owners_vote(homes=1, state=State.COUNTING, item=item, values=values)
    with unguarded():
        type(made.decision).objects.filter(pk=made.decision.pk).update(deemed_clause="议事规则第12条" if values else "")
    for one in groups:
        more = one[-1] if isinstance(one[-1], dict) else {}
        group(made, *(one[:-1] if more else one), **more)
    group(made, 299 - sum(one[0] for one in groups), 29_900 - sum(one[1] for one in groups))
    kept = services.count_vote(homeowners_committee.chair, made.vote.pk)
    assert (kept.outcome, kept.flags) == (outcome, flags)
    assert (kept.heads, kept.area_centi) == (300, 3_000_000)


def test_silence_counts_only_by_a_named_clause(owners_vote, homeowners_committee, group):
    made = owners_vote(homes=1, state=State.COUNTING, values=DEEMED)
    group(made, 5, 500, "同意")
    group(made, 2, 200, delivered=True)
    assert not CountLine.objects.filter(count=count(made, homeowners_committee), row="deemed").exists()


DELIVERIES = {
    "read online": ({"way": "online", "taken_by": "owner"}, False, True),
    "handed over, with a photo": ({"way": "hand", "taken_by": "owner"}, True, True),
    "taken by the family, with a photo": ({"way": "door", "taken_by": "family"}, True, True),
    "handed over, nothing to show": ({"way": "hand", "taken_by": "owner"}, False, False),
    "taken by a tenant": ({"way": "hand", "taken_by": "tenant"}, True, False),
    "on the board": ({"way": "board", "taken_by": "nobody"}, True, False),
    "put through the door": ({"way": "door", "taken_by": "nobody"}, True, False),
}


@pytest.mark.parametrize("name", DELIVERIES)
def test_only_a_delivery_that_can_be_shown_lets_silence_count(name, owners_vote, homeowners_committee, group, photo_of):
    fields, has_proof, is_counted = DELIVERIES[name]
    made = owners_vote(homes=1, state=State.COUNTING, values=DEEMED)
    with unguarded():
        type(made.decision).objects.filter(pk=made.decision.pk).update(deemed_clause="议事规则第12条")
    group(made, 5, 500, "同意")
    proof = photo_of(made) if has_proof else None
    Delivery.objects.create(
        vote=made.vote,
        right=made.rights[0],
        unit=made.register.units.first(),
        at=now(),
        recorded_at=now(),
        key="d",
        proof=proof,
        **fields,
    )
    kept = count(made, homeowners_committee)
    deemed = [(line.heads, line.area_centi) for line in CountLine.objects.filter(count=kept, row="deemed")]
    assert deemed == ([(1, 10_000)] if is_counted else [])


@pytest.fixture
def photo_of(homeowners_committee):
    """A sheet that proves a delivery."""

    def make(made):
        return Attachment.objects.create(
            matter=made.vote.matter,
            uploader=homeowners_committee.chair.person,
            kind="document",
            file=ContentFile(b"x", name="sheet.pdf"),
            name="sheet.pdf",
            sha256="0" * 64,
            at=now(),
        )

    return make


# What blocks a count. -------------------------------------------------------------------------------------------------


def _paper(made, committee):
    PaperBallot.objects.create(
        vote=made.vote,
        right=made.rights[0],
        serial="S1",
        state="received",
        issued_at=now(),
        issued_by=committee.chair.person,
        received_at=now(),
        received_by=committee.chair.person,
    )


def _conflict(made, committee):
    Conflict.objects.create(right=made.rights[0], words="线上和纸质都有", at=now())


def _dispute(made, committee):
    ballot = Ballot.objects.create(
        right=made.rights[0],
        vote=made.vote,
        community=made.vote.community,
        cast_at=now(),
        channel="paper",
        receipt="X",
    )
    Dispute.objects.create(ballot=ballot, person=made.people[1].person, text="不是我们商量的", at=now())


@pytest.mark.parametrize(
    ("loose", "code"), [(_paper, "papers_wait"), (_conflict, "conflicts_wait"), (_dispute, "disputes_wait")]
)
def test_a_loose_end_blocks_the_count(loose, code, owners_vote, homeowners_committee):
    made = owners_vote(homes=3, state=State.COUNTING)
    loose(made, homeowners_committee)
    with pytest.raises(RuleViolation) as refused:
        count(made, homeowners_committee)
    assert [one.code for one in refused.value.refusals] == [code]
    assert "1" in refused.value.refusal.sentence
    assert not VoteCount.objects.exists()


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.VOTING, "still_sealed"),
        (State.NOTICE, "still_sealed"),
        (State.PRELIM_PUBLICITY, "still_sealed"),
        (State.ABORTED, "still_sealed"),
    ],
)
def test_nobody_counts_before_the_closing(state, code, owners_vote, homeowners_committee):
    made = owners_vote(homes=3, state=state)
    with pytest.raises(RuleViolation) as refused:
        count(made, homeowners_committee)
    assert refused.value.refusal.code == code


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.PRELIM_PUBLICITY, "published_already"),
        (State.DECIDED, "not_counting"),
        (State.ANNOUNCED, "not_counting"),
        (State.ANNULLED, "not_counting"),
    ],
)
def test_what_is_published_is_not_counted_again_in_passing(state, code, owners_vote, homeowners_committee):
    made = owners_vote(homes=3, state=State.COUNTING)
    type(made.decision).objects.filter(pk=made.decision.pk).update(state=state.value)
    with pytest.raises(RuleViolation) as refused:
        count(made, homeowners_committee)
    assert refused.value.refusal.code == code


def test_a_recount_needs_a_reason_and_stands_beside_the_first(owners_vote, homeowners_committee, group):
    made = owners_vote(homes=1, state=State.COUNTING)
    group(made, 3, 300, "同意")
    first = count(made, homeowners_committee)
    with pytest.raises(RuleViolation) as refused:
        count(made, homeowners_committee)
    assert refused.value.refusal.code == "recount_reason"
    second = count(made, homeowners_committee, reason="两位业主对一张票的录入有异议")
    assert [first.number, second.number] == [1, 2]
    assert LedgerEntry.objects.filter(vote=made.vote, kind="result").count() == 2


def test_only_tellers_count(owners_vote):
    made = owners_vote(homes=3, state=State.COUNTING)
    with pytest.raises(NotAllowed):
        services.count_vote(made.people[0], made.vote.pk)


# Kinds. ---------------------------------------------------------------------------------------------------------------


def test_an_election_names_elected_and_reserve_in_order(owners_vote, homeowners_committee, group):
    names = ("甲", "乙", "丙")
    made = owners_vote(homes=1, state=State.COUNTING, kind=Kind.ELECTION, options=names, item=3)
    with unguarded():
        type(made.decision).objects.filter(pk=made.decision.pk).update(seats=2)
    group(made, 5, 500, "甲", "乙")
    group(made, 3, 300, "丙", "乙")
    group(made, 3, 300, "丙", "甲")
    group(made, 1, 100, "甲", "乙", "丙")
    group(made, 1, 100, "丙", "以上都不同意")
    kept = count(made, homeowners_committee)
    texts = dict(made.vote.options.values_list("pk", "text"))
    assert [texts[pk] for pk in kept.elected + kept.reserve] == ["甲", "乙", "丙"]
    assert (kept.outcome, len(kept.elected)) == ("PASSED", 2)
    invalid = CountLine.objects.get(count=kept, row="invalid")
    assert (invalid.heads, invalid.area_centi) == (2, 20_000)


def test_of_several_plans_one_passes(owners_vote, homeowners_committee, group):
    made = owners_vote(homes=1, state=State.COUNTING, kind=Kind.PLANS, options=("甲", "乙"), item=9)
    group(made, 3, 300, "甲", channel="paper")
    group(made, 1, 100, "以上都不同意")
    kept = count(made, homeowners_committee)
    assert (kept.outcome, kept.choice.text) == ("PASSED", "甲")


def test_a_kept_count_reads_back_as_it_came_out(owners_vote, homeowners_committee, group):
    made = owners_vote(homes=1, state=State.COUNTING, values=DEEMED)
    with unguarded():
        type(made.decision).objects.filter(pk=made.decision.pk).update(deemed_clause="议事规则第12条")
    group(made, 5, 500, "同意")
    group(made, 2, 200, "不同意")
    group(made, 1, 100, mark="blank")
    group(made, 2, 150, delivered=True)
    count(made, homeowners_committee)
    made.vote.refresh_from_db()
    straight = queries.count_owners(made.vote)
    kept = queries.kept_counts(made.vote, queries.reckoning_of(made.vote))[0].result
    agree = made.vote.options.get(text="同意").pk
    assert kept.counted.part == straight.counted.part
    assert kept.counted.support(agree) == straight.counted.support(agree)
    assert kept.counted.invalid == straight.counted.invalid
    assert (kept.decision, kept.flags) == (straight.decision, straight.flags)


def test_time_closes_an_owners_vote_without_counting_it(owners_vote, later):
    made = owners_vote(homes=3)
    later(20)
    services.due(now() + datetime.timedelta(days=20))
    assert not VoteCount.objects.filter(vote=made.vote).exists()
