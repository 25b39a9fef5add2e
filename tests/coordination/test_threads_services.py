"""The verbs of a thread: who may, when, what is kept."""

import datetime

import pytest
from django.http import Http404

from tests.coordination.threads import *  # noqa: F403  # fixtures
from tests.coordination.threads import picture, side_of
from xieshang.community.models import Office
from xieshang.coordination.models import Entry, Thread
from xieshang.coordination.rules.threads import CoverKind, Part, State
from xieshang.coordination.services import threads as services
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.refusals import NotAllowed, RuleViolation

DAY = datetime.timedelta(days=1)


def codes(refused):
    return [refusal.code for refusal in refused.value.refusals]


def test_a_thread_has_its_own_number_and_is_known_to_offices_first(raised, wang_ayi, li_shuji, zhao_jingli):
    assert raised.matter.number == f"协调-和顺-{today().year}-0001"
    assert Thread.objects.visible_to(li_shuji).filter(pk=raised.pk).exists()
    assert not Thread.objects.visible_to(wang_ayi).filter(pk=raised.pk).exists()
    assert not Thread.objects.visible_to(zhao_jingli).filter(pk=raised.pk).exists()


def test_acceptance_seats_the_three_sides_and_opens_it_to_residents(accepted, wang_ayi, bodies):
    assert list(accepted.sides.order_by("pk").values_list("kind", "body")) == [
        ("committee", bodies.committee.pk),
        ("owners", bodies.owners.pk),
        ("company", bodies.property.pk),
    ]
    assert Thread.objects.visible_to(wang_ayi).filter(pk=accepted.pk).exists()


def test_a_resident_is_led_to_the_committee(wang_ayi, places):
    with pytest.raises(NotAllowed) as refused:
        services.raise_thread(wang_ayi, title="冷", text="很冷", place_id=places.compound.pk)
    assert "我要说事" in refused.value.sentence


def test_only_the_secretary_takes_it_up(raised, zhang_zhuren):
    with pytest.raises(NotAllowed):
        services.accept(zhang_zhuren, raised.pk)


def test_a_term_that_is_over_speaks_for_nobody(asked, zhao_jingli):
    Office.objects.filter(pk=zhao_jingli.office.pk).update(ends=today() - DAY)
    with pytest.raises(NotAllowed) as refused:
        services.file_position(zhao_jingli, asked.pk, side_id=side_of(asked, "company").pk, text="已更换阀门")
    assert "任期已经结束" in refused.value.sentence


@pytest.mark.parametrize("kind", ["committee", "owners"])
def test_nobody_speaks_for_another_side(asked, zhao_jingli, kind):
    with pytest.raises(NotAllowed) as refused:
        services.file_position(zhao_jingli, asked.pk, side_id=side_of(asked, kind).pk, text="我们同意")
    assert "在任" in refused.value.sentence


def test_the_same_person_without_the_office_knows_of_nothing(asked, zhao_jingli):
    with pytest.raises(Http404):
        services.file_position(Actor(zhao_jingli.person), asked.pk, side_id=side_of(asked, "company").pk, text="同意")


def test_positions_are_kept_in_every_version_and_late_ones_stand_as_late(asked, zhao_jingli, later):
    side = side_of(asked, "company")
    services.file_position(zhao_jingli, asked.pk, side_id=side.pk, text="正在检查")
    later(8)
    services.file_position(zhao_jingli, asked.pk, side_id=side.pk, text="立管阀门锈死两处")
    rows = Entry.objects.filter(side=side).order_by("version").values_list("version", "text", "is_late")
    assert list(rows) == [(1, "正在检查", False), (2, "立管阀门锈死两处", True)]


def test_what_was_said_cannot_be_changed_even_in_the_database(answered):
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(part="working")


