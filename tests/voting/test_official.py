"""Where the place demands its own platform: its result is entered by two people, checked, and shown as such."""

import datetime
from dataclasses import replace

import pytest
from django.urls import reverse

from tests.people import enter_as
from tests.voting.owners import unguarded
from tests.voting.test_deciding import picture, refused
from xieshang.lib import clock
from xieshang.outcomes import services as outcomes
from xieshang.voting import services
from xieshang.voting.forms.official import OfficialForm
from xieshang.voting.models import Decision, VoteCount
from xieshang.voting.queries.official import counts_silence
from xieshang.voting.rules import Item, Kind, Outcome, Slate, Tally, Terms
from xieshang.voting.rules.deciding import State
from xieshang.voting.rules.official import Said, Sheet, faults_of, result_of
from xieshang.voting.services import deciding
from xieshang.voting.services.deciding import Typed

NAMES = {1: "同意", 2: "不同意", 3: "弃权"}
MOTION = Slate((1,), 3, 2)
WHOLE = Tally(300, 3_000_000)


def sheet(*options, part=None, whole=WHOLE, invalid=(0, 0), said=Said.NOTHING):
    rows = {key: Tally(*figures) for key, figures in zip(NAMES, options, strict=False)}
    took_part = sum(rows.values(), Tally()) if part is None else Tally(*part)
    return Sheet(whole, took_part, rows, Tally(*invalid), said)


GOOD = sheet((120, 1_200_000), (80, 800_000), (10, 100_000))
CASES = [
    (GOOD, []),
    (sheet((1, 1), whole=Tally()), ["official_total_of_zero"]),
    (sheet((310, 3_100_000)), ["official_part_above", "official_part_above"]),
    (sheet((120, 1_200_000), part=(110, 1_200_000)), ["official_option_above", "official_sum_differs"]),
    (sheet((120, 1_200_000), (80, 800_000), part=(200, 2_000_001)), ["official_sum_differs"]),
    (sheet((120, 0), part=(120, 0)), ["official_one_base_empty", "official_one_base_empty"]),
    (sheet((1, 100), whole=Tally(299, 2_990_000)), ["official_roll_differs"]),
]


@pytest.mark.parametrize(("given", "codes"), CASES)
def test_figures_that_cannot_be_are_named(given, codes):
    terms = Terms(Kind.MOTION, Item.COMPANY)
    found = faults_of(given, terms, MOTION, NAMES, roll=WHOLE, is_explained=False)
    assert [fault.code for fault in found] == codes
    assert all("{" not in fault.sentence for fault in found)


def test_another_total_than_the_roll_needs_a_reason():
    terms = Terms(Kind.MOTION, Item.COMPANY)
    other = sheet((1, 100), whole=Tally(299, 2_990_000))
    assert faults_of(other, terms, MOTION, NAMES, roll=WHOLE, is_explained=True) == []


def test_in_an_election_a_ballot_names_as_many_as_there_are_seats():
    terms = Terms(Kind.ELECTION, Item.COMMITTEE)
    two = sheet((200, 2_000_000), (200, 2_000_000), part=(200, 2_000_000))
    assert faults_of(two, terms, replace(MOTION, seats=2), NAMES, roll=WHOLE, is_explained=False) == []
    codes = {fault.code for fault in faults_of(two, terms, MOTION, NAMES, roll=WHOLE, is_explained=False)}
    assert codes == {"official_sum_differs"}


ENDS = [
    (GOOD, False, Outcome.PASSED, []),
    (sheet((150, 1_500_000), (49, 500_000)), False, Outcome.QUORUM_NOT_MET, []),
    (
        sheet((150, 1_500_000), (49, 500_000), said=Said.PASSED),
        False,
        Outcome.QUORUM_NOT_MET,
        ["PUBLISHED_OUTCOME_DIFFERS"],
    ),
    (sheet((100, 1_200_000), (100, 800_000), said=Said.NOT_PASSED), False, Outcome.NOT_PASSED, []),
]


@pytest.mark.parametrize(("given", "invalid_takes_part", "outcome", "flags"), ENDS)
def test_the_law_decides_and_not_what_the_sheet_says(given, invalid_takes_part, outcome, flags):
    found = result_of(given, Terms(Kind.MOTION, Item.COMPANY, invalid_takes_part=invalid_takes_part), MOTION)
    assert (found.decision.outcome, [flag.value for flag in found.flags]) == (outcome, flags)


def test_invalid_ballots_inside_those_who_took_part_are_not_counted_twice():
    given = sheet((110, 1_100_000), (85, 850_000), part=(205, 2_050_000), invalid=(10, 100_000))
    terms = Terms(Kind.MOTION, Item.COMPANY, invalid_takes_part=True)
    assert faults_of(given, terms, MOTION, NAMES, roll=WHOLE, is_explained=False) == []
    found = result_of(given, terms, MOTION)
    assert (found.decision.outcome, found.counted.part) == (Outcome.PASSED, Tally(205, 2_050_000))


