"""A topic that goes the way of 四议两公开: what the meeting resolves there is the topic's decision."""

from tests.coordination.fourtwo import party, representatives, two_committees
from xieshang.coordination.services import fourtwo
from xieshang.topics import services as topics
from xieshang.topics.rules import Nature, RecordKind, State


def test_what_the_meeting_resolves_is_recorded_on_the_topic_it_came_from(walk, zhang_zhuren, li_shuji, places):
    topic = walk(State.OPINION_FORMED, nature=Nature.RESIDENTS_MEETING)
    topics.escalate(zhang_zhuren, topic.pk, reason="要开居民代表会议决定。")
    words = {"title": "换声控灯", "text": "每层一盏。", "of_matter": topic.matter}
    flow = fourtwo.begin(zhang_zhuren, places.community, **words)
    for actor, held in ((li_shuji, party), (zhang_zhuren, two_committees), (li_shuji, party)):
        fourtwo.record_meeting(actor, flow.pk, held())
    assert not topic.records.filter(kind=RecordKind.RESIDENTS_MEETING.value).exists()
    fourtwo.record_meeting(zhang_zhuren, flow.pk, representatives())
    decided = topic.records.get(kind=RecordKind.RESIDENTS_MEETING.value)
    assert (decided.expected, decided.present, decided.agree, decided.quorum_met) == (30, 25, 20, True)
    assert flow.matter.number in decided.conclusion