def test_a_letter_is_entered_for_who_does_not_use_the_platform_and_for_nobody_else(asked, zhang_zhuren):
    supplier = services.invite(zhang_zhuren, asked.pk, name="热力公司")
    entry = services.enter_letter(
        zhang_zhuren, asked.pk, side_id=supplier.pk, text="换热站调平衡", letter=picture(), letter_day=today()
    )
    assert (entry.via, entry.letter.circle, entry.side.name) == ("letter", "closed", "热力公司")
    with pytest.raises(RuleViolation) as refused:
        services.enter_letter(
            zhang_zhuren,
            asked.pk,
            side_id=side_of(asked, "company").pk,
            text="我们认错",
            letter=picture(),
            letter_day=today(),
        )
    assert codes(refused) == ["side_has_account"]


def test_a_letter_without_its_scan_or_from_tomorrow_is_refused(asked, zhang_zhuren):
    supplier = services.invite(zhang_zhuren, asked.pk, name="热力公司")
    with pytest.raises(RuleViolation) as refused:
        services.enter_letter(
            zhang_zhuren, asked.pk, side_id=supplier.pk, text="好", letter=None, letter_day=today() + DAY
        )
    assert codes(refused) == ["letter_missing", "letter_day_wrong"]


def test_a_guest_speaks_until_the_link_expires(asked, zhang_zhuren, later):
    supplier = services.invite(zhang_zhuren, asked.pk, name="热力公司")
    key = services.make_guest_link(zhang_zhuren, supplier.pk, days=7)
    entry = services.guest_says(key, text="换热站本周检修", name="生产科李工")
    assert (entry.via, entry.guest, entry.side_id) == ("guest", "生产科李工", supplier.pk)
    later(8)
    with pytest.raises(RuleViolation) as refused:
        services.guest_says(key, text="还有话说", name="生产科李工")
    assert codes(refused) == ["guest_expired"]
    with pytest.raises(Http404):
        services.guest_says("made-up", text="还有话说", name="某人")


def test_a_stopped_link_is_like_an_expired_one(asked, zhang_zhuren):
    supplier = services.invite(zhang_zhuren, asked.pk, name="热力公司")
    key = services.make_guest_link(zhang_zhuren, supplier.pk, days=7)
    services.end_guest_links(zhang_zhuren, supplier.pk)
    with pytest.raises(RuleViolation) as refused:
        services.guest_side(key)
    assert codes(refused) == ["guest_expired"]


def test_an_entry_is_opened_once_by_its_side_and_never_closed_again(asked, zhao_jingli, zhang_zhuren):
    side = side_of(asked, "company")
    entry = services.say(zhao_jingli, asked.pk, side_id=side.pk, text="合同底价如下", part=Part.WORKING)
    with pytest.raises(NotAllowed):
        services.open_entry(zhang_zhuren, entry.pk, reason="居民想看")
    services.open_entry(zhao_jingli, entry.pk, reason="各方同意公开")
    with pytest.raises(RuleViolation) as refused:
        services.open_entry(zhao_jingli, entry.pk, reason="再来一次")
    assert codes(refused) == ["is_public_already"]


def test_only_words_that_stand_there_are_covered(asked, zhao_jingli, zhang_zhuren):
    side = side_of(asked, "company")
    entry = services.file_position(zhao_jingli, asked.pk, side_id=side.pk, text="501室王桂芳家最冷")
    services.cover(zhang_zhuren, entry.pk, kind=CoverKind.PERSONAL, words="501室王桂芳")
    with pytest.raises(RuleViolation) as refused:
        services.cover(zhang_zhuren, entry.pk, kind=CoverKind.PERSONAL, words="502室")
    assert codes(refused) == ["words_not_there"]


def test_where_no_committee_is_in_office_owners_named_by_the_residents_committee_sit(
    raised, li_shuji, he_zhuren, zhang_zhuren, chen_yezhu
):
    Office.objects.filter(pk=he_zhuren.office.pk).update(ends=today() - DAY)
    thread = services.accept(li_shuji, raised.pk)
    side = side_of(thread, "owners")
    assert (side.is_filled, side.name) == (True, "业主代表")
    with pytest.raises(RuleViolation) as refused:
        services.assign(li_shuji, thread.pk, lead=side_of(thread, "company").pk)
    assert codes(refused) == ["sides_missing"]
    services.name_representative(zhang_zhuren, side.pk, phone=chen_yezhu.person.phone)
    services.assign(li_shuji, thread.pk, lead=side_of(thread, "company").pk)
    entry = services.file_position(chen_yezhu, thread.pk, side_id=side.pk, text="先把阀门换了")
    assert entry.side_id == side.pk


