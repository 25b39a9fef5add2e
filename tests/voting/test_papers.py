"""Paper: received unread before closing, which shuts the other ways; read by two after it; conflicts settled by two."""

import pytest

from tests.voting.owners import unguarded
from tests.voting.test_owners_casting import refusal_of
from xieshang.lib import clock
from xieshang.lib.refusals import NotAllowed
from xieshang.voting import queries, services
from xieshang.voting.models import Ballot, Conflict, Decision, Keying, LedgerEntry, PaperBallot, RightUnit, Vote
from xieshang.voting.rules import State as VoteState
from xieshang.voting.rules.deciding import State
from xieshang.voting.rules.paperwork import PaperState, Stands

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(owners_vote, homeowners_committee):
    """A decision that owners vote on, every ballot printed."""
    made = owners_vote()
    made.chair, made.member = homeowners_committee.chair, homeowners_committee.member
    services.issue_papers(made.chair, made.vote.pk)
    made.papers = list(PaperBallot.objects.order_by("right_id"))
    return made


def shut():
    """Close the vote as time does, without the count."""
    Vote.objects.update(state=VoteState.CLOSED.value, closed_at=clock.now())
    Decision.objects.update(state=State.COUNTING.value)


def take_in(made, n=0, who=None):
    return services.receive_paper(who or made.chair, made.vote.pk, serial=made.papers[n].serial)


def read(made, actor, *texts, n=0, **given):
    ids = list(made.vote.options.filter(text__in=texts).values_list("pk", flat=True))
    return services.key_paper(actor, made.papers[n].pk, option_ids=ids, **given)


def test_every_right_gets_one_ballot_however_often_one_prints(printed):
    assert services.issue_papers(printed.chair, printed.vote.pk) == 0
    assert len({paper.serial for paper in printed.papers}) == len(printed.rights) == 6


def test_a_letter_without_a_ballot_says_where_it_is(printed):
    take_in(printed)
    third = printed.papers[2]
    PaperBallot.objects.filter(pk=third.pk).update(state=PaperState.VOID.value)
    second = RightUnit.objects.get(right_id=printed.papers[1].right_id)
    with unguarded():
        RightUnit.objects.filter(right_id=printed.papers[3].right_id).update(right=second.right)
    letters = queries.sheets_to_print(printed.vote, "3号楼", lambda unit, owners: "CODE")
    words = ["已经交回", "", "请向召集人领取", f"印在{second.label}的信上", "", ""]
    assert [(bool(letter.serial), said in letter.no_ballot) for letter, said in zip(letters, words, strict=True)] == [
        (not said, True) for said in words
    ]


def test_a_received_paper_shuts_online_and_is_not_read(printed, hand_in):
    take_in(printed)
    refused = refusal_of(lambda: hand_in(printed.people[0], printed.vote))
    assert (refused.code, refused.sentence[:8]) == ("on_paper", "您的纸质票已经在")
    assert queries.standing_for(printed.people[0], printed.vote).standing == "on_paper"
    assert Ballot.objects.count() == 0
    assert queries.participation(Vote.objects.get()).taken == 1


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "http://x/votes/1/papers/receive/?serial={0}"])
def test_a_serial_is_found_however_it_is_typed(printed, typed):
    serial = printed.papers[0].serial
    typed = typed.format(serial).replace("-", "－") if "http" not in typed else typed.format(serial)
    assert services.receive_paper(printed.chair, printed.vote.pk, serial=typed).state == PaperState.RECEIVED


def test_a_paper_of_another_vote_is_told_where_it_belongs(printed, poll, wang_ayi):
    other, by = poll(), printed.chair.person
    facts = {"serial": "3333-3333-3333", "issued_at": clock.now(), "issued_by": by}
    PaperBallot.objects.create(vote=other, right=other.rights.first(), **facts)
    found = refusal_of(lambda: services.receive_paper(printed.chair, printed.vote.pk, serial="3333 3333 3333"))
    assert found.code == "serial_of_another_vote"
    assert other.question in found.sentence


def test_a_used_an_unknown_a_void_and_a_late_serial_are_refused_with_a_sentence(printed, later):
    take_in(printed)
    fresh = services.reissue_paper(printed.chair, printed.papers[1].pk, reason="丢了")
    serials = [printed.papers[0].serial, "2222-2222-2222", printed.papers[1].serial]
    refused = [
        refusal_of(lambda s=s: services.receive_paper(printed.chair, printed.vote.pk, serial=s)) for s in serials
    ]
    assert [one.code for one in refused] == ["serial_used", "unknown_serial", "serial_void"]
    assert printed.papers[0].serial in refused[0].sentence
    later(11)
    late = refusal_of(lambda: services.receive_paper(printed.chair, printed.vote.pk, serial=fresh.serial))
    assert late.sentence == f"已截止，编号{fresh.serial}的票没有收下。请当面说明，把票退还业主。"


def test_candidates_neighbours_and_the_company_take_no_paper_in(printed, wang_ayi, zhao_jingli):
    for actor in (wang_ayi, zhao_jingli):
        with pytest.raises(NotAllowed):
            take_in(printed, who=actor)


