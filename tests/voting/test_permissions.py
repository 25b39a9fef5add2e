"""Who may do what with a poll, as a table; and the one line that the others read."""

import pytest
from rules.permissions import permissions

from xieshang.lib.actor import NOBODY, SYSTEM, Actor
from xieshang.lib.permits import has_perm
from xieshang.voting.queries import standing_for
from xieshang.voting.rules import Kind, Standing

pytestmark = pytest.mark.django_db

# who              prepare open  cast
MATRIX = """
wang_ayi           no      no    yes
zhou_dashu         no      no    yes
chen_yezhu         no      no    yes
minor              no      no    no
wairen             no      no    no
zhang_zhuren       yes     yes   no
sun_weiyuan        yes     yes   no
wu_wangge          no      no    no
li_shuji           no      no    no
he_zhuren          no      no    no
zhao_jingli        no      no    no
liu_street         no      no    no
other_zhuren       no      no    no
"""
VERBS = ("voting.prepare", "voting.open", "voting.cast")
# Asked of somebody whose rights stand already: only whether they act as themselves.
OF_RIGHTS = ("voting.use_right",)
ROWS = [line.split() for line in MATRIX.strip().splitlines()]


@pytest.fixture
def everybody(request):
    return {row[0]: request.getfixturevalue(row[0]) for row in ROWS}


def test_the_matrix_holds(everybody, poll):
    vote = poll()
    found = [[name, *("yes" if has_perm(v, actor, vote) else "no" for v in VERBS)] for name, actor in everybody.items()]
    assert found == ROWS


def test_a_right_is_used_by_nobody_in_an_office(everybody, poll):
    vote = poll()
    found = {name for name, actor in everybody.items() if has_perm(*OF_RIGHTS, actor, vote)}
    assert found == {name for name, actor in everybody.items() if actor.office is None}


# Verbs of an owners' decision, in groups that belong to the same people.
CONVENER = (
    "redraft_decision consult open_roll publish_roll answer_roll_objection freeze_roll publish_decision extend abort"
    " withdraw_decision accept_proxy publish_count recount announce correct"
).split()
ESTATE = (
    "import_register answer_same_name decide_claim draft_decision see_registers check_consent set_contract"
).split()
BOTH = (
    "write_succession confirm_succession ask_roll_change answer_roll_change answer_signature"
    " issue_papers settle_conflict settle_dispute sign_count count enter_result plan_item"
).split()
GROUPS = {
    "convener": CONVENER,
    "estate": ESTATE,
    "both": BOTH,
    "class": ["confirm_class", "hand_out_paper", "tally_paper", "end_secret"],
    "opinion": ["give_opinion"],
    "receive": ["receive_paper", "cast_at_door"],
    "carry": ["record_delivery", "key_paper"],
    "annul": ["annul"],
    "object": ["object_to_roll", "claim_owner"],
    "work": ["work_decision"],
}
# An owners' decision about the company, convened by the homeowners' committee.
OWNERS_MATRIX = """
who                convener estate both class opinion receive carry annul object work
wang_ayi           no       no     no   no    no      no      no    no    yes    no
chen_yezhu         no       no     no   no    no      no      no    no    yes    no
zhang_zhuren       no       yes    yes  yes   no      yes     yes   no    no     yes
sun_weiyuan        no       yes    yes  yes   no      yes     yes   no    no     yes
wu_wangge          no       no     no   no    no      yes     yes   no    no     no
li_shuji           no       no     no   no    yes     no      no    no    no     yes
he_zhuren          yes      yes    yes  no    no      yes     yes   no    no     yes
zhao_jingli        no       no     no   no    no      no      no    no    no     no
liu_street         no       yes    no   no    no      no      no    yes   no     yes
other_zhuren       no       no     no   no    no      no      no    no    no     no
"""
HEAD, *OWNERS_ROWS = [line.split() for line in OWNERS_MATRIX.strip().splitlines()]


def _may(actor, verbs, decision):
    found = {has_perm(f"voting.{verb}", actor, decision) for verb in verbs}
    assert len(found) == 1
    return "yes" if found.pop() else "no"


def test_the_matrix_of_owners_decisions_holds(request, bodies, owners_vote):
    decision = owners_vote().decision
    found = []
    for name, *_cells in OWNERS_ROWS:
        actor = request.getfixturevalue(name)
        found.append([name, *(_may(actor, GROUPS[group], decision) for group in HEAD[1:])])
    assert found == OWNERS_ROWS


