"""From the Party organisation's study to the archive: what is asked, what is refused, what time does."""

import copy
import datetime

import pytest

from xieshang.lib import clock
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.matters.models import Matter
from xieshang.notify.models import Message
from xieshang.outcomes import services as outcomes
from xieshang.topics import services as topics
from xieshang.topics.models import Topic
from xieshang.topics.queries import card_of, notice_words, publishing_desk, topic_page
from xieshang.topics.rules import Nature, OwnersResult, PartyMeeting, State, TopicKind
from xieshang.voting import services as voting
from xieshang.voting.rules import Base


def state(topic):
    return State(Topic.objects.get(pk=topic.pk).state)


def refused(code):
    return pytest.raises(RuleViolation, match=code)


def raise_another(actor, place, title="楼道灯又坏了"):
    return topics.raise_topic(actor, title=title, text="还是那几盏灯，晚上看不见。", place_id=place.pk)


# the Party organisation -----------------------------------------------------------------------------------------


def study(actor, topic, verb=topics.agree, **more):
    given = {"studied_on": clock.today(), "meeting": PartyMeeting.COMMITTEE, "conclusion": "同意", "signer": "李建国"}
    return verb(actor, topic.pk, **given, **more)


def test_no_notice_without_the_party_study(walk, zhang_zhuren):
    topic = walk(State.PARTY_REVIEW)
    with refused("party_opinion_missing"):
        topics.announce(zhang_zhuren, topic.pk, title="预告", body="<p>商量。</p>", days=3, discussion_days=7)


def test_no_answer_is_recorded_and_the_organisation_above_may_study(
    walk, li_shuji, bodies, make_person, appoint, later
):
    from xieshang.community.rules import Role

    above = appoint(make_person("街道书记"), bodies.street_party, Role.PARTY_SECRETARY)
    topic = walk(State.PARTY_REVIEW)
    parties = {"form": "议事会", "body_ids": [bodies.committee.pk]}
    with refused("own_party_first"):
        study(above, topic, **parties)
    later(days=8)
    topics.due(clock.now())
    assert Topic.objects.get(pk=topic.pk).party_opinion == "no_answer"
    study(above, topic, **parties)
    assert Topic.objects.get(pk=topic.pk).party_opinion == "agreed"


def test_the_party_may_return_a_matter_with_its_reason(walk, li_shuji):
    topic = walk(State.PARTY_REVIEW)
    study(li_shuji, topic, topics.party_return)
    assert state(topic) == State.RETURNED


# notice and discussion ------------------------------------------------------------------------------------------


def test_a_short_notice_is_refused_and_a_wide_matter_needs_seven_days(walk, zhang_zhuren, li_shuji, bodies):
    topic = walk(State.PARTY_REVIEW, wide=True)
    study(li_shuji, topic, form="议事会", body_ids=[bodies.committee.pk])
    with refused("notice_too_short"):
        topics.announce(zhang_zhuren, topic.pk, title="预告", body="<p>商量。</p>", days=6, discussion_days=7)
    topics.announce(zhang_zhuren, topic.pk, title="预告", body="<p>商量。</p>", days=7, discussion_days=7)
    assert state(topic) == State.ANNOUNCED


def test_the_discussion_waits_for_the_notice_to_run_its_days(walk, zhang_zhuren, later):
    topic = walk(State.ANNOUNCED)
    with refused("notice_still_running"):
        topics.open_discussion(zhang_zhuren, topic.pk)
    later(days=3)
    assert topics.due(clock.now()) == 0
    later(days=1)
    topics.due(clock.now())
    assert state(topic) == State.DELIBERATING


def test_a_late_tick_counts_from_the_day_it_fell_due(walk, later):
    topic = walk(State.ANNOUNCED)
    later(days=9)
    topics.due(clock.now())
    topic = Topic.objects.get(pk=topic.pk)
    assert (topic.entered_on, topic.discussion_first_day) == (datetime.date(2026, 3, 13), datetime.date(2026, 3, 13))
    row = topic.steps.get(step="open_discussion")
    assert row.fell_due_at < row.at


