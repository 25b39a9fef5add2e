"""A topic that the sides are to settle becomes a thread, and a thread a topic; both ends show the other."""

from datetime import timedelta

import pytest

from xieshang.coordination.models import Thread
from xieshang.coordination.services import threads
from xieshang.lib.clock import today
from xieshang.lib.refusals import NotAllowed
from xieshang.matters.queries import linked
from xieshang.topics import services as topics
from xieshang.topics.rules import Channel, State


@pytest.fixture
def handed(walk, zhang_zhuren, li_shuji, bodies):
    """A topic handed to the sides, and the thread that it became."""
    topic = walk(State.SCREENING)
    words = {"reason": "要供热企业和物业一起来", "due": today() + timedelta(days=20), "receiver_id": bodies.party.pk}
    topics.redirect(zhang_zhuren, topic.pk, channel=Channel.COORDINATION, **words)
    return topic, Thread.objects.get()


def test_both_ends_show_the_other(handed, zhang_zhuren, li_shuji):
    topic, thread = handed
    assert (thread.title, thread.text, thread.matter.place) == (topic.title, topic.text, topic.place)
    assert linked(zhang_zhuren, topic.matter) == [("became", thread.matter)]
    assert linked(li_shuji, thread.matter) == [("became", topic.matter)]


def test_a_thread_that_is_not_taken_up_comes_back(handed, li_shuji):
    topic, thread = handed
    threads.decline(li_shuji, thread.pk, reason="是一户的报修，请物业直接办")
    topic.refresh_from_db()
    assert topic.state == State.SCREENING


def test_the_end_of_the_thread_is_the_answer_to_the_topic(handed, li_shuji):
    topic, thread = handed
    threads.accept(li_shuji, thread.pk)
    threads.mark_for_owners(li_shuji, thread.pk, owners_item="使用维修资金")
    threads.hand_to_owners(li_shuji, thread.pk, reason="要动用维修资金")
    threads.owners_failed(li_shuji, thread.pk, result="本次表决未形成有效决定。")
    topic.refresh_from_db()
    assert (topic.state, topic.steps.last().note) == (State.CLOSED, "本次表决未形成有效决定。")


def test_the_committee_makes_a_topic_out_of_a_thread(handed, zhang_zhuren, zhao_jingli, li_shuji):
    _topic, thread = handed
    threads.accept(li_shuji, thread.pk)
    with pytest.raises(NotAllowed):
        topics.raise_from_thread(zhao_jingli, thread.pk)
    made = topics.raise_from_thread(zhang_zhuren, thread.pk)
    assert ("became", made.matter) in linked(zhang_zhuren, thread.matter)
