"""What waits at a desk for owners' votes: who must act next, found without anybody being told by word of mouth."""

import datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from xieshang.lib.clock import now, today
from xieshang.lib.days import day_words, left_words
from xieshang.voting import queries
from xieshang.voting.models import (
    Conflict,
    Decision,
    Keying,
    PaperBallot,
    Roll,
    RollObjection,
    SecondSignature,
    VoteCount,
)
from xieshang.voting.rules.deciding import State
from xieshang.voting.rules.deciding.tasks import Situation, Task, publish_by, tasks_of

DAY = datetime.date(2026, 3, 9)
YESTERDAY = DAY - datetime.timedelta(days=1)


def waits(state, **given):
    return tasks_of(Situation(state, DAY, **given))


@pytest.mark.parametrize(
    ("state", "given", "tasks"),
    [
        (State.PROPOSED, {}, [Task.CONFIRM_CLASS]),
        (State.PROPOSED, {"is_mine": True}, []),
        (State.PROPOSED, {"class_is_confirmed": True, "is_mine": True}, [Task.CONSULT]),
        (State.PARTY_CONSULTED, {"opinion_due": DAY}, [Task.GIVE_OPINION]),
        (State.PARTY_CONSULTED, {"opinion_due": YESTERDAY}, [Task.OPEN_ROLL, Task.GIVE_OPINION]),
        (State.PARTY_CONSULTED, {"opinion_is_given": True, "opinion_due": DAY}, [Task.OPEN_ROLL]),
        (State.ROSTER_OPEN, {}, [Task.PUBLISH_ROLL]),
        (State.ROSTER_OPEN, {"roll_is_published": True, "roll_last_day": DAY}, []),
        (State.ROSTER_OPEN, {"roll_is_published": True, "roll_last_day": YESTERDAY}, [Task.FREEZE_ROLL]),
        (
            State.ROSTER_OPEN,
            {"roll_is_published": True, "roll_last_day": YESTERDAY, "roll_objections": 1},
            [Task.ANSWER_ROLL],
        ),
        (
            State.ROSTER_OPEN,
            {"roll_is_published": True, "roll_last_day": YESTERDAY, "roll_changes": 1},
            [Task.CONFIRM_CHANGE],
        ),
        (State.ROSTER_OPEN, {"roll_is_published": True, "roll_is_frozen": True}, [Task.PUBLISH]),
        (State.NOTICE, {}, []),
        (State.NOTICE, {"proxies": 2, "signatures": 1}, [Task.ANSWER_SIGNATURE, Task.JUDGE_PROXY]),
        (State.VOTING, {"disputes": 1, "successions": 1}, [Task.CONFIRM_SUCCESSION, Task.SETTLE_DISPUTE]),
        (State.COUNTING, {"papers": 3, "papers_unread": 2}, [Task.KEY_PAPER]),
        (State.COUNTING, {"papers": 3}, []),
        (State.COUNTING, {"conflicts": 1}, [Task.SETTLE_CONFLICT]),
        (State.COUNTING, {}, [Task.COUNT]),
        (State.COUNTING, {"is_counted": True}, [Task.SIGN_COUNT]),
        (State.COUNTING, {"is_counted": True, "sheet_is_signed": True}, [Task.PUBLISH_COUNT]),
        (State.COUNTING, {"is_official": True}, [Task.ENTER_RESULT]),
        (State.COUNTING, {"is_official": True, "is_entered": True, "signatures": 1}, [Task.ANSWER_SIGNATURE]),
        (State.COUNTING, {"is_official": True, "is_counted": True}, [Task.PUBLISH_COUNT]),
        (State.PRELIM_PUBLICITY, {"objections": 1}, [Task.ANSWER_OBJECTION]),
        (State.PRELIM_PUBLICITY, {"sustained": 1}, [Task.RECOUNT]),
        (State.DECIDED, {}, [Task.ANNOUNCE]),
        (State.ANNOUNCED, {}, []),
    ],
)
def test_each_stage_waits_for_the_next_hand_and_for_nothing_else(state, given, tasks):
    assert waits(state, **given) == tasks


def test_the_notice_goes_out_so_many_clear_days_before_the_day_planned():
    assert publish_by(datetime.date(2026, 3, 25), 15) == DAY
    assert publish_by(datetime.date(2026, 11, 23), 15) == datetime.date(2026, 11, 5)
    assert publish_by(None, 15) is None


# With rows ------------------------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def lines(actor):
    return [(waiting.action, waiting.url) for waiting in queries.waiting_for(actor)]


