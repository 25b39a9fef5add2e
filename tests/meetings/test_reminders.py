"""The day before a meeting those asked to come are reminded, once, however often and however late time runs."""

import datetime

import pytest

from tests.meetings.conftest import FRIDAY
from xieshang.lib.clock import now
from xieshang.lib.days import SHANGHAI
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting
from xieshang.meetings.rules import Answer
from xieshang.meetings.rules.reminders import is_due, is_wanted
from xieshang.notify.models import Message

DAY = datetime.timedelta(days=1)


def at(day, hour, minute=0):
    return datetime.datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("instant", "due"),
    [(at(12, 7, 59), False), (at(12, 8), True), (at(13, 13, 59), True), (at(13, 14), False), (at(11, 20), False)],
)
def test_it_is_due_from_the_morning_before_until_the_meeting_begins(instant, due):
    assert is_due(FRIDAY, instant) is due


@pytest.mark.parametrize(("told", "wanted"), [(at(12, 7, 59), True), (at(12, 8), False), (at(12, 20), False)])
def test_who_was_told_that_very_day_is_not_told_again(told, wanted):
    assert is_wanted(told, FRIDAY) is wanted


def heard(actor):
    return list(Message.objects.filter(person_id=actor.person_id, body__startswith="提醒").values_list("body", "count"))


def test_those_asked_are_reminded_once_and_not_who_cannot_come(called, he_zhuren, zhao_jingli, move_to):
    meeting = called()
    meetings.confirm(zhao_jingli, meeting.pk, answer=Answer.ABSENT, reason="出差")
    move_to(at(12, 7))
    assert meetings.remind(now()) == 0
    move_to(at(12, 9))
    assert [meetings.remind(now()) for _time in range(2)] == [1, 0]
    # One message about the meeting: the notice that was not read yet, renewed.
    assert heard(he_zhuren) == [("提醒：3月13日（周五）14:00开会，社区议事厅。", 2)]
    assert heard(zhao_jingli) == []


def test_a_late_run_says_the_same(called, he_zhuren, move_to):
    called()
    move_to(at(13, 13, 30))
    meetings.remind(now())
    assert [body for body, _count in heard(he_zhuren)] == ["提醒：3月13日（周五）14:00开会，社区议事厅。"]


def test_a_meeting_that_was_put_off_is_reminded_of_anew(called, zhang_zhuren, he_zhuren, move_to):
    meeting = called()
    move_to(at(12, 9))
    meetings.remind(now())
    meetings.postpone(zhang_zhuren, meeting.pk, starts_at=FRIDAY + 7 * DAY, reason="场地")
    assert Meeting.objects.get(pk=meeting.pk).reminded_at is None
    move_to(at(19, 9))
    assert meetings.remind(now()) == 1
    assert heard(he_zhuren)[0][0].startswith("提醒：3月20日")


def test_a_meeting_called_off_is_not_reminded_of(called, zhang_zhuren, he_zhuren, move_to):
    meeting = called()
    meetings.cancel(zhang_zhuren, meeting.pk, reason="不开了")
    move_to(at(12, 9))
    assert meetings.remind(now()) == 0
    assert heard(he_zhuren) == []
