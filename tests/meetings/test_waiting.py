"""What waits in meetings, for whom, until when."""

import datetime

from tests.meetings.conftest import FRIDAY
from xieshang.lib.actor import NOBODY
from xieshang.lib.paging import page_soonest
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting
from xieshang.meetings.queries import queues, waiting_for
from xieshang.meetings.rules import Answer, MeetingKind


def lines(actor):
    return [(one.title, one.action) for one in waiting_for(actor)]


def test_a_plan_waits_for_its_convener_until_the_notice_is_out(plan, zhang_zhuren, li_shuji, wang_ayi):
    meeting = plan()
    assert lines(zhang_zhuren) == [("供暖问题联席会议", "去发通知")]
    assert [lines(other) for other in (li_shuji, wang_ayi, NOBODY)] == [[], [], []]
    meetings.notify(zhang_zhuren, meeting.pk)
    assert lines(zhang_zhuren) == [("供暖问题联席会议", "答复来不来")]


def test_a_notice_waits_for_a_side_until_it_is_answered(called, zhao_jingli, wang_ayi):
    meeting = called()
    assert lines(zhao_jingli) == [("供暖问题联席会议", "答复来不来")]
    assert lines(wang_ayi) == []
    meetings.confirm(zhao_jingli, meeting.pk, answer=Answer.COMING)
    assert lines(zhao_jingli) == []


def test_near_its_hour_the_room_waits_until_one_is_in(called, move_to, zhao_jingli, zhang_zhuren):
    meeting = called()
    move_to(FRIDAY - datetime.timedelta(minutes=100))
    assert lines(zhao_jingli) == [("供暖问题联席会议", "去签到")]
    meetings.sign_in_by_code(zhao_jingli, meeting.code)
    assert lines(zhao_jingli) == []
    move_to(FRIDAY + datetime.timedelta(minutes=1))
    assert ("供暖问题联席会议", "去签到台") in lines(zhang_zhuren)


def test_somebody_on_the_list_is_asked_and_the_rest_are_not(plan, li_shuji, wang_ayi, zhou_dashu):
    meeting = plan(li_shuji, kind=MeetingKind.STUDY, place=li_shuji.office.body.place, title="研究会", sides=())
    meetings.ask_people(li_shuji, meeting.pk, names=["王桂芳"])
    assert lines(wang_ayi) == []
    meetings.notify(li_shuji, meeting.pk)
    assert lines(wang_ayi) == [("研究会", "答复来不来")]
    assert lines(zhou_dashu) == []


def test_the_desk_counts_what_is_under_way(plan, called, zhang_zhuren, li_shuji):
    assert queues(zhang_zhuren) == []
    plan(title="还在筹备的会")
    called()
    (queue,) = queues(zhang_zhuren)
    assert queue.count == 2
    assert [one.title for one in queue.rows("").rows] == ["还在筹备的会", "供暖问题联席会议"]
    assert queues(li_shuji) == []


def test_the_desk_parts_what_lacks_its_notice_what_is_soon_and_what_is_due(plan, called, zhang_zhuren, move_to):
    plan(title="还在筹备的会", starts_at=FRIDAY + datetime.timedelta(days=1))
    called()

    def parts():
        (queue,) = queues(zhang_zhuren)
        return {part.key: [one.title for one in part.rows("").rows] for part in queue.filters}

    assert parts() == {"planned": ["还在筹备的会"], "soon": [], "begun": []}
    move_to(FRIDAY)
    assert parts() == {"planned": ["还在筹备的会"], "soon": ["还在筹备的会"], "begun": ["供暖问题联席会议"]}


def test_meetings_are_paged_the_soonest_first(plan):
    third, first, second = (
        plan(title=f"会{day}", starts_at=FRIDAY + datetime.timedelta(days=day)) for day in (2, 0, 1)
    )
    pages = [page_soonest(Meeting.objects.all(), "starts_at", "", size=1)]
    while pages[-1].next_key:
        pages.append(page_soonest(Meeting.objects.all(), "starts_at", pages[-1].next_key, size=1))
    assert [page.rows for page in pages] == [[first], [second], [third]]
