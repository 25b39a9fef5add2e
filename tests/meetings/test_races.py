"""On a real PostgreSQL: a room that many walk into at the same instant."""

from datetime import datetime, time, timedelta

import pytest

from tests.meetings.conftest import FRIDAY
from tests.races import all_at_once
from xieshang.lib.actor import Actor
from xieshang.lib.days import SHANGHAI
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Attendance, Hand
from xieshang.meetings.queries import presence_of
from xieshang.meetings.rules import Base, MeetingKind, State

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def family(make_person, move_in, places):
    """Six people of one home."""
    people = [make_person(f"家人{number}") for number in range(6)]
    for person in people:
        move_in(person, places.units[0])
    return [Actor(person) for person in people]


def test_of_one_home_that_comes_at_once_one_counts_and_all_are_in(gathered, family):
    meeting = gathered(kind=MeetingKind.RESIDENTS, base=Base.HOUSEHOLDS, expected=5)
    answers = all_at_once(*(lambda one=one: meetings.sign_in_by_code(one, meeting.code) and None for one in family))
    assert answers == [None] * len(family)
    there = presence_of(meeting)
    assert (there.present, there.in_room) == (1, len(family))


def test_two_phones_of_one_person_are_one_seat(gathered, wang_ayi):
    meeting = gathered(kind=MeetingKind.RESIDENTS)
    answers = all_at_once(*(lambda: meetings.sign_in_by_key(wang_ayi, meeting.key) and None for _ in range(6)))
    assert answers == [None] * 6
    assert Attendance.objects.count() == 1


def test_who_comes_while_it_is_cancelled_is_in_before_or_refused(gathered, family, zhang_zhuren):
    meeting = gathered(kind=MeetingKind.CONSULTATION)
    answers = all_at_once(
        lambda: meetings.cancel(zhang_zhuren, meeting.pk, reason="停电") and None,
        *(lambda one=one: meetings.sign_in_by_key(one, meeting.key) and None for one in family),
    )
    assert set(answers[1:]) <= {None, "sign_in_over", "sign_in_code_wrong"}
    assert Attendance.objects.count() == sum(answer is None for answer in answers[1:])
    meeting.refresh_from_db()
    assert meeting.state == State.CANCELLED


def test_the_chair_and_the_clerk_call_one_speaker(in_session, zhang_zhuren, sun_weiyuan, wang_ayi, zhou_dashu):
    meetings.raise_hand(wang_ayi, in_session.pk)
    meetings.raise_hand(zhou_dashu, in_session.pk)
    answers = all_at_once(
        lambda: meetings.call_speaker(zhang_zhuren, in_session.pk) and None,
        lambda: meetings.call_speaker(sun_weiyuan, in_session.pk) and None,
    )
    assert sorted(answer or "" for answer in answers) == ["", "somebody_speaks"]
    assert Hand.objects.filter(called_at__isnull=False, ended_at__isnull=True).count() == 1


def test_of_members_who_sign_at_once_the_days_begin_once(board):
    request = meetings.raise_request(board[1], about="公共收益账目公开")
    answers = all_at_once(
        *(lambda one=one: meetings.sign_request(one, request.pk) and None for one in (board[2], board[3], board[4]))
    )
    assert sorted(answer or "" for answer in answers) == ["", "request_not_gathering", "request_not_gathering"]
    request.refresh_from_db()
    assert (request.state, request.signatures.count()) == ("reached", 2)


def test_of_two_members_who_send_the_notice_at_once_one_calls_the_meeting(board, plan, move_to):
    about = "公共收益账目公开"
    request = meetings.sign_request(board[2], meetings.raise_request(board[1], about=about).pk)
    move_to(datetime.combine(request.call_by + timedelta(days=1), time(9), SHANGHAI))
    words = {"kind": MeetingKind.OWNERS_COMMITTEE, "items": [meetings.Item(about)]}
    starts = FRIDAY + timedelta(days=17)
    plans = {
        one: plan(one, starts_at=starts, title=f"业委会会议{seat}", **words) for seat, one in enumerate(board[1:3])
    }
    answers = all_at_once(
        *(lambda one=one, meeting=meeting: meetings.notify(one, meeting.pk) and None for one, meeting in plans.items())
    )
    assert sorted(answer or "" for answer in answers) == ["", "request_called_already"]
    assert sorted(request.meetings.values_list("state", flat=True)) == ["noticed", "planned"]
