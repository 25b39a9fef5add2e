"""On a real PostgreSQL: what two take at the same instant at one table, and in one 四议两公开, happens once."""

import datetime
from itertools import pairwise

import pytest

from tests.coordination.fourtwo import party, representatives
from tests.coordination.threads import hold, side_of
from tests.races import all_at_once
from xieshang.community.models import Office
from xieshang.coordination.models import Acceptance, Commitment, Entry, FourTwo, Thread
from xieshang.coordination.rules.fourtwo import State as FourTwoState
from xieshang.coordination.rules.threads import State
from xieshang.coordination.services import fourtwo
from xieshang.coordination.services import threads as services
from xieshang.lib.clock import now, today
from xieshang.meetings import services as meetings
from xieshang.outcomes.models import ActionItem

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
DAY = datetime.timedelta(days=1)


def once(*calls):
    """Run them at once: how many were taken, and the codes of those that were not."""
    answers = all_at_once(*(lambda call=call: call() and None for call in calls))
    return answers.count(None), {answer for answer in answers if answer is not None}


def test_two_acceptances_seat_the_sides_once(raised_thread, li_shuji):
    taken = once(*[lambda: services.accept(li_shuji, raised_thread.pk)] * 3)
    assert taken == (1, {"not_in_course"})
    thread = Thread.objects.get()
    assert (thread.state, thread.steps.filter(step="accept").count(), thread.sides.count()) == (State.ACCEPTED, 1, 3)


def test_two_positions_of_one_side_are_two_versions_one_after_the_other(asked_thread, zhao_jingli):
    side = side_of(asked_thread, "company")
    calls = [
        lambda n=n: services.file_position(zhao_jingli, asked_thread.pk, side_id=side.pk, text=f"{n}") for n in range(4)
    ]
    assert once(*calls) == (4, set())
    versions = Entry.objects.filter(side=side).order_by("version").values_list("version", flat=True)
    assert list(versions) == [1, 2, 3, 4]


def test_of_two_ends_at_once_one_holds(answered_thread, li_shuji):
    pk = answered_thread.pk
    taken = once(
        lambda: services.go_to_law(li_shuji, pk, reason="业委会已起诉"),
        lambda: services.escalate(li_shuji, pk, reason="谈不拢"),
        lambda: services.mediate(li_shuji, pk, reason="请人调解"),
    )
    thread = Thread.objects.get()
    # From the street it may go on to mediators or a court; what is taken twice, or goes back, is refused.
    course = list(thread.steps.order_by("pk").values_list("before", "after"))
    assert all(earlier[1] == following[0] for earlier, following in pairwise(course))
    assert taken[0] == len([pair for pair in course if pair[0] in {State.POSITIONS, State.ESCALATED, State.MEDIATION}])
    assert taken[1] <= {"not_in_course"}


def test_a_meeting_is_opened_or_called_off_never_both(met_thread, li_shuji, zhang_zhuren, zhao_jingli, he_zhuren):
    meeting = met_thread.meeting.meeting
    for actor in (zhang_zhuren, zhao_jingli, he_zhuren):
        meetings.sign_in_by_code(actor, meeting.code)
    taken = once(
        lambda: meetings.open_meeting(li_shuji, meeting.pk),
        lambda: services.escalate(li_shuji, met_thread.pk, reason="谈不拢"),
    )
    meeting.refresh_from_db()
    states = (Thread.objects.get().state, meeting.state)
    assert taken in ((1, {"meeting_sits"}), (1, {"meeting_at_its_end"}))
    assert states == (("meeting", "open") if "meeting_sits" in taken[1] else ("escalated", "cancelled"))


def test_a_meeting_that_closes_while_the_thread_leaves_it_stands_still_nowhere(
    met_thread, li_shuji, zhang_zhuren, zhao_jingli, he_zhuren
):
    hold(met_thread, li_shuji, zhang_zhuren, zhao_jingli, he_zhuren, closes=False)
    meeting = met_thread.meeting.meeting
    once(
        lambda: meetings.close_meeting(li_shuji, meeting.pk),
        lambda: services.escalate(li_shuji, met_thread.pk, reason="谈不拢"),
    )
    meeting.refresh_from_db()
    assert meeting.state == "closed"
    assert Thread.objects.get().state in {State.MINUTES_DRAFT, State.ESCALATED}


def test_two_timers_give_a_seat_up_once(answered_thread, he_zhuren):
    Office.objects.filter(pk=he_zhuren.office.pk).update(ends=today() - DAY)
    answers = all_at_once(*[lambda: services.due(now())] * 3)
    assert sorted(answers) == [0, 0, 1]
    assert side_of(answered_thread, "owners").filled_since == today()


def test_two_settlements_leave_one_result(answered_thread, li_shuji, liu_street):
    services.escalate(li_shuji, answered_thread.pk, reason="谈不拢")
    results = ("街道定了方案", "社区记下的方案")
    taken = once(
        lambda: services.settle(liu_street, answered_thread.pk, result=results[0]),
        lambda: services.settle(li_shuji, answered_thread.pk, result=results[1]),
    )
    assert taken == (1, {"not_in_course"})
    thread = Thread.objects.get()
    assert (thread.state, thread.steps.get(step="settle").note) == (State.CLOSED, thread.result)


def test_a_side_accepts_a_commitment_once(answered_thread, zhao_jingli, he_zhuren):
    side = side_of(answered_thread, "company")
    word = services.Word("换阀门", "工程部", today() + DAY)
    made = services.promise(zhao_jingli, answered_thread.pk, side_id=side.pk, word=word)
    assert once(*[lambda: services.accept_promise(he_zhuren, made.pk)] * 3) == (1, {"judged_already"})
    assert Acceptance.objects.count() == 1


def test_what_was_asked_is_promised_once(answered_thread, zhao_jingli, he_zhuren):
    side = side_of(answered_thread, "company")
    ask = services.ask_promise(he_zhuren, answered_thread.pk, side_id=side.pk, what="公布退费办法")
    word = services.Word("公布退费办法", "客服部", today() + DAY)
    taken = once(*[lambda: services.promise_asked(zhao_jingli, ask.pk, word=word)] * 3)
    assert taken == (1, {"ask_answered"})
    assert (Commitment.objects.count(), ActionItem.objects.count()) == (1, 1)


def test_a_step_of_the_way_is_recorded_once(fourtwo_at, li_shuji, zhang_zhuren):
    flow = fourtwo_at(FourTwoState.REVIEWED)
    taken = once(*[lambda: fourtwo.record_meeting(zhang_zhuren, flow.pk, representatives())] * 2)
    assert taken[0] == 1
    found = FourTwo.objects.get()
    assert (found.state, found.records.filter(stage="resolution").count()) == (FourTwoState.RESOLVED, 1)


def test_a_meeting_recorded_while_the_way_is_withdrawn_leaves_one_of_both(fourtwo_at, li_shuji):
    flow = fourtwo_at(FourTwoState.DISCUSSED)
    once(
        lambda: fourtwo.record_meeting(li_shuji, flow.pk, party()),
        lambda: fourtwo.withdraw(li_shuji, flow.pk, reason="另想办法"),
    )
    found = FourTwo.objects.get()
    reviewed = found.records.filter(stage="review").exists()
    steps = list(found.steps.order_by("pk").values_list("step", flat=True))
    assert found.state == FourTwoState.WITHDRAWN
    assert steps[-1] == "withdraw"
    assert ("review" in steps) == reviewed