def test_a_stranger_cannot_be_named(raised, li_shuji, he_zhuren, zhang_zhuren, wairen):
    Office.objects.filter(pk=he_zhuren.office.pk).update(ends=today() - DAY)
    thread = services.accept(li_shuji, raised.pk)
    with pytest.raises(RuleViolation) as refused:
        services.name_representative(zhang_zhuren, side_of(thread, "owners").pk, phone=wairen.person.phone)
    assert codes(refused) == ["not_a_neighbour"]


def test_a_meeting_needs_three_days_notice(answered, li_shuji):
    with pytest.raises(RuleViolation) as refused:
        services.call_meeting(li_shuji, answered.pk, starts_at=now() + 2 * DAY, venue="社区议事厅")
    assert codes(refused) == ["meeting_notice_short"]


def test_a_meeting_is_put_off_once_and_then_held_with_the_absence_noted(met, li_shuji, later):
    ids = list(met.sides.order_by("pk").values_list("pk", flat=True))
    with pytest.raises(RuleViolation) as refused:
        services.draft_minutes(li_shuji, met.pk, present=ids[:2], absence="物业没有来")
    assert codes(refused) == ["sides_absent"]
    services.adjourn(li_shuji, met.pk, present=ids[:2], absence="物业没有来", starts_at=now() + 2 * DAY)
    later(6)
    with pytest.raises(RuleViolation) as refused:
        services.adjourn(li_shuji, met.pk, present=ids[:2], absence="又没有来", starts_at=now() + 2 * DAY)
    assert codes(refused) == ["adjourned_already"]
    thread = services.draft_minutes(li_shuji, met.pk, present=ids[:2], absence="物业两次没有来，没说原因")
    assert thread.state == State.MINUTES_DRAFT


def test_a_delegate_convenes_in_the_secretarys_stead(raised, li_shuji, sun_weiyuan):
    with pytest.raises(NotAllowed):
        services.accept(sun_weiyuan, raised.pk)
    services.delegate(li_shuji, raised.pk, person_id=sun_weiyuan.person.pk)
    assert services.accept(sun_weiyuan, raised.pk).state == State.ACCEPTED


def test_what_the_owners_decide_cannot_be_settled_here(confirmed, li_shuji):
    services.mark_for_owners(li_shuji, confirmed.pk, owners_item="改建共有部分")
    with pytest.raises(RuleViolation) as refused:
        services.start_actions(li_shuji, confirmed.pk)
    assert codes(refused) == ["owners_decide", "no_promise"]
    assert services.hand_to_owners(li_shuji, confirmed.pk, reason="依法由业主定").state == State.TO_OWNERS


@pytest.mark.parametrize("verb", ["escalate", "mediate", "go_to_law"])
def test_a_thread_goes_elsewhere_with_a_reason(answered, li_shuji, verb):
    with pytest.raises(RuleViolation) as refused:
        getattr(services, verb)(li_shuji, answered.pk, reason=" ")
    assert codes(refused) == ["reason_missing"]
    assert getattr(services, verb)(li_shuji, answered.pk, reason="谈不拢").matter.is_open
    assert services.settle(li_shuji, answered.pk, result="已有结果").matter.is_open is False


def test_the_street_sends_an_escalated_thread_back(answered, li_shuji, liu_street, zhang_zhuren):
    services.escalate(li_shuji, answered.pk, reason="热力公司不来")
    with pytest.raises(NotAllowed):
        services.send_back(zhang_zhuren, answered.pk, reason="再谈", positions_due=today() + DAY)
    thread = services.send_back(liu_street, answered.pk, reason="热力公司已答应参加", positions_due=today() + DAY)
    assert (thread.state, thread.positions_due) == (State.POSITIONS, today() + DAY)
