"""A topic handed to the owners goes on with what the platform counted of their vote; nobody types the result again."""

import datetime

import pytest
from django.urls import reverse

from xieshang.lib import clock
from xieshang.outcomes.models import ActionItem
from xieshang.topics import services as topics
from xieshang.topics.models import Topic
from xieshang.topics.queries.facts import facts_about
from xieshang.topics.rules import Nature, RecordKind, State
from xieshang.voting import hooks
from xieshang.voting.models import Ballot, BallotChoice, Decision, Vote
from xieshang.voting.rules.deciding import State as Stage
from xieshang.voting.services import count_vote


@pytest.fixture
def handed(walk, zhang_zhuren, bodies, later):
    """A topic that waits for the owners."""
    topic = walk(State.PUBLICITY, Nature.OWNERS)
    later(days=9)
    by = clock.today() + datetime.timedelta(days=30)
    topics.hand_to_owners(zhang_zhuren, topic.pk, by=by, convener_id=bodies.owners.pk)
    return Topic.objects.with_frame().get(pk=topic.pk)


@pytest.fixture
def decide(handed, owners_vote, homeowners_committee):
    """Let the owners decide about the topic: `decide("同意")`; everybody votes alike."""

    def run(text):
        made = owners_vote(homes=3, state=Stage.COUNTING)
        Vote.objects.filter(pk=made.vote.pk).update(of=handed.matter)
        option = made.vote.options.get(text=text)
        for right in made.rights:
            ballot = Ballot.objects.create(
                right=right,
                vote=made.vote,
                community=made.vote.community,
                cast_at=clock.now(),
                channel="paper",
                receipt=f"R{right.pk}",
            )
            BallotChoice.objects.create(ballot=ballot, option=option)
        count_vote(homeowners_committee.chair, made.vote.pk)
        decision = Decision.objects.select_related("vote").get(pk=made.decision.pk)
        for move_on in hooks.on_decided:
            move_on(decision)
        return Topic.objects.with_frame().get(pk=handed.pk)

    return run


def test_whoever_convenes_the_owners_is_told_what_to_do_and_what_was_begun(
    handed, owners_vote, homeowners_committee, browser_of
):
    client, address = browser_of(homeowners_committee.chair), reverse("topics:work", args=[handed.pk])
    page = client.get(address).content.decode()
    assert ("请召集业主表决" in page, "现在没有要您办的" in page, "已经起草" in page) == (True, False, False)
    made = owners_vote(homes=3)
    Vote.objects.filter(pk=made.vote.pk).update(of=handed.matter)
    page = client.get(address).content.decode()
    assert ("已经起草" in page, made.vote.question in page) == (True, True)


def test_owners_who_form_no_decision_close_the_topic_with_the_generated_sentence(decide):
    topic = decide("不同意")
    assert (topic.state, topic.owners_result) == (State.CLOSED, "no_decision")
    record = topic.records.get(kind=RecordKind.OWNERS_DECISION.value)
    assert record.conclusion.endswith("本次表决未形成有效决定。")
    assert "反对" not in record.conclusion


def test_what_the_owners_passed_is_carried_out_where_it_is_said_who_does_what(decide, handed, bodies, zhang_zhuren):
    ActionItem.objects.create(
        matter=handed.matter,
        community=handed.matter.community,
        what="换灯",
        body=bodies.property,
        due=clock.today() + datetime.timedelta(days=20),
        set_at=clock.now(),
        set_by=zhang_zhuren.person,
    )
    topic = decide("同意")
    assert (topic.state, topic.owners_result) == (State.IMPLEMENTING, "passed")


def test_what_the_owners_passed_waits_with_its_result_while_nothing_is_promised(decide):
    topic = decide("同意")
    assert (topic.state, topic.owners_result) == (State.TO_OWNERS, "passed")
    assert topic.records.get(kind=RecordKind.OWNERS_DECISION.value).conclusion.endswith("本次表决通过。")


def test_a_topic_whose_owners_are_being_asked_is_not_closed_as_not_convened(handed, owners_vote, later):
    made = owners_vote(homes=2)
    Vote.objects.filter(pk=made.vote.pk).update(of=handed.matter)
    later(days=40)
    topics.due(clock.now())
    assert Topic.objects.get(pk=handed.pk).state == State.TO_OWNERS
    assert facts_about(handed, clock.today()).owners_vote_is_linked