def test_a_hundred_matters_that_cannot_move_keep_no_later_one_waiting(walk, later, wang_ayi, places):
    topic = walk(State.ANNOUNCED)
    waiting = raise_another(wang_ayi, places.stairwell)
    Topic.objects.filter(pk=waiting.pk).update(state=State.PARTY_REVIEW.value, due_on=datetime.date(2026, 3, 1))
    waiting.refresh_from_db()
    matters = [copy.copy(waiting.matter) for _ in range(101)]
    for n, matter in enumerate(matters):
        matter.pk, matter.number = None, f"议-测试-2026-{n:04}"
    copies = [copy.copy(waiting) for _ in Matter.objects.bulk_create(matters)]
    for one, matter in zip(copies, matters, strict=True):
        one.pk, one.matter, one.party_opinion = None, matter, "agreed"
    Topic.objects.bulk_create(copies)
    later(days=4)
    topics.due(clock.now())
    assert state(topic) == State.DELIBERATING


def test_a_matter_that_fails_keeps_no_other_waiting(walk, later, caplog):
    broken, topic = walk(State.PARTY_REVIEW), walk(State.ANNOUNCED)
    Topic.objects.filter(pk=broken.pk).update(values="no rules at all", due_on=datetime.date(2026, 3, 1))
    later(days=4)
    topics.due(clock.now())
    assert state(topic) == State.DELIBERATING
    assert f"topic {broken.pk} could not go on" in caplog.text


def test_no_opinion_without_a_session_and_its_minutes(walk, zhang_zhuren, later):
    topic = walk(State.DELIBERATING)
    later(days=9)
    with pytest.raises(RuleViolation) as found:
        topics.form_opinion(zhang_zhuren, topic.pk, text="换灯")
    assert [one.code for one in found.value.refusals] == ["session_missing"]


def test_dissent_asks_for_the_minority_view_and_an_explanation_while_they_can_be_written(walk, zhang_zhuren):
    topic = walk(State.OPINION_FORMED)
    Topic.objects.filter(pk=topic.pk).update(dissent=True)
    with pytest.raises(RuleViolation) as found:
        topics.confirm_opinion(zhang_zhuren, topic.pk)
    assert {one.code for one in found.value.refusals} == {"minority_missing", "dissenters_not_told"}
    topics.revise_opinion(zhang_zhuren, topic.pk, text="换灯。", minority="该物业修。", explanation="当面说过。")
    assert topics.confirm_opinion(zhang_zhuren, topic.pk).opinion_confirmed


def test_the_discussion_is_reopened_once(walk, zhang_zhuren, later):
    topic = walk(State.OPINION_FORMED)
    topics.reopen_discussion(zhang_zhuren, topic.pk, reason="业主代表不确认", days=3)
    later(days=5)
    topics.form_opinion(zhang_zhuren, topic.pk, text="换灯，费用分两年。")
    with refused("reopened_before"):
        topics.reopen_discussion(zhang_zhuren, topic.pk, reason="还是不确认", days=3)


# poll and meeting -----------------------------------------------------------------------------------------------


def test_a_poll_closes_by_itself_and_its_result_stands_in_the_draft(walk, zhang_zhuren, wang_ayi, later):
    topic = walk(State.OPINION_FORMED)
    topics.confirm_opinion(zhang_zhuren, topic.pk)
    with refused("poll_too_short"):
        topics.open_poll(zhang_zhuren, topic.pk, question="换不换灯？", options=[], base=Base.PERSON, days=3)
    topics.open_poll(zhang_zhuren, topic.pk, question="换不换灯？", options=[], base=Base.PERSON, days=5, turnout="")
    later(days=12)
    voting.due(clock.now())
    assert topic.steps.filter(step="close_poll").count() == 1
    polled = Topic.objects.with_frame().get(pk=topic.pk)
    strip, card = topic_page(wang_ayi, polled).strip, card_of(polled)
    assert (strip["now"], strip["due"], card.word, card.days) == ("意愿征集已截止", "", "意愿征集已截止", None)
    body = notice_words(polled)[1]
    assert "请明湖家园3号楼2单元的居民按一人一票，就“换不换灯”表达意愿。没有人投票" in body
    assert "没有人投票，没有形成结果。这是意愿征集，结果供协商参考，不是业主大会决定" in body


