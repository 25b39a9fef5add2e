"""A topic that goes the way of 四议两公开: what the meeting resolves there is the topic's decision."""

import datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.coordination.fourtwo import party, representatives, two_committees
from xieshang.coordination.models import FourTwo
from xieshang.coordination.queries.fourtwo import resolution_words
from xieshang.coordination.services import fourtwo
from xieshang.lib import clock
from xieshang.lib.refusals import RuleViolation
from xieshang.outcomes import services as outcomes
from xieshang.topics import queries
from xieshang.topics import services as topics
from xieshang.topics.models import Topic
from xieshang.topics.rules import Nature, RecordKind, State


@pytest.fixture
def resolved(walk, zhang_zhuren, li_shuji, places):
    """A topic that was taken to a 四议两公开, resolved there, and the flow, its notice written."""
    topic = walk(State.OPINION_FORMED, nature=Nature.RESIDENTS_MEETING)
    topics.escalate(zhang_zhuren, topic.pk, reason="要开居民代表会议决定。")
    words = {"title": "换声控灯", "text": "每层一盏。", "of_matter": topic.matter}
    flow = fourtwo.begin(zhang_zhuren, places.community, **words)
    for actor, held in ((li_shuji, party), (zhang_zhuren, two_committees), (li_shuji, party)):
        fourtwo.record_meeting(actor, flow.pk, held())
    assert not topic.records.filter(kind=RecordKind.RESIDENTS_MEETING.value).exists()
    fourtwo.record_meeting(zhang_zhuren, flow.pk, representatives())
    return SimpleNamespace(topic=topic, flow=FourTwo.objects.with_frame().get(pk=flow.pk))


@pytest.fixture
def published(resolved, zhang_zhuren, li_shuji):
    """Its resolution made public and posted."""
    title, body = resolution_words(resolved.flow)
    fourtwo.draft_resolution(zhang_zhuren, resolved.flow.pk, title=title, body=body, boards=())
    fourtwo.publish_resolution(li_shuji, resolved.flow.pk, days=7, net_is_enough=True)
    resolved.topic.refresh_from_db()
    return resolved


def test_what_the_meeting_resolves_is_recorded_on_the_topic_it_came_from(resolved):
    decided = resolved.topic.records.get(kind=RecordKind.RESIDENTS_MEETING.value)
    assert (decided.expected, decided.present, decided.agree, decided.quorum_met) == (30, 25, 20, True)
    assert resolved.flow.matter.number in decided.conclusion


def test_the_days_of_the_resolution_are_the_publicity_of_the_topic(published, later, zhang_zhuren, bodies, li_shuji):
    topic = published.topic
    assert topic.state == State.PUBLICITY
    assert not topic.matter.notices.filter(kind="gongshi").exists()
    day = clock.today() + datetime.timedelta(days=40)
    topics.set_item(zhang_zhuren, topic.pk, what="换灯", body_id=bodies.property.pk, due=day, proof="照片")
    topics.plan(zhang_zhuren, topic.pk, feedback_by=day + datetime.timedelta(days=5))
    title, body = queries.notice_words(Topic.objects.with_frame().get(pk=topic.pk))
    assert topic.resolution.number in body
    topics.draft_notice(zhang_zhuren, topic.pk, title=title, body=body, boards=())
    with pytest.raises(RuleViolation, match="publicity_still_running"):
        topics.adopt(li_shuji, topic.pk)
    later(days=12)
    assert topics.adopt(li_shuji, topic.pk).state == State.ADOPTED


def test_an_objection_to_the_resolution_that_is_right_brings_the_topic_back(published, wang_ayi, zhang_zhuren):
    objection = outcomes.object_to(wang_ayi, published.topic.resolution_id, grounds="没有通知我们。")
    outcomes.answer_objections(zhang_zhuren, [objection.pk], answer="确实没有通知到。", sustained=True)
    published.topic.refresh_from_db()
    assert (published.topic.state, published.topic.resolution) == (State.OPINION_FORMED, None)


def test_where_topics_are_published_longer_the_topic_is_published_by_itself(resolved, zhang_zhuren, li_shuji):
    Topic.objects.filter(pk=resolved.topic.pk).update(values={**resolved.topic.values, "topics.publicity_days": 15})
    title, body = resolution_words(resolved.flow)
    fourtwo.draft_resolution(zhang_zhuren, resolved.flow.pk, title=title, body=body, boards=())
    fourtwo.publish_resolution(li_shuji, resolved.flow.pk, days=7, net_is_enough=True)
    resolved.topic.refresh_from_db()
    assert (resolved.topic.state, resolved.topic.resolution) == (State.ESCALATED, None)


def test_pages_lead_to_the_flow_and_its_notice(resolved, browser_of, zhang_zhuren, wang_ayi, request):
    work = reverse("topics:work", args=[resolved.topic.pk])
    page = browser_of(zhang_zhuren).get(work).content.decode()
    assert ("正在走四议两公开" in page, "写稿子" in page) == (True, False)
    published = request.getfixturevalue("published").topic
    notice = reverse("outcomes:notice", args=[published.resolution_id])
    assert notice in browser_of(wang_ayi).get(published.get_absolute_url()).content.decode()
    assert notice in browser_of(zhang_zhuren).get(work).content.decode()
