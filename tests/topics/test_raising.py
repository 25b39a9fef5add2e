"""Raising, supporting and screening: the short ways, the ends, and what is refused."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xieshang.accounts.services import close_account
from xieshang.community.queries import households_under
from xieshang.lib import clock
from xieshang.lib.actor import NOBODY, Actor
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.matters.models import Follower
from xieshang.notify.models import Message
from xieshang.notify.services import send
from xieshang.topics import services as topics
from xieshang.topics.models import Draft, Support, Topic
from xieshang.topics.rules import Channel, State


def state(topic):
    return State(Topic.objects.get(pk=topic.pk).state)


def refused(code):
    return pytest.raises(RuleViolation, match=code)


def raise_another(actor, place, title="楼道灯又坏了"):
    return topics.raise_topic(actor, title=title, text="还是那几盏灯，晚上看不见。", place_id=place.pk)


# raising and supporting -----------------------------------------------------------------------------------------


def test_a_new_neighbours_first_matter_is_looked_at_by_somebody_else(walk, wang_ayi, sun_weiyuan, places):
    topic = walk(State.SUBMITTED)
    assert topic.review_needed
    topics.admit(sun_weiyuan, topic.pk)
    assert raise_another(wang_ayi, places.building).state == State.SCREENING


def test_raising_gives_a_number_and_a_first_officer_with_a_day(walk, zhang_zhuren):
    topic = walk(State.SCREENING)
    assert topic.matter.number == "议-和顺-2026-0001"
    assert topic.first_officer.person_id == zhang_zhuren.person_id
    assert topic.due_on == datetime.date(2026, 3, 16)


def test_a_stranger_waits_until_a_home_is_confirmed(places, wairen, sun_weiyuan, move_in):
    topic = raise_another(wairen, places.building)
    with refused("author_not_verified"):
        topics.admit(sun_weiyuan, topic.pk)
    move_in(wairen.person, places.units[0])
    topics.admit(sun_weiyuan, topic.pk)
    assert state(topic) == State.SCREENING


def test_support_counts_once_and_by_household(walk, wang_ayi, zhou_dashu, chen_yezhu, zhang_zhuren):
    topic = walk(State.SCREENING)
    for actor in (zhou_dashu, zhou_dashu, chen_yezhu):
        topics.support(actor, topic.pk)
    rows = Support.objects.filter(topic=topic)
    assert sorted(rows.values_list("person_id", "in_scope")) == sorted(
        [(zhou_dashu.person_id, True), (chen_yezhu.person_id, True)]
    )
    with pytest.raises(NotAllowed):
        topics.support(zhang_zhuren, topic.pk)
    topics.unsupport(zhou_dashu, topic.pk)
    assert rows.count() == 1


def test_enough_support_lifts_a_matter_in_the_queue(walk, zhou_dashu, chen_yezhu):
    topic = walk(State.SCREENING)
    Topic.objects.filter(pk=topic.pk).update(values={**topic.values, "topics.support_threshold": 2})
    topics.support(zhou_dashu, topic.pk)
    assert not Topic.objects.get(pk=topic.pk).lifted
    topics.support(chen_yezhu, topic.pk)
    assert Topic.objects.get(pk=topic.pk).lifted


def test_edits_keep_versions_and_tell_supporters_until_the_notice(walk, wang_ayi, zhou_dashu):
    topic = walk(State.PARTY_REVIEW)
    topics.support(zhou_dashu, topic.pk)
    topics.edit(wang_ayi, topic.pk, title="3号楼2单元换灯", text="改成换声控灯。")
    assert list(topic.versions.order_by("version").values_list("version", "title")) == [
        (1, "3号楼2单元楼道灯不亮"),
        (2, "3号楼2单元换灯"),
    ]
    assert "修改" in Message.objects.get(person=zhou_dashu.person).body


def test_another_scope_counts_homes_and_supporters_anew(walk, zhou_dashu, zhang_zhuren, places):
    topic = walk(State.SCREENING)
    topics.support(zhou_dashu, topic.pk)
    for place, inside in ((places.units[1], False), (places.community, True)):
        topics.widen(zhang_zhuren, topic.pk, place_id=place.pk)
        topic = Topic.objects.with_frame().get(pk=topic.pk)
        assert topic.households == households_under(place.path)
        assert topic.supports.get().in_scope == inside


def test_another_scope_costs_the_same_however_many_support(walk, zhang_zhuren, places, make_person, move_in):
    topic = walk(State.SCREENING)

    def widen(place):
        with CaptureQueriesContext(connection) as asked:
            topics.widen(zhang_zhuren, topic.pk, place_id=place.pk)
        return len(asked)

    few = widen(places.compound)
    for number, unit in enumerate(places.units[:12]):
        person = make_person(f"邻居{number}")
        move_in(person, unit)
        topics.support(Actor(person), topic.pk)
    assert widen(places.stairwell) <= few
    assert set(topic.supports.values_list("in_scope", flat=True)) == {True}


def test_a_draft_is_sent_once(wang_ayi, places):
    topics.save_draft(wang_ayi, words={"title": "路灯不亮"})
    words = {"title": "路灯不亮", "text": "晚上看不见。", "place_id": places.building.pk}
    topics.raise_draft(wang_ayi, **words)
    with refused("sent_already"):
        topics.raise_draft(wang_ayi, **words)
    assert Topic.objects.count() == 1


def test_from_the_notice_on_the_text_is_fixed(walk, wang_ayi):
    topic = walk(State.ANNOUNCED)
    with refused("text_is_fixed"):
        topics.edit(wang_ayi, topic.pk, title="别的", text="别的")


def test_withdrawing_a_much_supported_matter_needs_the_committee(walk, wang_ayi, zhou_dashu, zhang_zhuren):
    topic = walk(State.SCREENING)
    Topic.objects.filter(pk=topic.pk).update(values={**topic.values, "topics.withdrawal_threshold": 0})
    topics.support(zhou_dashu, topic.pk)
    with refused("committee_must_agree"):
        topics.withdraw(wang_ayi, topic.pk)
    topics.agree_withdrawal(zhang_zhuren, topic.pk)
    topics.withdraw(wang_ayi, topic.pk)
    assert state(topic) == State.WITHDRAWN


def test_what_an_officer_raises_for_somebody_carries_both_names(wang_ayi, zhang_zhuren, places):
    helped = Actor(wang_ayi.person, None, zhang_zhuren, "phone")
    topic = raise_another(helped, places.stairwell)
    assert (topic.matter.raised_by_id, topic.assisted_by_id, topic.consent) == (
        wang_ayi.person_id,
        zhang_zhuren.person_id,
        "phone",
    )
    assert topic.state == State.SCREENING


# review of words ------------------------------------------------------------------------------------------------


def test_an_appeal_is_decided_by_another_person(walk, wang_ayi, sun_weiyuan, zhang_zhuren):
    topic = walk(State.SUBMITTED)
    topics.reject_content(sun_weiyuan, topic.pk, reason="写了别人的电话")
    topics.appeal(wang_ayi, topic.pk, reason="那是我自己的电话")
    with refused("same_person_appeal"):
        topics.uphold_appeal(sun_weiyuan, topic.pk)
    topics.uphold_appeal(zhang_zhuren, topic.pk)
    assert state(topic) == State.SCREENING


def test_words_held_back_without_an_appeal_come_to_their_end(walk, wang_ayi, sun_weiyuan, later):
    topic = walk(State.SUBMITTED)
    topics.reject_content(sun_weiyuan, topic.pk, reason="写了别人的电话")
    later(days=15)
    topics.due(clock.now())
    assert state(topic) == State.REJECTED_CONTENT
    later(days=1)
    topics.due(clock.now())
    ended = Topic.objects.with_frame().get(pk=topic.pk)
    assert (ended.state, ended.matter.is_open, ended.matter.standing) == (State.WITHDRAWN, False, "未通过审核")
    assert not Topic.objects.visible_to(NOBODY).exists()
    with refused("not_in_course"):
        topics.appeal(wang_ayi, topic.pk, reason="那是我自己的电话")


def test_an_appeal_that_waits_is_ended_by_its_decision_and_not_by_time(
    walk, wang_ayi, sun_weiyuan, zhang_zhuren, later
):
    topic = walk(State.SUBMITTED)
    topics.reject_content(sun_weiyuan, topic.pk, reason="写了别人的电话")
    topics.appeal(wang_ayi, topic.pk, reason="那是我自己的电话")
    later(days=40)
    topics.due(clock.now())
    assert state(topic) == State.REJECTED_CONTENT
    topics.dismiss_appeal(zhang_zhuren, topic.pk, reason="是别人的电话")
    ended = Topic.objects.with_frame().get(pk=topic.pk)
    assert (ended.state, ended.matter.is_open, ended.appeal_dismissed) == (State.WITHDRAWN, False, True)


# screening ------------------------------------------------------------------------------------------------------


def test_a_danger_goes_out_the_same_day_and_is_not_discussed(wang_ayi, sun_weiyuan, zhang_zhuren, bodies, places):
    topic = topics.raise_topic(
        wang_ayi, title="电线垂下来了", text="门口电线快掉了。", place_id=places.building.pk, danger=True
    )
    topics.admit(sun_weiyuan, topic.pk)
    assert Topic.objects.get(pk=topic.pk).due_on == clock.today()
    topics.dispatch(zhang_zhuren, topic.pk, reason="请马上处理", receiver_id=bodies.property.pk, danger=True)
    assert state(topic) == State.DISPATCHED


def test_a_repair_is_done_with_proof_and_confirmed(walk, zhang_zhuren, zhao_jingli, wang_ayi, bodies, picture):
    topic = walk(State.SCREENING)
    topics.dispatch(zhang_zhuren, topic.pk, reason="请修", receiver_id=bodies.property.pk)
    with refused("proof_missing"):
        topics.report_handled(zhao_jingli, topic.pk, text="")
    topics.report_handled(zhao_jingli, topic.pk, text="换好了", photo=picture())
    topics.report_unsolved(wang_ayi, topic.pk, reason="五楼还不亮")
    assert state(topic) == State.SCREENING
    topics.dispatch(zhang_zhuren, topic.pk, reason="再去看看", receiver_id=bodies.property.pk)
    topics.report_handled(zhao_jingli, topic.pk, text="五楼也换了")
    topics.confirm_solved(wang_ayi, topic.pk)
    assert state(topic) == State.EVALUATED


def test_silence_after_a_repair_counts_as_solved(walk, zhang_zhuren, zhao_jingli, bodies, later):
    topic = walk(State.SCREENING)
    topics.dispatch(zhang_zhuren, topic.pk, reason="请修", receiver_id=bodies.property.pk)
    topics.report_handled(zhao_jingli, topic.pk, text="换好了")
    later(days=6)
    assert topics.due(clock.now()) == 0
    later(days=3)
    assert topics.due(clock.now()) == 1
    assert state(topic) == State.EVALUATED


def test_a_redirected_number_stays_open_until_the_receiver_answers(walk, zhang_zhuren, li_shuji, bodies):
    topic = walk(State.SCREENING)
    due = clock.today() + datetime.timedelta(days=10)
    given = {"channel": Channel.COORDINATION, "reason": "要三方坐下来谈", "receiver_id": bodies.party.pk}
    topics.redirect(zhang_zhuren, topic.pk, due=due, **given)
    assert Topic.objects.get(pk=topic.pk).matter.is_open
    topics.refuse_redirect(li_shuji, topic.pk, reason="先由物业办")
    assert state(topic) == State.SCREENING
    topics.redirect(zhang_zhuren, topic.pk, due=due, **given)
    topics.answer_redirect(li_shuji, topic.pk, answer="已谈妥")
    assert state(topic) == State.CLOSED


def test_what_was_returned_is_mended_and_sent_again_under_its_number(walk, zhang_zhuren, wang_ayi):
    topic = walk(State.SCREENING)
    topics.return_to_author(zhang_zhuren, topic.pk, reason="请写明哪几层")
    again = topics.resend(wang_ayi, topic.pk, title="3号楼2单元四到七层灯不亮", text="四、五、六、七层。")
    assert (again.state, again.matter.number) == (State.SCREENING, topic.matter.number)


def test_what_is_not_mended_in_time_counts_as_withdrawn(walk, zhang_zhuren, later):
    topic = walk(State.SCREENING)
    topics.return_to_author(zhang_zhuren, topic.pk, reason="请写明哪几层")
    later(days=33)
    topics.due(clock.now())
    assert state(topic) == State.WITHDRAWN


def test_merging_keeps_all_supporters_and_texts(walk, zhang_zhuren, wang_ayi, zhou_dashu, chen_yezhu, places):
    first = walk(State.SCREENING)
    topics.support(zhou_dashu, first.pk)
    second = raise_another(wang_ayi, places.stairwell)
    for actor in (zhou_dashu, chen_yezhu):
        topics.support(actor, second.pk)
    topics.merge(zhang_zhuren, second.pk, into_id=first.pk, reason="同一件事")
    people = set(Support.objects.filter(topic=first).values_list("person_id", flat=True))
    assert people == {zhou_dashu.person_id, chen_yezhu.person_id, wang_ayi.person_id}
    assert Topic.objects.get(pk=second.pk).text == second.text
    assert Support.objects.filter(topic=second).count() == 2


def test_a_topic_is_not_merged_into_itself(walk, zhang_zhuren):
    topic = walk(State.SCREENING)
    with refused("merge_target_missing"):
        topics.merge(zhang_zhuren, topic.pk, into_id=topic.pk, reason="同一件事")


def test_who_reads_and_speaks_is_settled_before_the_notice(walk, zhang_zhuren):
    from xieshang.discussion.rules import Readers, Speakers

    topic = walk(State.PARTY_REVIEW)
    topics.set_circle(zhang_zhuren, topic.pk, readers=Readers.PUBLIC, speakers=Speakers.SCOPE)
    thread = topic.matter.thread
    assert (thread.readers, thread.speakers) == ("public", "scope")
    announced = walk(State.ANNOUNCED)
    with refused("circle_is_fixed"):
        topics.set_circle(zhang_zhuren, announced.pk, readers=Readers.PUBLIC, speakers=Speakers.SCOPE)


def test_closing_the_account_leaves_no_draft_no_picture_no_message(
    walk, wang_ayi, picture, django_capture_on_commit_callbacks
):
    assert Follower.objects.filter(matter=walk(State.SUBMITTED).matter, person_id=wang_ayi.person_id).exists()
    topics.save_draft(wang_ayi, words={"title": "路灯不亮"})
    photo = topics.add_draft_photo(wang_ayi, upload=picture())
    send([wang_ayi.person_id], title="有答复了")
    assert default_storage.exists(photo.page.name)
    with django_capture_on_commit_callbacks(execute=True):
        close_account(wang_ayi)
    for kept in (Draft, Message, Follower):
        assert not kept.objects.filter(person_id=wang_ayi.person_id).exists()
    assert not default_storage.exists(photo.page.name)