def test_a_poll_about_what_the_owners_decide_says_that_it_decides_nothing(walk, zhang_zhuren, wang_ayi):
    from xieshang.voting.queries import poll_facts, vote_page

    topic = walk(State.OPINION_FORMED, Nature.OWNERS)
    topics.confirm_opinion(zhang_zhuren, topic.pk)
    topics.open_poll(zhang_zhuren, topic.pk, question="装不装电梯？", options=[], base=Base.PERSON, days=5, turnout="")
    assert "没有业主决定的效力" in vote_page(wang_ayi, poll_facts(topic.matter).vote).effect


def test_a_residents_meeting_decides_what_is_its_own(walk, zhang_zhuren, sun_weiyuan, li_shuji, minutes):
    topic = walk(State.OPINION_FORMED, Nature.RESIDENTS_MEETING)
    topics.escalate(zhang_zhuren, topic.pk, reason="公约要居民会议定", meeting_on=clock.today())
    held = {"held_on": clock.today(), "host": "李建国", "form": "居民代表会议", "expected": 41, "present": 35}
    tally = {"agree": 30, "against": 3, "abstain": 2, "conclusion": "通过"}
    topics.record_decision(zhang_zhuren, topic.pk, **held, **tally, minutes=minutes(), quorum_met=True)
    title, body = notice_words(Topic.objects.with_frame().get(pk=topic.pk))
    assert "应到41人，实到35人" in body
    topics.draft_notice(sun_weiyuan, topic.pk, title=title, body=body, boards=())
    topics.publish_notice(li_shuji, topic.pk, days=7)
    assert state(topic) == State.PUBLICITY


# publishing -----------------------------------------------------------------------------------------------------


def test_only_the_communitys_own_secretary_publishes(walk, zhang_zhuren, bodies, make_person, appoint):
    from xieshang.community.rules import Role

    above = appoint(make_person("街道书记"), bodies.street_party, Role.PARTY_SECRETARY)
    topic = walk(State.OPINION_FORMED)
    for actor in (zhang_zhuren, above):
        with pytest.raises(NotAllowed):
            topics.publish_notice(actor, topic.pk, days=7)


def test_screening_drafting_and_publishing_by_one_human_being_is_refused(walk, bodies, zhang_zhuren, appoint):
    from xieshang.community.rules import Role

    topic = walk(State.OPINION_FORMED)
    topics.confirm_opinion(zhang_zhuren, topic.pk)
    title, body = notice_words(Topic.objects.with_frame().get(pk=topic.pk))
    topics.draft_notice(zhang_zhuren, topic.pk, title=title, body=body, boards=())
    both = appoint(zhang_zhuren.person, bodies.party, Role.PARTY_SECRETARY)
    with refused("same_person_throughout"):
        topics.publish_notice(both, topic.pk, days=7)


def test_a_draft_that_was_returned_is_not_published(walk, zhang_zhuren, sun_weiyuan, li_shuji):
    topic = walk(State.OPINION_FORMED)
    topics.confirm_opinion(zhang_zhuren, topic.pk)
    title, body = notice_words(Topic.objects.with_frame().get(pk=topic.pk))
    topics.draft_notice(sun_weiyuan, topic.pk, title=title, body=body, boards=())
    topics.return_draft(li_shuji, topic.pk, reason="数字不对")
    with refused("outcome_not_drafted"):
        topics.publish_notice(li_shuji, topic.pk, days=7)
    topics.draft_notice(sun_weiyuan, topic.pk, title=title, body=body, boards=())
    topics.publish_notice(li_shuji, topic.pk, days=7)
    assert state(topic) == State.PUBLICITY


def test_days_do_not_run_before_the_boards_photo(walk, zhang_zhuren, sun_weiyuan, li_shuji, later, picture):
    topic = walk(State.OPINION_FORMED)
    topics.confirm_opinion(zhang_zhuren, topic.pk)
    title, body = notice_words(Topic.objects.with_frame().get(pk=topic.pk))
    topics.draft_notice(sun_weiyuan, topic.pk, title=title, body=body, boards=["3号楼公告栏"])
    topics.publish_notice(li_shuji, topic.pk, days=7)
    assert Topic.objects.get(pk=topic.pk).due_on is None
    notice = topic.matter.notices.get(kind="gongshi")
    outcomes.record_posting(zhang_zhuren, notice.pk, board="3号楼公告栏", on=clock.today(), photo=picture())
    notice.refresh_from_db()
    assert Topic.objects.get(pk=topic.pk).due_on == notice.last_day


