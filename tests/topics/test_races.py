"""On a real PostgreSQL: what several people do with a topic at the same instant counts once, in one order."""

import pytest

from tests.races import all_at_once
from xieshang.matters.models import Matter, NumberSeries
from xieshang.topics import services as topics
from xieshang.topics.models import DraftPhoto, Support, Topic, TopicStep
from xieshang.topics.rules import Nature, State, TopicKind

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
AT_ONCE = 6


@pytest.fixture
def raise_one(wang_ayi, sun_weiyuan, places):
    """A topic of 王阿姨 that was let through to screening."""

    def make(title="楼道灯不亮", actor=wang_ayi):
        topic = topics.raise_topic(actor, title=title, text="四层的灯不亮。", place_id=places.stairwell.pk)
        return topics.admit(sun_weiyuan, topic.pk) if topic.state == State.SUBMITTED else topic

    return make


@pytest.fixture
def neighbours(places, make_person, move_in):
    """Six neighbours, each in a home of their own."""
    from xieshang.lib.actor import Actor

    found = []
    for number in range(AT_ONCE):
        person = make_person(f"邻居{number}")
        move_in(person, places.units[number])
        found.append(Actor(person))
    return found


def test_topics_raised_at_once_get_numbers_of_their_own_without_a_gap(neighbours, places):
    made = all_at_once(
        *[
            lambda who=who: (
                topics.raise_topic(who, title="灯", text="不亮。", place_id=places.compound.pk).matter.number
            )
            for who in neighbours
        ]
    )
    assert len(set(made)) == AT_ONCE
    assert NumberSeries.objects.get(prefix="议").last == Matter.objects.filter(kind="topic").count() == AT_ONCE


def test_one_draft_sent_many_times_at_once_is_one_topic(wang_ayi, places):
    topics.save_draft(wang_ayi, words={"title": "灯", "text": "不亮。"})
    send = [lambda: topics.raise_draft(wang_ayi, title="灯", text="不亮。", place_id=places.compound.pk).pk]
    answers = all_at_once(*send * AT_ONCE)
    assert answers.count("sent_already") == AT_ONCE - 1
    assert Topic.objects.count() == 1


def test_pictures_sent_at_once_are_no_more_than_a_draft_holds(wang_ayi, picture):
    topics.save_draft(wang_ayi, words={"title": "灯"})
    answers = all_at_once(*[lambda: topics.add_draft_photo(wang_ayi, upload=picture()).pk] * 10)
    assert answers.count("too_many_photos") == 4
    assert DraftPhoto.objects.count() == 6


def test_one_neighbour_supports_once_however_often_at_once(raise_one, zhou_dashu):
    topic = raise_one()
    rows = all_at_once(*[lambda: topics.support(zhou_dashu, topic.pk).pk] * AT_ONCE)
    assert (len(set(rows)), topic.supports.count()) == (1, 1)


def test_everybody_who_supports_at_once_is_counted(raise_one, neighbours):
    topic = raise_one()
    all_at_once(*[lambda who=who: topics.support(who, topic.pk) for who in neighbours])
    assert set(topic.supports.values_list("person_id", flat=True)) == {who.person_id for who in neighbours}


def test_a_topic_is_taken_up_once(raise_one, zhang_zhuren, sun_weiyuan):
    topic, kind = raise_one(), TopicKind.PRACTICAL_PROBLEM
    take = [
        lambda who=who: topics.accept(who, topic.pk, kind=kind, nature=Nature.ADVISORY).state
        for who in (zhang_zhuren, sun_weiyuan)
    ]
    assert sorted(all_at_once(*take)) == ["not_in_course", "party_review"]
    assert TopicStep.objects.filter(topic=topic, step="accept").count() == 1


def test_two_duplicates_with_the_same_supporters_merged_at_once_count_each_once(
    raise_one, neighbours, zhang_zhuren, sun_weiyuan
):
    target, first, second = (raise_one(title) for title in ("灯不亮", "灯坏了", "没有灯"))
    for who in neighbours:
        topics.support(who, first.pk)
        topics.support(who, second.pk)
    merged = all_at_once(
        lambda: topics.merge(zhang_zhuren, first.pk, into_id=target.pk, reason="同一件事").state,
        lambda: topics.merge(sun_weiyuan, second.pk, into_id=target.pk, reason="同一件事").state,
        *[lambda who=who: topics.support(who, target.pk).pk for who in neighbours[:3]],
    )
    assert merged[:2] == ["merged", "merged"]
    people = Support.objects.filter(topic=target).values_list("person_id", flat=True)
    assert {who.person_id for who in neighbours} <= set(people)
    assert len(people) == len(set(people))


def test_of_two_topics_merged_into_each_other_at_once_one_stays(raise_one, zhang_zhuren, sun_weiyuan):
    one, other = raise_one("灯不亮"), raise_one("灯坏了")
    answers = all_at_once(
        lambda: topics.merge(zhang_zhuren, one.pk, into_id=other.pk, reason="同一件事").state,
        lambda: topics.merge(sun_weiyuan, other.pk, into_id=one.pk, reason="同一件事").state,
    )
    assert answers.count("merged") == 1
    assert sorted(Topic.objects.values_list("state", flat=True)) == ["merged", "screening"]
