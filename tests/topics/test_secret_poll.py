"""A topic's residents asked in secret: drafted out of the topic, which waits for the opened envelopes and goes on."""

from contextlib import contextmanager

import pytest
from django.urls import reverse

from tests.people import enter_as
from tests.voting.secretly import cast, opened_by
from xieshang.lib import clock
from xieshang.lib import envelopes as sealing
from xieshang.lib.actor import Actor
from xieshang.lib.refusals import RuleViolation
from xieshang.topics import services as topics
from xieshang.topics.models import Topic
from xieshang.topics.queries import notice_words
from xieshang.topics.rules import Nature, State
from xieshang.voting import services as voting
from xieshang.voting.models import Trustee, Vote
from xieshang.voting.queries import poll_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(walk, neighbours, trustee_keys, he_zhuren, zhang_zhuren):
    """Draft a secret vote out of a topic whose opinion is formed; its trustees have made their keys."""

    def draft(nature=Nature.ADVISORY, days=5):
        topic = walk(State.OPINION_FORMED, nature)
        given = {"question": "您同意换灯吗？", "scope_id": topic.matter.place_id, "days": days, "turnout": "1/2"}
        vote = voting.prepare_secret(zhang_zhuren, of=topic.matter, trustees=["何永福", "住户0", "住户1"], **given)
        for trustee in Trustee.objects.filter(vote=vote):
            point = sealing.point_of(trustee_keys[trustee.seat])
            voting.register_key(Actor(trustee.person), vote.pk, x=point.x, y=point.y)
        return topic, vote

    return draft


@contextmanager
def refused(code):
    with pytest.raises(RuleViolation) as caught:
        yield
    assert code in [refusal.code for refusal in caught.value.refusals]


def state(topic):
    return Topic.objects.get(pk=topic.pk).state


def begin(asked, zhang_zhuren, **given):
    topic, vote = asked(**given)
    topics.confirm_opinion(zhang_zhuren, topic.pk)
    voting.open_vote(zhang_zhuren, vote.pk)
    return topic, Vote.objects.get(pk=vote.pk)


def test_the_topic_waits_from_the_opening_to_the_opened_envelopes(asked, neighbours, trustee_keys, zhang_zhuren, later):
    topic, vote = begin(asked, zhang_zhuren)
    assert state(topic) == State.VOTING
    for voter in neighbours[:4]:
        cast(voter, vote, "同意")
    later(days=12)
    voting.due(clock.now())
    assert not poll_facts(topic.matter).is_closed
    assert topic.steps.filter(step="close_poll").count() == 0
    voting.submit_openings(zhang_zhuren, vote.pk, opened_by(Vote.objects.get(pk=vote.pk), trustee_keys))
    assert topic.steps.filter(step="close_poll").count() == 1
    assert poll_facts(topic.matter).turnout_met
    body = notice_words(Topic.objects.with_frame().get(pk=topic.pk))[1]
    assert "按一人一票、无记名，就“您同意换灯吗”表达意愿" in body
    assert "同意4人（100.00%）" in body


def test_it_opens_only_when_the_topic_may_have_a_poll(asked, zhang_zhuren):
    topic, vote = asked(days=3)
    with refused("poll_too_short"):
        voting.open_vote(zhang_zhuren, vote.pk)
    topics.confirm_opinion(zhang_zhuren, topic.pk)
    Vote.objects.filter(pk=vote.pk).update(days=5)
    topics.open_poll(zhang_zhuren, topic.pk, question="换？", options=[], base="person", days=5, turnout="")
    with pytest.raises(RuleViolation):
        voting.open_vote(zhang_zhuren, vote.pk)
    assert Vote.objects.get(pk=vote.pk).state == "drafted"
    assert poll_facts(topic.matter).vote.question == "换？"


def test_one_that_two_people_end_leaves_the_topic_free_to_go_back(asked, zhang_zhuren, sun_weiyuan):
    topic, vote = begin(asked, zhang_zhuren)
    ask = voting.end_secret(zhang_zhuren, vote.pk, reason="两位保管人丢了钥匙")
    voting.answer_end(sun_weiyuan, vote.pk, ask.pk, agreed=True)
    assert topic.steps.filter(step="close_poll").count() == 1
    topics.reopen_discussion(zhang_zhuren, topic.pk, reason="投票中止了，再议", days=5)
    assert state(topic) == State.DELIBERATING


def test_what_the_owners_decide_is_only_asked_about(asked):
    _topic, vote = asked(nature=Nature.OWNERS)
    assert vote.nature == "owners"


def test_the_pages_lead_to_each_other(asked, client, zhang_zhuren):
    topic, vote = asked()
    topics.confirm_opinion(zhang_zhuren, topic.pk)
    enter_as(client, zhang_zhuren)
    draft = f"{reverse('voting:draft_secret')}?of={topic.matter_id}"
    assert draft in client.get(reverse("topics:work", args=[topic.pk])).content.decode()
    assert topic.matter.title in client.get(draft).content.decode()
    assert client.get(f"{reverse('voting:draft_secret')}?of=999999").status_code == 404
    assert vote.get_absolute_url() in client.get(topic.get_absolute_url()).content.decode()
    assert topic.get_absolute_url() in client.get(vote.get_absolute_url()).content.decode()