def test_every_objection_is_answered_before_adoption_and_a_sustained_one_sends_the_opinion_back(
    walk, zhang_zhuren, zhou_dashu, li_shuji
):
    topic = walk(State.PUBLICITY)
    notice = topic.matter.notices.get(kind="gongshi")
    objection = outcomes.object_to(zhou_dashu, notice.pk, grounds="费用不该这么分")
    with pytest.raises(RuleViolation) as found:
        topics.adopt(li_shuji, topic.pk)
    assert "objections_open" in {one.code for one in found.value.refusals}
    outcomes.answer_objections(zhang_zhuren, [objection.pk], answer="说得对，重新算", sustained=True)
    topic = Topic.objects.get(pk=topic.pk)
    assert (topic.state, topic.opinion_confirmed) == (State.OPINION_FORMED, False)


def test_an_owners_matter_is_handed_over_not_adopted(walk, zhang_zhuren, he_zhuren, li_shuji, bodies, later):
    topic = walk(State.PUBLICITY, Nature.OWNERS)
    later(days=9)
    with pytest.raises(RuleViolation) as found:
        topics.adopt(li_shuji, topic.pk)
    assert "owners_decide" in {one.code for one in found.value.refusals}
    by = clock.today() + datetime.timedelta(days=30)
    topics.hand_to_owners(zhang_zhuren, topic.pk, by=by, convener_id=bodies.owners.pk)
    given = {"held_on": clock.today(), "conclusion": "未形成有效决定", "result": OwnersResult.NO_DECISION}
    topics.owners_failed(he_zhuren, topic.pk, **given)
    assert state(topic) == State.CLOSED


def test_owners_who_are_not_convened_in_time_close_the_matter(walk, zhang_zhuren, bodies, later):
    topic = walk(State.PUBLICITY, Nature.OWNERS)
    later(days=9)
    by = clock.today() + datetime.timedelta(days=10)
    topics.hand_to_owners(zhang_zhuren, topic.pk, by=by, convener_id=bodies.owners.pk)
    later(days=12)
    topics.due(clock.now())
    assert state(topic) == State.CLOSED


def test_adoption_asks_for_items_and_a_feedback_date(walk, sun_weiyuan, li_shuji, later):
    topic = walk(State.PUBLICITY)
    later(days=9)
    title, body = notice_words(Topic.objects.with_frame().get(pk=topic.pk))
    topics.draft_notice(sun_weiyuan, topic.pk, title=title, body=body, boards=())
    with pytest.raises(RuleViolation) as found:
        topics.adopt(li_shuji, topic.pk)
    assert {one.code for one in found.value.refusals} == {"items_missing", "feedback_date_missing"}


def test_a_promised_day_lies_ahead(walk, zhang_zhuren):
    topic = walk(State.PUBLICITY)
    with pytest.raises(RuleViolation, match="not_ahead"):
        topics.plan(zhang_zhuren, topic.pk, feedback_by=clock.today())


def test_an_adoption_drafted_early_tells_the_objections_as_they_are_when_it_is_published(
    walk, zhou_dashu, sun_weiyuan, zhang_zhuren, li_shuji, bodies, later
):
    topic = walk(State.PUBLICITY)
    topics.set_item(
        sun_weiyuan, topic.pk, what="换灯", body_id=bodies.property.pk, due=clock.today() + datetime.timedelta(days=30)
    )
    topics.plan(zhang_zhuren, topic.pk, feedback_by=clock.today() + datetime.timedelta(days=40))
    title, body = notice_words(topic)
    draft = topics.draft_notice(sun_weiyuan, topic.pk, title=title, body=body, boards=())
    objection = outcomes.object_to(zhou_dashu, topic.matter.notices.get(kind="gongshi").pk, grounds="太亮了")
    outcomes.answer_objections(zhang_zhuren, [objection.pk], answer="亮度可以调", sustained=False)
    later(days=9)
    said = "公示期内收到异议1条，均已答复，没有成立的。"
    assert said in publishing_desk(li_shuji, Topic.objects.with_frame().get(pk=topic.pk)).sheet["html"]
    topics.adopt(li_shuji, topic.pk)
    draft.refresh_from_db()
    assert draft.body.endswith(f"<p>{said}</p>")


# after ----------------------------------------------------------------------------------------------------------