def at(made, page="voting:work", anchor=""):
    return reverse(page, args=[made.vote.pk]) + anchor


@pytest.fixture
def desks(homeowners_committee, zhang_zhuren, li_shuji, liu_street, wang_ayi):
    return SimpleNamespace(
        chair=homeowners_committee.chair,
        member=homeowners_committee.member,
        committee=zhang_zhuren,
        party=li_shuji,
        street=liu_street,
        neighbour=wang_ayi,
    )


def everybody(desks, *those):
    """Who has something on the desk, by name."""
    return {name for name, actor in vars(desks).items() if queries.waiting_for(actor)} == set(those)


def test_a_draft_waits_for_the_committee_and_an_opinion_for_the_party(owners_vote, desks):
    made = owners_vote(frozen=False)
    rows = Decision.objects.filter(pk=made.decision.pk)
    rows.update(state=State.PROPOSED.value, class_confirmed_by=None, class_confirmed_at=None)
    assert lines(desks.committee) == [("去复核", at(made))]
    assert everybody(desks, "committee")
    # The page counts to the same day as the desk, in the same days.
    (one,) = queries.waiting_for(desks.committee)
    strip = queries.procedure_of(desks.committee, made.vote).strip
    assert (strip["due"], strip["due_note"]) == (day_words(one.due), left_words(one.days_left))
    rows.update(state=State.PARTY_CONSULTED.value, opinion_due=today())
    assert lines(desks.party) == [("去提意见", at(made))]
    assert everybody(desks, "party")


def test_an_objection_to_the_roll_waits_for_the_convener_until_it_is_answered(owners_vote, desks):
    made = owners_vote(frozen=False)
    over = today() - datetime.timedelta(days=1)
    shown = {"register": made.register, "edition": 1, "parking": "exclude", "published_on": over, "last_day": over}
    roll = Roll.objects.create(vote=made.vote, **shown)
    objection = RollObjection.objects.create(roll=roll, person=desks.neighbour.person, text="少算", at=now())
    assert lines(desks.chair) == [("去答复", at(made, "voting:roll", "#objections"))]
    objection.answered_at, objection.sustained, objection.answer = now(), False, "没有少算。"
    objection.save()
    assert lines(desks.chair) == [("去锁定", at(made, "voting:roll"))]
    assert everybody(desks, "chair", "member")


def test_an_act_by_two_waits_for_the_other_and_not_for_whoever_asked(owners_vote, desks):
    made = owners_vote(state=State.VOTING)
    SecondSignature.objects.create(
        decision=made.decision, step="abort", reason="印错了", asked_by=desks.chair.person, asked_at=now()
    )
    assert everybody(desks, "member", "committee")


def test_papers_wait_for_each_reader_then_the_count_then_the_sheet(owners_vote, desks):
    made = owners_vote(state=State.COUNTING)
    issued = {"vote": made.vote, "right": made.rights[0], "issued_at": now(), "issued_by": desks.chair.person}
    received = {"state": "received", "received_at": now(), "received_by": desks.chair.person}
    paper = PaperBallot.objects.create(serial="AAAA-BBBB", **issued, **received)
    Keying.objects.create(paper=paper, round=1, ticked=[1], mark="valid", by=desks.chair.person, at=now())
    assert queries.waiting_for(desks.chair) == []
    assert [action for action, _url in lines(desks.member)] == ["去录票"]
    conflict = Conflict.objects.create(right=made.rights[0], paper=paper, words="认不清", at=now())
    PaperBallot.objects.filter(pk=paper.pk).update(state="void")
    assert [action for action, _url in lines(desks.chair)] == ["去确认"]
    Conflict.objects.filter(pk=conflict.pk).update(settled_at=now(), stands="invalid")
    assert [action for action, _url in lines(desks.chair)] == ["去计票"]
    VoteCount.objects.create(vote=made.vote, number=1, counted_at=now(), outcome="passed", heads=0, area_centi=0)
    assert [action for action, _url in lines(desks.chair)] == ["去上传"]


def test_the_desk_counts_what_waits_and_what_is_under_way_by_one_query_for_all(
    owners_vote, desks, django_assert_max_num_queries
):
    made = owners_vote(state=State.DECIDED)
    with django_assert_max_num_queries(4):
        todo, running = queries.queues(desks.chair)
    assert (todo.count, running.count) == (1, 1)
    assert [row.url for row in todo.rows("").rows] == [at(made)]
    assert queries.queues(desks.neighbour) == []
    assert [queue.count for queue in queries.queues(desks.committee)] == [0, 1]
