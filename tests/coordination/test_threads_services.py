"""The verbs of a thread: who may, when, what is kept."""

import datetime

import pytest
from django.http import Http404
from django.urls import reverse

from tests.coordination.threads import hold, picture, side_of, sign
from xieshang.community.models import Office
from xieshang.coordination.models import Entry, Thread
from xieshang.coordination.queries import waiting_for
from xieshang.coordination.rules.threads import CoverKind, Part, State
from xieshang.coordination.services import threads as services
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.meetings import services as meetings
from xieshang.meetings.rules.minutes import Action
from xieshang.notify.models import Message

DAY = datetime.timedelta(days=1)


def work_of(thread):
    return reverse("coordination:work", args=[thread.pk])


def codes(refused):
    return [refusal.code for refusal in refused.value.refusals]


def test_a_thread_has_its_own_number_and_is_known_to_offices_first(raised_thread, wang_ayi, li_shuji, zhao_jingli):
    assert raised_thread.matter.number == f"协调-和顺-{today().year}-0001"
    assert Thread.objects.visible_to(li_shuji).filter(pk=raised_thread.pk).exists()
    assert not Thread.objects.visible_to(wang_ayi).filter(pk=raised_thread.pk).exists()
    assert not Thread.objects.visible_to(zhao_jingli).filter(pk=raised_thread.pk).exists()


def test_acceptance_seats_the_three_sides_and_opens_it_to_residents(accepted_thread, wang_ayi, bodies):
    assert list(accepted_thread.sides.order_by("pk").values_list("kind", "body")) == [
        ("committee", bodies.committee.pk),
        ("owners", bodies.owners.pk),
        ("company", bodies.property.pk),
    ]
    assert Thread.objects.visible_to(wang_ayi).filter(pk=accepted_thread.pk).exists()


def test_a_resident_is_led_to_the_committee(wang_ayi, places):
    with pytest.raises(NotAllowed) as refused:
        services.raise_thread(wang_ayi, title="冷", text="很冷", place_id=places.compound.pk)
    assert "我要说事" in refused.value.sentence


def test_only_the_secretary_takes_it_up(raised_thread, zhang_zhuren):
    with pytest.raises(NotAllowed):
        services.accept(zhang_zhuren, raised_thread.pk)


def test_a_term_that_is_over_speaks_for_nobody(asked_thread, zhao_jingli):
    Office.objects.filter(pk=zhao_jingli.office.pk).update(ends=today() - DAY)
    with pytest.raises(NotAllowed) as refused:
        services.file_position(
            zhao_jingli, asked_thread.pk, side_id=side_of(asked_thread, "company").pk, text="已更换阀门"
        )
    assert "任期已经结束" in refused.value.sentence


@pytest.mark.parametrize("kind", ["committee", "owners"])
def test_nobody_speaks_for_another_side(asked_thread, zhao_jingli, kind):
    with pytest.raises(NotAllowed) as refused:
        services.file_position(zhao_jingli, asked_thread.pk, side_id=side_of(asked_thread, kind).pk, text="我们同意")
    assert "在任" in refused.value.sentence


def test_the_same_person_without_the_office_knows_of_nothing(asked_thread, zhao_jingli):
    with pytest.raises(Http404):
        services.file_position(
            Actor(zhao_jingli.person), asked_thread.pk, side_id=side_of(asked_thread, "company").pk, text="同意"
        )


def test_positions_are_kept_in_every_version_and_late_ones_stand_as_late(asked_thread, zhao_jingli, later):
    side = side_of(asked_thread, "company")
    services.file_position(zhao_jingli, asked_thread.pk, side_id=side.pk, text="正在检查")
    later(8)
    services.file_position(zhao_jingli, asked_thread.pk, side_id=side.pk, text="立管阀门锈死两处")
    rows = Entry.objects.filter(side=side).order_by("version").values_list("version", "text", "is_late")
    assert list(rows) == [(1, "正在检查", False), (2, "立管阀门锈死两处", True)]


def test_what_was_said_cannot_be_changed_even_in_the_database(answered_thread):
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(part="working")


def test_a_letter_is_entered_for_who_does_not_use_the_platform_and_for_nobody_else(asked_thread, zhang_zhuren):
    supplier = services.invite(zhang_zhuren, asked_thread.pk, name="热力公司")
    entry = services.enter_letter(
        zhang_zhuren, asked_thread.pk, side_id=supplier.pk, text="换热站调平衡", letter=picture(), letter_day=today()
    )
    assert (entry.via, entry.letter.circle, entry.side.name) == ("letter", "closed", "热力公司")
    with pytest.raises(RuleViolation) as refused:
        services.enter_letter(
            zhang_zhuren,
            asked_thread.pk,
            side_id=side_of(asked_thread, "company").pk,
            text="我们认错",
            letter=picture(),
            letter_day=today(),
        )
    assert codes(refused) == ["side_has_account"]