def test_what_is_not_solved_goes_on(walk, zhang_zhuren):
    topic = walk(State.FEEDBACK)
    topics.not_solved(zhang_zhuren, topic.pk, reason="六楼又坏了")
    assert state(topic) == State.IMPLEMENTING


def test_more_unsolved_than_solved_asks_for_an_explanation(walk, wang_ayi, zhang_zhuren, later):
    topic = walk(State.FEEDBACK)
    outcomes.rate(wang_ayi, topic.matter_id, stars=2, solved=False)
    later(days=20)
    topics.due(clock.now())
    assert state(topic) == State.FEEDBACK
    with refused("unsolved_not_explained"):
        topics.evaluate(zhang_zhuren, topic.pk)
    topics.explain(zhang_zhuren, topic.pk, text="线路老化，明年改造时一起换。")
    topics.evaluate(zhang_zhuren, topic.pk)
    assert state(topic) == State.EVALUATED


def test_an_entrusted_matter_is_archived_after_its_report(walk, zhang_zhuren):
    topic = walk(State.EVALUATED)
    Topic.objects.filter(pk=topic.pk).update(report_to="区住建局")
    with refused("report_not_sent"):
        topics.archive(zhang_zhuren, topic.pk)
    topics.send_report(zhang_zhuren, topic.pk, text="协商结果如下")
    topics.archive(zhang_zhuren, topic.pk)
    assert state(topic) == State.ARCHIVED


def test_the_street_corrects_what_breaks_the_law(walk, liu_street, zhang_zhuren):
    topic = walk(State.PUBLICITY)
    given = {"reason": "费用分摊违法", "legal_ground": "民法典第283条", "title": "更正通知", "body": "<p>更正。</p>"}
    with pytest.raises(NotAllowed):
        topics.correct(zhang_zhuren, topic.pk, **given)
    topics.correct(liu_street, topic.pk, **given)
    topics.redo_opinion(zhang_zhuren, topic.pk)
    assert state(topic) == State.OPINION_FORMED


def test_a_suspension_stops_the_clock(walk, zhang_zhuren, later):
    topic = walk(State.SCREENING)
    later(days=1)
    topics.suspend(zhang_zhuren, topic.pk, reason="等鉴定报告")
    assert Topic.objects.get(pk=topic.pk).due_on is None
    with refused("suspended"):
        topics.accept(zhang_zhuren, topic.pk, kind=TopicKind.POLICY, nature=Nature.ADVISORY)
    later(days=7)
    topics.resume(zhang_zhuren, topic.pk)
    assert Topic.objects.get(pk=topic.pk).due_on == datetime.date(2026, 3, 23)


def test_followers_hear_of_each_step_in_one_message(walk, zhou_dashu, wang_ayi, zhang_zhuren):
    topic = walk(State.SCREENING)
    topics.support(zhou_dashu, topic.pk)
    topics.accept(zhang_zhuren, topic.pk, kind=TopicKind.POLICY, nature=Nature.ADVISORY)
    message = Message.objects.get(person=zhou_dashu.person)
    assert message.body == "受理。现在：待研究。"
    assert Message.objects.filter(person=zhang_zhuren.person).count() == 0


def test_the_notice_of_an_owners_matter_says_who_convenes_them(walk, zhang_zhuren, sun_weiyuan, li_shuji, bodies):
    topic = walk(State.OPINION_FORMED, Nature.OWNERS)
    topics.confirm_opinion(zhang_zhuren, topic.pk)
    title, body = notice_words(Topic.objects.with_frame().get(pk=topic.pk))
    topics.draft_notice(sun_weiyuan, topic.pk, title=title, body=body, boards=())
    with pytest.raises(RuleViolation) as found:
        topics.publish_notice(li_shuji, topic.pk, days=7)
    assert {one.code for one in found.value.refusals} == {"convener_missing", "owners_by_missing"}
    by = datetime.date(2026, 5, 8)
    topics.plan_owners(zhang_zhuren, topic.pk, by=by, convener_id=bodies.owners.pk)
    assert (
        "由明湖家园业主委员会在2026年5月8日前召集业主表决。"
        in notice_words(Topic.objects.with_frame().get(pk=topic.pk))[1]
    )
    topics.publish_notice(li_shuji, topic.pk, days=7)
    assert state(topic) == State.PUBLICITY