def test_silent_owners_whom_the_rules_count_join_the_leading_option():
    rows = {1: Tally(110, 1_100_000), 2: Tally(60, 600_000), 3: Tally()}
    given = Sheet(WHOLE, Tally(210, 2_100_000), rows, deemed=Tally(40, 400_000))
    terms = Terms(Kind.MOTION, Item.OTHER, deemed=True)
    assert faults_of(given, terms, MOTION, NAMES, roll=WHOLE, is_explained=False) == []
    found = result_of(given, terms, MOTION)
    assert (found.decision.outcome, found.counted.support(1)) == (Outcome.PASSED, Tally(150, 1_500_000))
    assert found.counted.part == given.part


# What was cast, 40 silent owners beside it: 弃权 ahead is no majority, nor is a lead on one base only.
NOBODY_LEADS = [
    ((100, 1_000_000), (100, 1_000_000), (0, 0)),
    ((60, 600_000), (60, 600_000), (90, 900_000)),
    ((101, 1_000_000), (100, 1_000_001), (0, 0)),
    ((0, 0), (0, 0), (200, 2_000_000)),
]


@pytest.mark.parametrize("cast", NOBODY_LEADS)
def test_silent_owners_join_nobody_where_no_choice_leads_on_both_bases(cast):
    rows = {key: Tally(*figures) for key, figures in zip(NAMES, cast, strict=True)}
    deemed = Tally(40, 400_000)
    given = Sheet(WHOLE, sum(rows.values(), deemed), rows, deemed=deemed)
    terms = Terms(Kind.MOTION, Item.OTHER, deemed=True)
    faults = faults_of(given, terms, MOTION, NAMES, roll=WHOLE, is_explained=False)
    assert [fault.code for fault in faults] == ["official_nobody_leads"]


def test_a_choice_that_leads_is_the_majority_even_where_more_abstain():
    rows = {1: Tally(61, 610_000), 2: Tally(60, 600_000), 3: Tally(90, 900_000)}
    given = Sheet(WHOLE, Tally(251, 2_510_000), rows, deemed=Tally(40, 400_000))
    terms = Terms(Kind.MOTION, Item.OTHER, deemed=True)
    assert faults_of(given, terms, MOTION, NAMES, roll=WHOLE, is_explained=False) == []
    assert result_of(given, terms, MOTION).counted.support(1) == Tally(101, 1_010_000)


@pytest.mark.django_db
def test_the_row_for_the_silent_stands_only_where_the_rules_count_them(owners_vote):
    made = owners_vote(
        state=State.COUNTING, values={"assembly.official_evote_required": True, "assembly.deemed": "majority"}
    )
    found = []
    for clause in ("", "议事规则第20条"):
        with unguarded():
            Decision.objects.filter(pk=made.decision.pk).update(item=int(Item.OTHER), deemed_clause=clause)
        decision = Decision.objects.select_related("vote").get(pk=made.decision.pk)
        found.append("deemed" in OfficialForm(decision=decision, counts_silence=counts_silence(decision)).keys)
    assert found == [False, True]


# The way through the verbs. -------------------------------------------------------------------------------------------


def typed(made, *heads, whole=6):
    options = {option.pk: Tally(n, n * 10_000) for option, n in zip(made.vote.options.all(), heads, strict=True)}
    part = sum(options.values(), Tally())
    return Typed("某市业主电子投票系统", Sheet(Tally(whole, whole * 10_000), part, options))


@pytest.mark.django_db
def test_it_is_entered_by_one_confirmed_by_another_published_and_announced(
    elsewhere, homeowners_committee, later, client, zhang_zhuren
):
    chair, member, decision = homeowners_committee.chair, homeowners_committee.member, elsewhere.decision
    assert refused(services.count_vote, chair, elsewhere.vote.pk) == ["official_counts"]
    assert refused(deciding.publish_count, chair, decision.pk) == ["official_missing"]
    bad = typed(elsewhere, 5, 0, 0, whole=4)
    assert "official_part_above" in refused(deciding.enter_result, chair, decision.pk, bad, picture())
    assert refused(deciding.enter_result, chair, decision.pk, typed(elsewhere, 4, 1, 0), None) == [
        "official_sheet_missing"
    ]
    asked = deciding.enter_result(chair, decision.pk, typed(elsewhere, 4, 1, 0), picture())
    assert refused(deciding.answer_signature, chair, asked.pk, agreed=True) == ["own_signature"]
    assert not VoteCount.objects.exists()
    deciding.answer_signature(member, asked.pk, agreed=True)
    count = VoteCount.objects.get()
    assert (count.outcome, count.heads, count.lines.get(row="part").heads) == ("PASSED", 6, 5)
    decision = deciding.publish_count(chair, decision.pk)
    assert "在某市业主电子投票系统表决" in decision.prelim.body
    assert "以上数字来自某市业主电子投票系统" in decision.prelim.body
    later(20)
    deciding.due(decision.entered_at + datetime.timedelta(days=20))
    assert deciding.announce(chair, decision.pk).state == State.ANNOUNCED
    page = client.get(reverse("voting:owners_result", args=[elsewhere.vote.pk])).content.decode()
    assert "结果来自某市业主电子投票系统" in page
    assert "查我的一票在不在" not in page


