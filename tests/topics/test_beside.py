"""What is done beside the steps of a topic and when; minutes that follow; what happens while it stands still."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from xieshang.home.services import tick
from xieshang.lib import clock
from xieshang.lib.refusals import RuleViolation
from xieshang.outcomes import services as outcomes
from xieshang.topics import services as topics
from xieshang.topics.models import Topic
from xieshang.topics.queries import waiting_for
from xieshang.topics.rules import ACTS, State
from xieshang.voting.models import Vote
from xieshang.voting.rules import Base

TOMORROW = datetime.date(2099, 1, 1)
BESIDE = {
    "set_item": (topics.set_item, {"what": "换灯", "due": TOMORROW}),
    "plan": (topics.plan, {"feedback_by": TOMORROW}),
    "plan_owners": (topics.plan_owners, {"by": TOMORROW, "convener_name": "业委会"}),
    "explain": (topics.explain, {"text": "就这样了。"}),
    "agree_withdrawal": (topics.agree_withdrawal, {}),
    "entrust": (topics.entrust, {"department": "区住建局"}),
    "report": (topics.send_report, {"text": "结果如下。"}),
    "extend": (topics.extend, {"to": TOMORROW, "reason": "等专家"}),
    "add_material": (topics.add_material, {"upload": None, "name": "材料"}),
    "attach_minutes": (topics.attach_minutes, {"record_id": 0, "minutes": None}),
}


@pytest.mark.parametrize("act", BESIDE)
def test_what_is_done_beside_the_steps_has_its_states_too(walk, zhang_zhuren, liu_street, bodies, act):
    topic, (verb, given) = walk(State.SCREENING), BESIDE[act]
    given = given | ({"body_id": bodies.property.pk} if act == "set_item" else {})
    Topic.objects.update(due_on=clock.today())
    for wrong in set(State) - {State.MERGED} - ACTS[act]:
        Topic.objects.update(state=wrong.value)
        before = topic.records.count()
        with pytest.raises(RuleViolation, match="not_in_course"):
            verb(liu_street if act == "extend" else zhang_zhuren, topic.pk, **given)
        assert topic.records.count() == before


def test_a_poll_closes_and_is_counted_though_its_topic_stands_still_and_time_goes_on_for_all(walk, zhang_zhuren, later):
    topic = walk(State.OPINION_FORMED)
    topics.confirm_opinion(zhang_zhuren, topic.pk)
    topics.open_poll(zhang_zhuren, topic.pk, question="换灯吗", options=[], base=Base.PERSON, days=7)
    topics.suspend(zhang_zhuren, topic.pk, reason="等鉴定报告")
    later(days=20)
    tick()
    vote, topic = Vote.objects.get(), Topic.objects.get(pk=topic.pk)
    assert (vote.state, vote.counts.count()) == ("closed", 1)
    assert topic.steps.filter(step="close_poll").exists()
    assert (topic.suspended_since is None, topic.due_on) == (False, None)


def test_an_objection_is_found_right_though_the_topic_stands_still(walk, zhang_zhuren, zhou_dashu):
    topic = walk(State.PUBLICITY)
    objection = outcomes.object_to(zhou_dashu, topic.matter.notices.get(kind="gongshi").pk, grounds="费用不该这么分")
    topics.suspend(zhang_zhuren, topic.pk, reason="等鉴定报告")
    outcomes.answer_objections(zhang_zhuren, [objection.pk], answer="说得对，重新算", sustained=True)
    assert Topic.objects.get(pk=topic.pk).state == State.OPINION_FORMED
    with pytest.raises(RuleViolation, match="suspended"):
        topics.confirm_opinion(zhang_zhuren, topic.pk)


def test_a_body_that_was_asked_to_take_part_confirms_the_opinion_for_itself(
    walk, zhao_jingli, he_zhuren, bodies, browser_of
):
    topic = walk(State.OPINION_FORMED)
    topic.parties.all().delete()
    for body in (bodies.property, bodies.committee):
        topic.parties.create(body=body, name=body.name)
    desk, work = browser_of(zhao_jingli), reverse("topics:work", args=[topic.pk])
    assert [[one.url for one in waiting_for(actor)] for actor in (zhao_jingli, he_zhuren)] == [[work], []]
    with CaptureQueriesContext(connection) as asked:
        assert work in desk.get(topic.get_absolute_url()).content.decode()
    assert len(asked) <= 20
    with CaptureQueriesContext(connection) as asked:
        page = desk.get(work).content.decode()
    assert ('id="do-confirm_opinion"' in page, "王桂芳" in page) == (True, False)
    assert len(asked) <= 20
    assert desk.post(reverse("topics:do", args=[topic.pk, "confirm_opinion"])).status_code == 302
    assert list(topic.parties.filter(confirmed_at=None).values_list("body", flat=True)) == [bodies.committee.pk]
    assert waiting_for(zhao_jingli) == []
    assert browser_of(he_zhuren).get(work).status_code == 403


def test_minutes_that_were_not_at_hand_are_added_later_and_the_opinion_can_be_written(
    walk, zhang_zhuren, browser_of, later, minutes
):
    topic = walk(State.DELIBERATING)
    given = {"host": "李建国", "venue": "议事厅", "present": 12, "conclusion": "都同意换灯"}
    topics.record_session(zhang_zhuren, topic.pk, held_on=clock.today(), **given)
    later(days=30)
    desk, work = browser_of(zhang_zhuren), reverse("topics:work", args=[topic.pk])
    page = desk.get(work).content.decode()
    assert ("有协商会还没有上传会议记录" in page, 'id="do-attach_minutes"' in page) == (True, True)
    held = topic.records.get(kind="session", file=None)
    sent = {"attach_minutes-record_id": held.pk, "attach_minutes-minutes": minutes()}
    address = reverse("topics:do", args=[topic.pk, "attach_minutes"])
    assert desk.post(address, sent).status_code == 302
    page = desk.get(work).content.decode()
    assert ("有协商会还没有上传会议记录" in page, 'id="do-attach_minutes"' in page) == (False, False)
    again = desk.post(address, {"attach_minutes-record_id": held.pk, "attach_minutes-minutes": minutes()})
    assert again.status_code == 422
    topics.form_opinion(zhang_zhuren, topic.pk, text="<p>换灯。</p>")
    assert Topic.objects.get(pk=topic.pk).state == State.OPINION_FORMED