def test_a_letter_without_its_scan_or_from_tomorrow_is_refused(asked_thread, zhang_zhuren):
    supplier = services.invite(zhang_zhuren, asked_thread.pk, name="热力公司")
    with pytest.raises(RuleViolation) as refused:
        services.enter_letter(
            zhang_zhuren, asked_thread.pk, side_id=supplier.pk, text="好", letter=None, letter_day=today() + DAY
        )
    assert codes(refused) == ["letter_missing", "letter_day_wrong"]


def test_a_guest_speaks_until_the_link_expires(asked_thread, zhang_zhuren, later):
    supplier = services.invite(zhang_zhuren, asked_thread.pk, name="热力公司")
    key = services.make_guest_link(zhang_zhuren, supplier.pk, days=7)
    entry = services.guest_says(key, text="换热站本周检修", name="生产科李工")
    assert (entry.via, entry.guest, entry.side_id) == ("guest", "生产科李工", supplier.pk)
    later(8)
    with pytest.raises(RuleViolation) as refused:
        services.guest_says(key, text="还有话说", name="生产科李工")
    assert codes(refused) == ["guest_expired"]
    with pytest.raises(Http404):
        services.guest_says("made-up", text="还有话说", name="某人")


def test_a_stopped_link_is_like_an_expired_one(asked_thread, zhang_zhuren):
    supplier = services.invite(zhang_zhuren, asked_thread.pk, name="热力公司")
    key = services.make_guest_link(zhang_zhuren, supplier.pk, days=7)
    services.end_guest_links(zhang_zhuren, supplier.pk)
    with pytest.raises(RuleViolation) as refused:
        services.guest_side(key)
    assert codes(refused) == ["guest_expired"]


def test_an_entry_is_opened_once_by_its_side_and_never_closed_again(asked_thread, zhao_jingli, zhang_zhuren):
    side = side_of(asked_thread, "company")
    entry = services.say(zhao_jingli, asked_thread.pk, side_id=side.pk, text="合同底价如下", part=Part.WORKING)
    with pytest.raises(NotAllowed):
        services.open_entry(zhang_zhuren, entry.pk, reason="居民想看")
    services.open_entry(zhao_jingli, entry.pk, reason="各方同意公开")
    with pytest.raises(RuleViolation) as refused:
        services.open_entry(zhao_jingli, entry.pk, reason="再来一次")
    assert codes(refused) == ["is_public_already"]


def test_only_words_that_stand_there_are_covered(asked_thread, zhao_jingli, zhang_zhuren):
    side = side_of(asked_thread, "company")
    entry = services.file_position(zhao_jingli, asked_thread.pk, side_id=side.pk, text="501室王桂芳家最冷")
    services.cover(zhang_zhuren, entry.pk, kind=CoverKind.PERSONAL, words="501室王桂芳")
    with pytest.raises(RuleViolation) as refused:
        services.cover(zhang_zhuren, entry.pk, kind=CoverKind.PERSONAL, words="502室")
    assert codes(refused) == ["words_not_there"]


def test_where_no_committee_is_in_office_owners_named_by_the_residents_committee_sit(
    raised_thread, li_shuji, he_zhuren, zhang_zhuren, chen_yezhu
):
    Office.objects.filter(pk=he_zhuren.office.pk).update(ends=today() - DAY)
    thread = services.accept(li_shuji, raised_thread.pk)
    side = side_of(thread, "owners")
    assert (side.is_filled, side.name) == (True, "业主代表")
    with pytest.raises(RuleViolation) as refused:
        services.assign(li_shuji, thread.pk, lead=side_of(thread, "company").pk)
    assert codes(refused) == ["sides_missing"]
    services.name_representative(zhang_zhuren, side.pk, phone=chen_yezhu.person.phone)
    services.assign(li_shuji, thread.pk, lead=side_of(thread, "company").pk)
    entry = services.file_position(chen_yezhu, thread.pk, side_id=side.pk, text="先把阀门换了")
    assert entry.side_id == side.pk