@pytest.mark.django_db
def test_what_the_second_person_declines_is_entered_anew(elsewhere, homeowners_committee):
    chair, member, decision = homeowners_committee.chair, homeowners_committee.member, elsewhere.decision
    asked = deciding.enter_result(chair, decision.pk, typed(elsewhere, 4, 1, 0), picture())
    assert refused(deciding.enter_result, member, decision.pk, typed(elsewhere, 5, 0, 0), picture()) == [
        "signature_waits"
    ]
    deciding.answer_signature(member, asked.pk, agreed=False)
    deciding.enter_result(member, decision.pk, typed(elsewhere, 5, 0, 0), picture())


@pytest.mark.django_db
def test_a_vote_counted_here_takes_no_figures_from_elsewhere(owners_vote, homeowners_committee):
    made = owners_vote(state=State.COUNTING)
    assert refused(
        deciding.enter_result, homeowners_committee.chair, made.decision.pk, typed(made, 4, 1, 0), picture()
    ) == ["not_official"]


@pytest.mark.django_db
def test_the_page_takes_the_sheet_and_shows_every_row_to_the_second(elsewhere, homeowners_committee, client, wang_ayi):
    def enter(actor):
        enter_as(client, actor)

    address = reverse("voting:official_result", args=[elsewhere.vote.pk])
    enter(homeowners_committee.chair)
    assert "录入官方平台的结果" in client.get(reverse("voting:work", args=[elsewhere.vote.pk])).content.decode()
    figures = {"whole": (6, "600"), "part": (5, "500"), "invalid": (0, "0")}
    figures |= {
        f"option{o.pk}": (n, str(n * 100)) for o, n in zip(elsewhere.vote.options.all(), (4, 1, 0), strict=True)
    }
    form = {f"{key}_heads": heads for key, (heads, _area) in figures.items()}
    form |= {f"{key}_area": area for key, (_heads, area) in figures.items()}
    form |= {"platform": "某市业主电子投票系统", "said": "passed"}
    assert client.post(address, form).status_code == 422
    wrong = client.post(address, form | {"upload": picture(), "part_heads": "6"})
    assert wrong.status_code == 409
    assert "人数加起来是5，结果单上参与表决的人数是6" in wrong.content.decode()
    assert client.post(address, form | {"upload": picture()}).status_code == 302
    assert "录入的人自己不能确认" in client.get(address).content.decode()
    sheet_address = reverse(
        "voting:official_sheet", args=[elsewhere.vote.pk, elsewhere.decision.asked.get().given["document"]]
    )
    enter(homeowners_committee.member)
    page = client.get(address).content.decode()
    assert "都对，确认" in page
    assert "400.00" in page
    assert client.get(sheet_address).status_code == 200
    enter(wang_ayi)
    assert client.get(sheet_address).status_code == 404
    assert client.get(address).status_code == 403


@pytest.mark.django_db
def test_named_boards_must_hang_before_the_days_of_the_inquiry_begin(elsewhere, homeowners_committee, later):
    chair, decision = homeowners_committee.chair, elsewhere.decision
    asked = deciding.enter_result(chair, decision.pk, typed(elsewhere, 4, 1, 0), picture())
    deciding.answer_signature(homeowners_committee.member, asked.pk, agreed=True)
    decision = deciding.publish_count(chair, decision.pk, boards=["南门公告栏"])
    assert "各公告栏都贴好的第二天起算" in decision.prelim.body
    later(20)
    deciding.due(clock.now())
    assert Decision.objects.get().state == State.PRELIM_PUBLICITY
    outcomes.record_posting(chair, decision.prelim_id, board="南门公告栏", on=clock.today(), photo=picture())
    deciding.due(clock.now())
    assert Decision.objects.get().state == State.PRELIM_PUBLICITY
    later(40)
    deciding.due(clock.now())
    assert Decision.objects.get().state == State.DECIDED
