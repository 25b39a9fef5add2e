"""A third of the members demand a meeting of the homeowners' committee; the chair has so many days to call it."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse

from tests.meetings.conftest import FRIDAY, MONDAY
from tests.meetings.sitting import code
from tests.people import enter_as
from xieshang.community.models import Office
from xieshang.lib.clock import now
from xieshang.lib.days import SHANGHAI
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting, MeetingRequest, RequestSignature
from xieshang.meetings.queries.requests import request_page, requests_waiting
from xieshang.meetings.rules import MeetingKind
from xieshang.meetings.rules import requests as law
from xieshang.meetings.rules.requests import Caller, RequestState
from xieshang.notify.models import Message

ABOUT = "公共收益账目公开"
LAST = datetime.date(2026, 3, 16)
DAY = datetime.timedelta(days=1)


# Rules. ---------------------------------------------------------------------------------------------------------------

# Members, and the smallest number of them that is a third or more.
THIRDS = [(1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 2), (7, 3), (8, 3), (9, 3), (10, 4), (11, 4)]


@pytest.mark.parametrize(("members", "least"), THIRDS)
def test_a_third_of_the_members_is_enough_and_one_less_is_not(members, least):
    assert law.least_signatures({}, members) == least
    assert law.is_enough({}, least, members)
    assert not law.is_enough({}, least - 1, members)


def test_a_committee_without_members_is_never_enough():
    assert not law.is_enough({}, 0, 0)


def test_a_place_may_ask_for_fewer_and_for_less_time():
    values = {"meetings.request_share": ">=1/5", "meetings.request_days": 3}
    assert law.least_signatures(values, 11) == 3
    assert law.call_by(values, MONDAY.date()) == datetime.date(2026, 3, 12)


@pytest.mark.parametrize(
    ("reached", "last"),
    [
        (MONDAY.date(), LAST),
        # The seventh day is a Saturday: the first working day after it.
        (datetime.date(2026, 3, 14), datetime.date(2026, 3, 23)),
    ],
)
def test_the_days_of_the_chair_begin_the_day_after_and_end_on_a_working_day(reached, last):
    assert law.call_by({}, reached) == last
    assert not law.is_late(RequestState.REACHED, last, last)
    assert law.is_late(RequestState.REACHED, last, last + DAY)


@pytest.mark.parametrize("state", [s for s in RequestState if s != RequestState.REACHED])
def test_only_a_demand_that_waits_for_the_chair_is_ever_late(state):
    assert not law.is_late(state, LAST, LAST + DAY)


@pytest.mark.parametrize(
    ("caller", "items", "refused"),
    [
        (Caller(is_chair=True, has_chair=True), [], None),
        (Caller(is_chair=False, has_chair=False), [], None),
        (Caller(is_chair=False, has_chair=True), [ABOUT], "meeting_chair_calls"),
        (Caller(is_chair=False, has_chair=True, late_about=ABOUT), [ABOUT], None),
        (Caller(is_chair=False, has_chair=True, late_about=ABOUT), ["别的"], "request_item_lacks"),
        (Caller(is_chair=False, has_chair=True, called_by="方委员"), [ABOUT], "request_called_already"),
        (Caller(is_chair=True, has_chair=True, called_by="方委员"), [ABOUT], None),
    ],
)
def test_the_chair_calls_and_others_only_where_there_is_none_or_on_a_late_demand_they_signed(caller, items, refused):
    if refused is None:
        law.require_caller(caller, items)
    else:
        assert code(lambda: law.require_caller(caller, items)) == refused


@pytest.mark.parametrize("state", list(RequestState))
@pytest.mark.parametrize("step", list(law.RequestStep))
def test_a_demand_moves_only_on_its_course(state, step):
    if (state, step) in law.REQUEST_COURSE:
        assert law.next_request_state(state, step) == law.REQUEST_COURSE[state, step]
        return
    with pytest.raises(RuleViolation):
        law.next_request_state(state, step)


# The way. -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def raised(board):
    """A demand of one member of five."""
    return meetings.raise_request(board[1], about=ABOUT)


@pytest.fixture
def reached(raised, board):
    """The same with a second name: two of five are a third and more."""
    return meetings.sign_request(board[2], raised.pk)


def call(plan, actor, *titles, **words):
    """Plan a meeting of the committee."""
    items = [meetings.Item(title) for title in titles]
    return plan(actor, kind=MeetingKind.OWNERS_COMMITTEE, title="业委会会议", items=items, **words)


def told(actor):
    return Message.objects.filter(person_id=actor.person_id, title=ABOUT).values_list("body", flat=True).first() or ""


def test_the_chair_has_seven_days_from_the_name_that_makes_it_enough(raised, board):
    assert (raised.state, raised.call_by) == ("gathering", None)
    reached = meetings.sign_request(board[2], raised.pk)
    assert (reached.state, reached.members, reached.call_by) == ("reached", 5, LAST)
    assert "3月16日前" in told(board[0])
    assert [(one.action, one.due) for one in requests_waiting(board[0])] == [("去召集", LAST)]
    assert requests_waiting(board[1]) == []


def test_each_signs_once_and_nobody_after_it_is_enough(raised, board):
    assert code(lambda: meetings.sign_request(board[1], raised.pk)) == "request_signed_already"
    meetings.sign_request(board[2], raised.pk)
    assert code(lambda: meetings.sign_request(board[3], raised.pk)) == "request_not_gathering"
    assert code(lambda: meetings.unsign_request(board[1], raised.pk)) == "request_not_gathering"
    row = RequestSignature.objects.filter(request=raised).values("person_id", "office_id", "at").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        RequestSignature.objects.create(request=raised, **row)


def test_a_name_may_be_taken_back_and_a_demand_without_names_is_withdrawn(raised, board):
    assert meetings.unsign_request(board[1], raised.pk).state == "withdrawn"
    assert meetings.raise_request(board[2], about="再要求一次").state == "gathering"


def test_one_demand_stands_at_a_time(raised, board):
    assert code(lambda: meetings.raise_request(board[2], about="别的事")) == "request_stands"
    assert code(lambda: meetings.raise_request(board[2], about="  ")) == "request_about_missing"


def test_a_name_of_somebody_whose_term_is_over_counts_no_more(raised, board):
    Office.objects.filter(pk=board[1].office.id).update(ends=now().date() - 2 * DAY)
    # Of four members one has signed, and now a second has: enough; of the first nothing is counted.
    assert meetings.sign_request(board[2], raised.pk).state == "gathering"
    assert meetings.sign_request(board[3], raised.pk).members == 4


@pytest.mark.parametrize("who", ["wang_ayi", "zhang_zhuren", "zhao_jingli", "liu_street"])
def test_only_members_demand(who, request):
    actor = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        meetings.raise_request(actor, about=ABOUT)


def test_while_names_are_gathered_only_members_know_and_then_who_guides_them_too(raised, board, zhang_zhuren, wang_ayi):
    with pytest.raises(Http404):
        request_page(zhang_zhuren, raised.pk)
    meetings.sign_request(board[2], raised.pk)
    assert request_page(zhang_zhuren, raised.pk).names == ["方委员", "韩委员"]
    with pytest.raises(Http404):
        request_page(wang_ayi, raised.pk)
    with pytest.raises(NotAllowed):
        meetings.sign_request(zhang_zhuren, raised.pk)


def test_the_notice_with_it_on_the_agenda_answers_it_and_calling_off_reopens_it(reached, board, plan):
    other = call(plan, board[0], "别的", starts_at=FRIDAY + 7 * DAY)
    meetings.notify(board[0], other.pk)
    reached.refresh_from_db()
    assert reached.state == "reached"
    meeting = call(plan, board[0], ABOUT, starts_at=FRIDAY + 7 * DAY)
    meetings.notify(board[0], meeting.pk)
    reached.refresh_from_db()
    assert (reached.state, request_page(board[1], reached.pk).called.url) == ("answered", meeting.get_absolute_url())
    meetings.cancel(board[0], meeting.pk, reason="场地没有了")
    reached.refresh_from_db()
    assert (reached.state, reached.call_by) == ("reached", LAST)
    assert request_page(board[1], reached.pk).called is None


def test_a_member_calls_only_once_the_days_are_over_and_only_who_signed(reached, board, plan, move_to):
    starts = FRIDAY + 17 * DAY
    assert code(lambda: call(plan, board[1], ABOUT, starts_at=starts)) == "meeting_chair_calls"
    move_to(datetime.datetime(2026, 3, 16, 23, 59, tzinfo=SHANGHAI))
    assert code(lambda: call(plan, board[1], ABOUT, starts_at=starts)) == "meeting_chair_calls"
    move_to(datetime.datetime(2026, 3, 17, 0, 0, tzinfo=SHANGHAI))
    assert code(lambda: call(plan, board[3], ABOUT, starts_at=starts)) == "meeting_chair_calls"
    meeting = call(plan, board[1], ABOUT, starts_at=starts)
    plain = meetings.Plan("业委会会议", starts, venue="议事厅", items=(meetings.Item("别的"),))
    meetings.revise(board[1], meeting.pk, plain)
    assert code(lambda: meetings.notify(board[1], meeting.pk)) == "meeting_demanded_lacks"
    meetings.revise(board[1], meeting.pk, meetings.Plan("会", starts, venue="厅", items=(meetings.Item(ABOUT),)))
    assert meetings.notify(board[1], meeting.pk).state == "noticed"
    reached.refresh_from_db()
    assert reached.state == "answered"


@pytest.fixture
def late(reached, move_to):
    """The days of the chair are over: the two who signed may call."""
    move_to(datetime.datetime(2026, 3, 17, 9, tzinfo=SHANGHAI))
    return reached


def test_of_two_who_planned_it_the_second_hears_who_called_and_may_again_once_that_is_off(late, board, plan, client):
    first, second = (
        call(plan, one, ABOUT, starts_at=FRIDAY + days * DAY) for one, days in ((board[1], 17), (board[2], 18))
    )
    assert [one.who for one in request_page(board[2], late.pk).meetings] == ["方委员", "韩委员"]
    meetings.notify(board[1], first.pk)
    enter_as(client, board[2])
    page = client.post(reverse("meetings:do", args=[second.pk, "notify"])).content.decode()
    assert "方委员已经为这件事发出会议通知" in page
    assert first.get_absolute_url() in page
    assert "方委员召集" in client.get(late.get_absolute_url()).content.decode()
    assert code(lambda: call(plan, board[2], ABOUT, starts_at=FRIDAY + 19 * DAY)) == "request_called_already"
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=second.pk).update(state="noticed", noticed_at=now())
    meetings.cancel(board[1], first.pk, reason="场地没有了")
    assert meetings.notify(board[2], second.pk).state == "noticed"


def test_the_chair_may_leave_the_item_out_of_a_plan_when_somebody_else_has_called(late, board, plan):
    own = call(plan, board[0], ABOUT, "别的", starts_at=FRIDAY + 17 * DAY)
    meetings.notify(board[1], call(plan, board[1], ABOUT, starts_at=FRIDAY + 18 * DAY).pk)
    assert code(lambda: meetings.notify(board[0], own.pk)) == "request_called_already"
    rest = meetings.Plan("会", FRIDAY + 17 * DAY, venue="厅", items=(meetings.Item("别的"),))
    meetings.revise(board[0], own.pk, rest)
    assert meetings.notify(board[0], own.pk).state == "noticed"


def test_when_the_days_are_over_members_and_who_guides_them_are_told_once(
    reached, board, zhang_zhuren, li_shuji, liu_street, move_to
):
    move_to(datetime.datetime(2026, 3, 16, 12, tzinfo=SHANGHAI))
    assert meetings.tell_of_late(now()) == 0
    move_to(datetime.datetime(2026, 3, 19, 12, tzinfo=SHANGHAI))
    assert meetings.tell_of_late(now()) == 1
    assert meetings.tell_of_late(now()) == 0
    assert "自己召集" in told(board[1])
    assert ["请督促" in told(actor) for actor in (zhang_zhuren, li_shuji, liu_street)] == [True, True, True]
    assert [one.action for one in requests_waiting(board[1])] == ["去召集"]
    assert requests_waiting(board[3]) == []


def test_the_pages_lead_from_the_demand_to_the_plan_with_its_item(board, client):
    enter_as(client, board[1])
    assert client.post(reverse("meetings:requests"), {"about": ""}).status_code == 422
    there = client.post(reverse("meetings:requests"), {"about": ABOUT})
    one = MeetingRequest.objects.get()
    assert there.url == one.get_absolute_url()
    assert "还差1人联名" in client.get(there.url).content.decode()
    enter_as(client, board[2])
    assert client.post(reverse("meetings:sign_request", args=[one.pk])).status_code == 302
    assert client.post(reverse("meetings:sign_request", args=[one.pk])).status_code == 302
    assert one.signatures.count() == 2
    assert client.post(reverse("meetings:unsign_request", args=[one.pk])).status_code == 409
    enter_as(client, board[0])
    page = client.get(there.url).content.decode()
    plan = reverse("meetings:plan", args=["owners_committee"]) + f"?request={one.pk}"
    assert plan in page
    assert f'value="{ABOUT}"' in client.get(plan).content.decode()
