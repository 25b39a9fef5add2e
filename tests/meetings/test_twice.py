"""What comes in two ways is there once; what is over stays as it was."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.meetings.conftest import FRIDAY, fresh
from tests.meetings.sitting import code, line
from tests.people import enter_as
from xieshang.lib.actor import Actor
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Attendance, Meeting
from xieshang.meetings.queries import presence_of
from xieshang.meetings.rules import MeetingKind, PartyCount
from xieshang.meetings.services import Named

K = MeetingKind
DAY = datetime.timedelta(days=1)


def test_a_signature_pressed_twice_is_given_once_and_nothing_is_said_to_be_wrong(laid_out, zhang_zhuren, client):
    enter_as(client, zhang_zhuren)
    row = line(laid_out, "和顺社区居委会")
    address = reverse("meetings:sign_minutes", args=[laid_out.meeting_id, row.pk])
    assert [client.post(address, {"code": laid_out.code}).status_code for _time in range(2)] == [302, 302]
    assert laid_out.signatures.filter(mark="signed").count() == 1


def test_the_old_address_of_the_form_leads_to_minutes_that_are_laid_out(laid_out, zhang_zhuren, client):
    enter_as(client, zhang_zhuren)
    there = client.get(reverse("meetings:edit_minutes", args=[laid_out.meeting_id]))
    assert there.url == reverse("meetings:minutes", args=[laid_out.meeting_id])


def test_a_party_meeting_under_one_file_number_is_one_meeting(li_shuji):
    given = {"held_on": datetime.date(2026, 3, 6), "count": PartyCount(40, 30, 21), "file_number": "3号"}
    assert meetings.record_party_meeting(li_shuji, **given) == meetings.record_party_meeting(li_shuji, **given)
    assert Meeting.objects.count() == 1


@pytest.fixture
def aunt(make_person, move_in, places):
    """Somebody at home here whose real name the committee knows."""
    person = make_person("姨妈", real_name="秦姨妈")
    move_in(person, places.units[5])
    return Actor(person)


def test_who_was_entered_by_name_and_home_and_then_comes_is_one_seat(gathered, zhang_zhuren, aunt, places):
    meeting = gathered(kind=K.RESIDENTS)
    seat = meetings.sign_in_named(zhang_zhuren, meeting.pk, Named("秦姨妈", unit_id=places.units[5].pk))
    assert meetings.sign_in_by_code(aunt, meeting.code).pk == seat.pk
    assert presence_of(meeting).present == 1
    again = Named("秦姨妈", unit_id=places.units[5].pk)
    assert code(lambda: meetings.sign_in_named(zhang_zhuren, meeting.pk, again)) == "signed_in_already"


def test_who_was_represented_and_then_comes_is_represented_no_more(gathered, zhang_zhuren, aunt, wang_ayi, places):
    meeting = gathered(kind=K.RESIDENTS)
    agent = meetings.sign_in_by_code(wang_ayi, meeting.code)
    seat = Named("秦姨妈", unit_id=places.units[5].pk)
    meetings.accept_proxy(zhang_zhuren, meeting.pk, seat=seat, agent_id=agent.pk, powers="全部议题")
    meetings.sign_in_by_code(aunt, meeting.code)
    there = presence_of(meeting)
    assert (there.present, there.by_proxy) == (2, 0)


def test_a_bare_name_counts_once_until_the_home_is_said(gathered, zhang_zhuren, places):
    meeting = gathered(kind=K.RESIDENTS)
    row = meetings.sign_in_named(zhang_zhuren, meeting.pk, Named("王伟"))
    assert code(lambda: meetings.sign_in_named(zhang_zhuren, meeting.pk, Named("王伟"))) == "signed_in_same_name"
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(meeting=meeting, name="王伟", way="clerk", arrived_at=row.arrived_at)
    meetings.sign_in_named(zhang_zhuren, meeting.pk, Named("王伟", unit_id=places.units[2].pk))
    assert presence_of(meeting).present == 2


def test_nobody_leaves_a_meeting_that_is_over(in_session, zhang_zhuren, wang_ayi):
    meetings.close_meeting(zhang_zhuren, in_session.pk)
    assert code(lambda: meetings.leave(wang_ayi, in_session.pk)) == "sign_in_over"
    assert presence_of(fresh(in_session)).in_room == 3


def test_who_signed_in_before_it_was_put_off_signs_in_again(called, zhang_zhuren, move_to):
    meeting = called()
    move_to(FRIDAY - datetime.timedelta(hours=1))
    meetings.sign_in_by_code(zhang_zhuren, meeting.code)
    meetings.postpone(zhang_zhuren, meeting.pk, starts_at=FRIDAY + 7 * DAY, reason="停电")
    assert presence_of(fresh(meeting)).present == 0