def test_the_company_may_carry_where_it_is_not_about_itself(zhao_jingli, owners_vote):
    about_roof = owners_vote(item=5).decision
    assert has_perm("voting.record_delivery", zhao_jingli, about_roof)
    assert not has_perm("voting.count", zhao_jingli, about_roof)


def test_a_candidate_touches_no_paper_and_counts_nothing(homeowners_committee, owners_vote):
    made = owners_vote(kind=Kind.ELECTION, item=3, options=["何主任", "钱业主"])
    chair, member = homeowners_committee.chair, homeowners_committee.member
    verbs = ["issue_papers", "receive_paper", "record_delivery", "key_paper", "count", "sign_count"]
    assert [has_perm(f"voting.{verb}", chair, made.decision) for verb in verbs] == [False] * 6
    assert [has_perm(f"voting.{verb}", member, made.decision) for verb in verbs] == [True] * 6


# What of the record is taken away: the openings by owners on the roll, names by those who count and by the street.
TAKEN = ("voting.take_openings", "voting.take_named")


def test_who_takes_more_than_the_public_record(bodies, owners_vote, zhang_zhuren, he_zhuren, liu_street, li_shuji):
    made = owners_vote()
    actors = [made.people[0], he_zhuren, zhang_zhuren, liu_street, li_shuji]
    found = [[has_perm(verb, actor, made.vote) for verb in TAKEN] for actor in actors]
    assert found == [[True, False], [False, True], [False, True], [False, True], [False, False]]


OF_TRUSTEES = ("voting.register_key", "voting.unseal", "voting.answer_end")


def test_trustees_make_keys_and_open_with_the_committee(appraisal, zhang_zhuren, zhao_jingli, wang_ayi):
    vote = appraisal()
    trustee = Actor(vote.trustees.select_related("person").get(seat=1).person)
    actors = (trustee, zhang_zhuren, zhao_jingli, wang_ayi)
    found = [[has_perm(verb, actor, vote) for verb in OF_TRUSTEES] for actor in actors]
    assert found == [[True, True, True], [False, True, True], [False] * 3, [False] * 3]


# Whoever speaks for a body of the place; the meeting asks for its own chair (tests/meetings).
OF_ROOMS = ("voting.hold_room",)


def test_a_vote_in_a_room_is_held_by_a_body_of_the_place(everybody, matter):
    found = {name for name, actor in everybody.items() if has_perm(*OF_ROOMS, actor, matter)}
    bodies = {"zhang_zhuren", "sun_weiyuan", "wu_wangge", "li_shuji", "he_zhuren", "zhao_jingli", "liu_street"}
    assert found == bodies


def test_no_verb_is_missing_from_the_tables():
    told = {*VERBS, *OF_RIGHTS, *TAKEN, *OF_TRUSTEES, *OF_ROOMS} | {
        f"voting.{verb}" for verbs in GROUPS.values() for verb in verbs
    }
    assert {name for name in permissions if name.startswith("voting.")} == told


def test_nobody_and_time_may_nothing(everybody, poll):
    vote = poll()
    assert [has_perm(verb, actor, vote) for actor in (NOBODY, SYSTEM) for verb in VERBS] == [False] * 6


def test_everybody_hears_one_reason(everybody, poll, places, make_person, move_in):
    vote = poll(scope_id=places.stairwell.pk)
    late = make_person("后来的")
    move_in(late, places.units[0])
    outside = make_person("四号楼的")
    move_in(outside, places.units[-2])
    actors = everybody | {"nobody": NOBODY, "late": type(NOBODY)(late), "outside": type(NOBODY)(outside)}
    told = {name: standing_for(actor, vote).standing for name, actor in actors.items()}
    expected = dict.fromkeys(
        "zhang_zhuren sun_weiyuan wu_wangge li_shuji he_zhuren zhao_jingli liu_street other_zhuren".split(),
        Standing.IN_OFFICE,
    )
    expected |= dict.fromkeys(["wang_ayi", "zhou_dashu", "chen_yezhu"], Standing.MAY)
    expected |= {"minor": Standing.UNDER_AGE, "wairen": Standing.NOT_VERIFIED, "nobody": Standing.NOT_SIGNED_IN}
    expected |= {"late": Standing.AFTER_FREEZE, "outside": Standing.OUT_OF_SCOPE}
    assert told == expected


def test_a_sentence_has_no_blanks_left_in_it(everybody, poll):
    vote = poll()
    sentences = [standing_for(actor, vote).sentence for actor in (*everybody.values(), NOBODY)]
    assert [sentence for sentence in sentences if "{" in sentence] == []