@pytest.mark.parametrize("who", ["wairen", "wang_ayi"])
def test_whoever_owns_no_home_here_cannot_be_named(raised_thread, li_shuji, he_zhuren, zhang_zhuren, who, request):
    Office.objects.filter(pk=he_zhuren.office.pk).update(ends=today() - DAY)
    thread = services.accept(li_shuji, raised_thread.pk)
    phone = request.getfixturevalue(who).person.phone
    with pytest.raises(RuleViolation) as refused:
        services.name_representative(zhang_zhuren, side_of(thread, "owners").pk, phone=phone)
    assert codes(refused) == ["not_an_owner"]


def test_a_meeting_needs_three_days_notice(answered_thread, li_shuji):
    with pytest.raises(RuleViolation) as refused:
        services.call_meeting(li_shuji, answered_thread.pk, starts_at=now() + 2 * DAY, venue="社区议事厅")
    assert codes(refused) == ["meeting_notice_short"]


def test_a_meeting_is_put_off_once_and_then_held_with_the_absence_noted(
    met_thread, li_shuji, zhang_zhuren, he_zhuren, later
):
    meeting = met_thread.meeting.meeting
    meetings.sign_in_by_code(zhang_zhuren, meeting.code)
    with pytest.raises(RuleViolation):
        meetings.open_meeting(li_shuji, meeting.pk)
    meetings.adjourn(li_shuji, meeting.pk, starts_at=now() + 2 * DAY)
    met_thread.refresh_from_db()
    assert (met_thread.state, met_thread.adjourned) == (State.MEETING, 1)
    later(6)
    hold(met_thread, li_shuji, zhang_zhuren, he_zhuren)
    step = met_thread.steps.last()
    assert (step.step, step.after, step.note) == ("draft_minutes", "minutes_draft", "缺席：安居物业服务有限公司")


def test_the_minutes_bring_positions_and_promises_and_bind_who_signs(
    met_thread, li_shuji, zhang_zhuren, he_zhuren, zhao_jingli
):
    company = side_of(met_thread, "company")
    services.cover(zhao_jingli, company.entries.get().pk, kind=CoverKind.SECRET, words="company")
    word = services.Word("更换立管阀门", "工程部刘师傅", today() + 9 * DAY)
    services.promise(zhao_jingli, met_thread.pk, side_id=company.pk, word=word)
    hold(met_thread, li_shuji, zhang_zhuren, he_zhuren, zhao_jingli)
    minutes = met_thread.meeting.meeting.minutes
    known = {row["side"]: row["text"] for row in minutes.positions}
    assert known["安居物业服务有限公司"] == "［商业秘密，已遮住］的意见"
    assert [(row["what"], row["who"]) for row in minutes.actions] == [("更换立管阀门", "安居物业 · 工程部刘师傅")]
    due = today() + 9 * DAY
    rows = [
        Action("更换立管阀门", "安居物业 · 工程部刘师傅", due),
        Action("复测17户室温", "和顺社区居委会 · 网格员", due),
        Action("公布账目", "明湖家园业委会 · 何主任", due),
        Action("再查一次", "街道", due),
    ]
    sign(met_thread, li_shuji, zhang_zhuren, zhao_jingli, refusing=he_zhuren, actions=rows)
    met_thread.refresh_from_db()
    assert met_thread.state == State.CONFIRMED
    assert met_thread.steps.last().note == "明湖家园业主委员会不签：退费办法还没谈清"
    found = met_thread.commitments.order_by("pk").values_list("item__what", "answerer", "origin", "side__kind")
    assert list(found) == [
        ("更换立管阀门", "工程部刘师傅", "position", "company"),
        ("复测17户室温", "网格员", "minutes", "committee"),
    ]


def test_a_meeting_that_was_called_off_is_called_again(met_thread, li_shuji, browser_of):
    meetings.cancel(li_shuji, met_thread.meeting.meeting.pk, reason="停水了")
    assert [one.line for one in waiting_for(li_shuji)] == ["联席会议取消了，请定下一步"]
    assert "会议取消了，再定日子" in browser_of(li_shuji).get(met_thread.get_absolute_url()).text
    thread = services.talk_again(li_shuji, met_thread.pk, reason="停水，改日再开", positions_due=today() + DAY)
    assert (thread.state, thread.meeting) == (State.POSITIONS, None)