def test_two_people_read_blind_and_what_was_received_counts_whenever_it_is_read(printed):
    take_in(printed)
    assert refusal_of(lambda: read(printed, printed.chair, "同意")).code == "not_keying"
    shut()
    read(printed, printed.chair, "同意")
    assert Ballot.objects.count() == 0
    assert refusal_of(lambda: read(printed, printed.chair, "同意")).code == "keyed_by_you"
    assert [row.serial for row in queries.papers_to_key(printed.chair, printed.vote)] == []
    read(printed, printed.member, "同意")
    ballot = Ballot.objects.get()
    assert (ballot.channel, [tick.option.text for tick in ballot.choices.all()]) == ("paper", ["同意"])
    kinds = list(LedgerEntry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["received", "keyed", "keyed", "confirmed"]
    assert refusal_of(lambda: read(printed, printed.chair, "同意")).code == "keyed_by_you"


def test_a_paper_that_was_not_received_is_not_read(printed):
    shut()
    assert refusal_of(lambda: read(printed, printed.chair, "同意")).code == "not_received"


def test_unequal_readings_go_to_a_third(printed, zhang_zhuren):
    take_in(printed)
    shut()
    read(printed, printed.chair, "同意")
    read(printed, printed.member, "不同意")
    assert Ballot.objects.count() == 0
    read(printed, zhang_zhuren, "不同意")
    assert [tick.option.text for tick in Ballot.objects.get().choices.all()] == ["不同意"]
    assert Conflict.objects.count() == 0


def test_three_different_readings_are_settled_by_two(printed, zhang_zhuren):
    take_in(printed)
    shut()
    read(printed, printed.chair, "同意")
    read(printed, printed.member, "不同意")
    read(printed, zhang_zhuren, "弃权")
    conflict = Conflict.objects.get()
    services.settle_conflict(printed.chair, conflict.pk, stands=Stands.INVALID)
    alone = refusal_of(lambda: services.settle_conflict(printed.chair, conflict.pk, stands=Stands.INVALID))
    assert alone.code == "same_person"
    services.settle_conflict(zhang_zhuren, conflict.pk, stands=Stands.INVALID)
    assert (Ballot.objects.get().mark, Conflict.objects.get().settled_at is None) == ("invalid", False)


@pytest.mark.parametrize(
    ("texts", "unreadable", "mark"),
    [((), False, "blank"), (("同意", "不同意"), False, "invalid"), (("同意",), True, "invalid")],
)
def test_what_is_not_one_clear_tick_is_marked_so(printed, texts, unreadable, mark):
    take_in(printed)
    shut()
    for actor in (printed.chair, printed.member):
        read(printed, actor, *texts, unreadable=unreadable)
    assert (Ballot.objects.get().mark, Ballot.objects.get().choices.count()) == (mark, 0)


@pytest.mark.parametrize(("paper_wins", "stands", "text"), [(False, "ballot", "同意"), (True, "paper", "不同意")])
def test_online_first_then_paper_is_a_conflict_that_two_settle_by_the_rule(
    owners_vote, homeowners_committee, hand_in, paper_wins, stands, text
):
    made = owners_vote(values={"assembly.paper_wins": paper_wins})
    chair, member = homeowners_committee.chair, homeowners_committee.member
    services.issue_papers(chair, made.vote.pk)
    made.papers = list(PaperBallot.objects.order_by("right_id"))
    hand_in(made.people[0], made.vote)
    take_in(made, who=chair)
    shut()
    read(made, chair, "不同意")
    read(made, member, "不同意")
    (shown,) = queries.conflicts_of(chair, made.vote)
    assert [value for value, _label in shown.choices] == [stands]
    other = Stands.PAPER if stands == "ballot" else Stands.BALLOT
    assert refusal_of(lambda: services.settle_conflict(chair, shown.id, stands=other)).code == "not_by_the_rule"
    for actor in (chair, member):
        services.settle_conflict(actor, shown.id, stands=Stands(stands))
    assert [tick.option.text for tick in Ballot.objects.get().choices.all()] == [text]
    assert [one.is_open for one in queries.conflicts_of(chair, made.vote)] == [False]
    assert Keying.objects.count() == 2


def test_an_open_box_waits_for_each_clerk_until_they_have_read_it(printed, wang_ayi):
    take_in(printed)
    assert queries.waiting_for(printed.member) == []
    shut()
    (line,) = queries.waiting_for(printed.member)
    assert (line.action, line.url) == ("去录票", f"/votes/{printed.vote.pk}/papers/keying/")
    read(printed, printed.member, "同意")
    assert queries.waiting_for(printed.member) == []
    assert [one.action for one in queries.waiting_for(printed.chair)] == ["去录票"]
    assert [one.action for one in queries.waiting_for(wang_ayi)] == []


def test_a_letter_says_what_becomes_of_silence(owners_vote):
    vote = owners_vote().vote
    assert "没有投票的不算参与表决" in queries.print_facts(vote)["silence"]
    vote.decision.values, vote.decision.deemed_clause = {"assembly.deemed": "majority"}, "议事规则第9条"
    assert "依据议事规则第9条，算到人数和面积都领先的那个选项里" in queries.print_facts(vote)["silence"]