@pytest.mark.parametrize(
    ("verb", "word"), [("talk_again", "再商量一次"), ("escalate", "报街道协调"), ("mediate", "转人民调解")]
)
def test_going_another_way_calls_the_meeting_off_and_those_asked_hear_why(
    answered_thread, li_shuji, zhao_jingli, browser_of, verb, word
):
    services.call_meeting(li_shuji, answered_thread.pk, starts_at=now() + 4 * DAY, venue="社区议事厅")
    meeting = Thread.objects.get(pk=answered_thread.pk).meeting.meeting
    assert "的联席会议会随之取消" in browser_of(li_shuji).get(work_of(answered_thread)).text
    given = {"positions_due": today() + DAY} if verb == "talk_again" else {}
    getattr(services, verb)(li_shuji, answered_thread.pk, reason="谈不拢", **given)
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"
    assert any(f"{word}：谈不拢" in one.body for one in Message.objects.filter(person=zhao_jingli.person))


def test_no_way_leads_out_of_a_meeting_that_is_being_held(met_thread, li_shuji, zhang_zhuren, zhao_jingli, he_zhuren):
    meeting = met_thread.meeting.meeting
    for actor in (li_shuji, zhang_zhuren, zhao_jingli, he_zhuren):
        meetings.sign_in_by_code(actor, meeting.code)
    meetings.open_meeting(li_shuji, meeting.pk)
    with pytest.raises(RuleViolation) as refused:
        services.escalate(li_shuji, met_thread.pk, reason="谈不拢")
    assert codes(refused) == ["meeting_sits"]
    meetings.close_meeting(li_shuji, meeting.pk)
    assert services.escalate(li_shuji, met_thread.pk, reason="谈不拢").state == State.ESCALATED


def test_asked_again_every_side_answers_again_and_what_it_said_before_stands_as_the_last_round(
    confirmed_thread, li_shuji, zhao_jingli, later, browser_of
):
    thread, company = confirmed_thread, side_of(confirmed_thread, "company")
    services.talk_again(li_shuji, thread.pk, reason="退费没有谈拢", positions_due=today() + DAY)
    assert [one.line for one in waiting_for(zhao_jingli)] == ["请本单位书面表态"]
    page = browser_of(zhao_jingli)
    shown = page.get(thread.get_absolute_url()).content.decode()
    assert ("3方中0方已答 · 第2轮" in shown, shown.count("上一轮的意见"), "已答</" in shown) == (True, 3, False)
    assert "company的意见</textarea>" in page.get(reverse("coordination:work", args=[thread.pk])).content.decode()
    later(3)
    services.file_position(zhao_jingli, thread.pk, side_id=company.pk, text="company的意见")
    rows = company.entries.order_by("pk").values_list("round", "version", "is_late")
    assert list(rows) == [(1, 1, False), (2, 1, True)]
    assert "迟答" in page.get(thread.get_absolute_url()).content.decode()


def test_a_delegate_convenes_in_the_secretarys_stead(raised_thread, li_shuji, sun_weiyuan):
    with pytest.raises(NotAllowed):
        services.accept(sun_weiyuan, raised_thread.pk)
    services.delegate(li_shuji, raised_thread.pk, person_id=sun_weiyuan.person.pk)
    assert services.accept(sun_weiyuan, raised_thread.pk).state == State.ACCEPTED


def test_what_the_owners_decide_cannot_be_settled_here(confirmed_thread, li_shuji):
    services.mark_for_owners(li_shuji, confirmed_thread.pk, owners_item="改建共有部分")
    with pytest.raises(RuleViolation) as refused:
        services.start_actions(li_shuji, confirmed_thread.pk)
    assert codes(refused) == ["owners_decide", "no_promise"]
    assert services.hand_to_owners(li_shuji, confirmed_thread.pk, reason="依法由业主定").state == State.TO_OWNERS


@pytest.mark.parametrize("verb", ["escalate", "mediate", "go_to_law"])
def test_a_thread_goes_elsewhere_with_a_reason(answered_thread, li_shuji, verb):
    with pytest.raises(RuleViolation) as refused:
        getattr(services, verb)(li_shuji, answered_thread.pk, reason=" ")
    assert codes(refused) == ["reason_missing"]
    assert getattr(services, verb)(li_shuji, answered_thread.pk, reason="谈不拢").matter.is_open
    assert services.settle(li_shuji, answered_thread.pk, result="已有结果").matter.is_open is False


def test_the_street_sends_an_escalated_thread_back(answered_thread, li_shuji, liu_street, zhang_zhuren):
    services.escalate(li_shuji, answered_thread.pk, reason="热力公司不来")
    with pytest.raises(NotAllowed):
        services.send_back(zhang_zhuren, answered_thread.pk, reason="再谈", positions_due=today() + DAY)
    thread = services.send_back(
        liu_street, answered_thread.pk, reason="热力公司已答应参加", positions_due=today() + DAY
    )
    assert (thread.state, thread.positions_due) == (State.POSITIONS, today() + DAY)
