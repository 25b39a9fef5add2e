"""四议两公开 through its verbs: who may, what a no does, what is kept, what others are told."""

import datetime
from itertools import pairwise

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.urls import reverse

from tests.coordination.fourtwo import ACCOUNT, WAY, party, representatives, two_committees
from xieshang.audit.models import Entry
from xieshang.coordination import services as coordination
from xieshang.coordination.models import FourTwo, FourTwoRecord, FourTwoStep
from xieshang.coordination.queries.fourtwo import fourtwo_page, fourtwo_queues, fourtwo_waiting, visible_flow
from xieshang.coordination.rules.fourtwo import STAGE_OF, Stage, State, Step, Tally
from xieshang.coordination.services import fourtwo
from xieshang.home import services as home
from xieshang.home.models import Archive
from xieshang.home.queries import file_to_take
from xieshang.lib import clock
from xieshang.lib.actor import NOBODY, SYSTEM
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.matters.queries import linked
from xieshang.matters.services import make
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting
from xieshang.meetings.rules import MeetingKind
from xieshang.outcomes import services as outcomes
from xieshang.outcomes.models import Notice

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", WAY)
def test_the_whole_way_through_the_verbs(fourtwo_at, state):
    flow = fourtwo_at(state)
    assert (flow.state, flow.matter.is_open) == (state, state != State.RESULT_PUBLISHED)
    steps = list(FourTwoStep.objects.filter(flow=flow).order_by("pk").values_list("before", "after"))
    assert all(one[1] == next_[0] for one, next_ in pairwise(steps))


VERBS = {
    State.BEGUN: lambda actor, flow: fourtwo.record_meeting(actor, flow.pk, party()),
    State.PROPOSED: lambda actor, flow: fourtwo.record_meeting(actor, flow.pk, two_committees()),
    State.DISCUSSED: lambda actor, flow: fourtwo.record_meeting(actor, flow.pk, party()),
    State.REVIEWED: lambda actor, flow: fourtwo.record_meeting(actor, flow.pk, representatives()),
    State.RESOLVED: lambda actor, flow: fourtwo.draft_resolution(actor, flow.pk, title="决议", body="<p>决议。</p>"),
    State.RESOLUTION_PUBLISHED: lambda actor, flow: fourtwo.start(actor, flow.pk),
    State.IMPLEMENTING: lambda actor, flow: fourtwo.enter_account(actor, flow.pk, entries=ACCOUNT),
}
#                  begun proposed discussed reviewed resolved published implementing
MATRIX = {
    "li_shuji": "yes yes yes yes no yes yes",
    "zhang_zhuren": "no yes no yes yes yes yes",
    "sun_weiyuan": "no yes no yes yes yes yes",
    "feng_jiandu": "no no no no no no no",
    "liu_street": "no no no no no no no",
    "zhao_jingli": "no no no no no no no",
    "wang_ayi": "no no no no no no no",
    "wairen": "no no no no no no no",
    "other_zhuren": "no no no no no no no",
}


@pytest.mark.parametrize("state", VERBS)
def test_who_takes_which_step(request, fourtwo_at, state):
    flow, found = fourtwo_at(state), {}
    for who in MATRIX:
        actor = request.getfixturevalue(who)
        try:
            with transaction.atomic():
                VERBS[state](actor, flow)
                transaction.set_rollback(True)
        except (NotAllowed, Http404):
            found[who] = "no"
        except RuleViolation:
            found[who] = "yes"
        else:
            found[who] = "yes"
    column = list(VERBS).index(state)
    assert found == {who: row.split()[column] for who, row in MATRIX.items()}


def test_a_no_of_the_two_committees_ends_the_draft_and_a_new_one_begins_at_the_first_step(
    fourtwo_at, zhang_zhuren, li_shuji
):
    flow = fourtwo_at(State.PROPOSED)
    fourtwo.record_meeting(zhang_zhuren, flow.pk, two_committees(tally=Tally(9, 8, 2, 6, 0)))
    flow.refresh_from_db()
    draft = flow.drafts.get()
    assert (flow.state, draft.ended_for) == (State.BEGUN, "“两委”商议没有通过")
    with pytest.raises(RuleViolation, match="fourtwo_draft_has_ended"):
        fourtwo.record_meeting(li_shuji, flow.pk, party())
    with pytest.raises(RuleViolation, match="fourtwo_same_draft"):
        fourtwo.redraft(zhang_zhuren, flow.pk, text=draft.text)
    fourtwo.redraft(zhang_zhuren, flow.pk, text="先铺两百米。")
    fourtwo.record_meeting(li_shuji, flow.pk, party())
    page = fourtwo_page(zhang_zhuren, visible_flow(zhang_zhuren, flow.pk))
    assert (page.draft.number, [one.number for one in page.earlier], page.number) == (2, [1], 2)


def test_a_meeting_sent_twice_is_not_taken_for_the_next_step(fourtwo_at, li_shuji, zhang_zhuren, browser_of):
    flow = fourtwo_at(State.PROPOSED)
    fourtwo.record_meeting(zhang_zhuren, flow.pk, two_committees(), asked=Stage.DISCUSSION)
    with pytest.raises(RuleViolation, match="fourtwo_not_in_course"):
        fourtwo.record_meeting(li_shuji, flow.pk, party(), asked=Stage.DISCUSSION)
    address = reverse("coordination:act_on_fourtwo", args=[flow.pk, "record"])
    answer = browser_of(zhang_zhuren).post(address, {"asked": Stage.DISCUSSION.value}, follow=True)
    assert "已经记下了，没有再记一遍" in answer.content.decode()
    flow.refresh_from_db()
    assert (flow.state, flow.records.count()) == (State.DISCUSSED, 2)


def test_what_the_representatives_refuse_is_refused_for_good(fourtwo_at, zhang_zhuren):
    flow = fourtwo_at(State.REVIEWED)
    fourtwo.record_meeting(zhang_zhuren, flow.pk, representatives(tally=Tally(30, 25, 12, 13, 0)))
    flow.refresh_from_db()
    assert (flow.state, flow.matter.is_open) == (State.REFUSED, False)
    with pytest.raises(RuleViolation, match="fourtwo_draft_on_its_way"):
        fourtwo.redraft(zhang_zhuren, flow.pk, text="再来一稿。")


def test_a_meeting_without_quorum_leaves_no_trace(fourtwo_at, zhang_zhuren):
    flow = fourtwo_at(State.REVIEWED)
    for tally in (Tally(30, 19, 19, 0, 0), Tally(30, 19, 0, 19, 0)):
        with pytest.raises(RuleViolation, match="fourtwo_no_quorum"):
            fourtwo.record_meeting(zhang_zhuren, flow.pk, representatives(tally=tally))
    flow.refresh_from_db()
    assert (flow.state, flow.records.filter(stage=Stage.RESOLUTION.value).exists()) == (State.REVIEWED, False)


def test_a_meeting_of_the_branch_is_entered_among_the_meetings_with_its_numbers_only(fourtwo_at):
    flow = fourtwo_at(State.PROPOSED)
    record = flow.records.get()
    kept = Meeting.objects.get(matter_id=record.meeting.matter_id).party_result
    assert (kept.entitled, kept.present, kept.agree, kept.file_number) == (20, 18, 15, "和党〔2026〕3号")
    assert record.minutes is None


def test_it_comes_out_of_a_matter_and_both_ends_show_the_other(zhang_zhuren, places):
    topic = make(zhang_zhuren, kind="topic", prefix="议", title="路不好走", place=places.community)
    flow = fourtwo.begin(zhang_zhuren, places.community, title="铺路", text="铺四百米。", of_matter=topic)
    assert [matter.pk for _kind, matter in linked(SYSTEM, topic)] == [flow.matter_id]
    assert [matter.pk for _kind, matter in linked(SYSTEM, flow.matter)] == [topic.pk]


def test_neighbours_learn_of_it_once_it_is_proposed_and_all_from_the_resolution_on(fourtwo_at, wang_ayi, later):
    seen = {}
    for state in (State.BEGUN, State.PROPOSED, State.RESOLVED, State.RESOLUTION_PUBLISHED):
        flow = fourtwo_at(state)
        found = [FourTwo.objects.visible_to(actor).filter(pk=flow.pk).exists() for actor in (wang_ayi, NOBODY)]
        seen[state] = tuple(found)
    assert seen == {
        State.BEGUN: (False, False),
        State.PROPOSED: (True, False),
        State.RESOLVED: (True, False),
        State.RESOLUTION_PUBLISHED: (True, True),
    }


def test_an_objection_that_is_right_sends_it_back_to_the_proposal(fourtwo_at, wang_ayi, zhang_zhuren):
    flow = fourtwo_at(State.RESOLUTION_PUBLISHED)
    objection = outcomes.object_to(wang_ayi, flow.resolution_id, grounds="路线少写了三组。")
    outcomes.answer_objections(zhang_zhuren, [objection.pk], answer="确实少写了。", sustained=True)
    flow.refresh_from_db()
    assert (flow.state, flow.drafts.get().ended_for) == (State.BEGUN, "公开期间有异议成立")


def test_time_begins_the_work_when_the_days_are_over(fourtwo_at, later):
    flow = fourtwo_at(State.RESOLUTION_PUBLISHED)
    assert coordination.due(clock.now()) == 0
    later(days=9)
    assert coordination.due(clock.now()) == 1
    flow.refresh_from_db()
    step = flow.steps.order_by("-pk").first()
    assert (flow.state, step.step, step.person) == (State.IMPLEMENTING, Step.START, None)


def test_a_check_that_fails_asks_for_a_new_account(fourtwo_at, zhang_zhuren, feng_jiandu):
    flow = fourtwo_at(State.IMPLEMENTING)
    with pytest.raises(RuleViolation, match="fourtwo_account_missing"):
        fourtwo.check(feng_jiandu, flow.pk, passed=True, text="好", signers="冯监督")
    fourtwo.enter_account(zhang_zhuren, flow.pk, entries=ACCOUNT)
    fourtwo.check(feng_jiandu, flow.pk, passed=False, text="少一张票据。", signers="冯监督")
    with pytest.raises(RuleViolation, match="fourtwo_already_checked"):
        fourtwo.check(feng_jiandu, flow.pk, passed=True, text="好", signers="冯监督")
    fourtwo.enter_account(zhang_zhuren, flow.pk, entries=ACCOUNT)
    fourtwo.check(feng_jiandu, flow.pk, passed=True, text="补齐了。", signers="冯监督")
    assert [one.version for one in flow.accounts.order_by("version")] == [1, 2]


def test_the_result_says_what_was_spent_and_what_the_supervisors_found(fourtwo_at):
    flow = fourtwo_at(State.RESULT_PUBLISHED)
    body = Notice.objects.get(pk=flow.result_id).body
    for words in ("120,000.00", "35,600.50", "84,399.50", "看过票据，和实际相符。", "硬化路面"):
        assert words in body


def test_records_accounts_checks_and_steps_stay_as_they_were_entered(fourtwo_at):
    fourtwo_at(State.PROPOSED)
    for change in (lambda: FourTwoRecord.objects.update(agree=0), lambda: FourTwoStep.objects.all().delete()):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            change()


def test_the_record_tells_every_step(fourtwo_at):
    flow = fourtwo_at(State.RESULT_PUBLISHED)
    verbs = list(Entry.objects.filter(number=flow.matter.number).order_by("pk").values_list("verb", flat=True))
    assert verbs[:2] == ["coordination.begin_fourtwo", "coordination.fourtwo_propose"]
    assert verbs[-1] == "coordination.fourtwo_publish_result"


def test_what_waits_is_shown_to_the_office_whose_step_it_is(fourtwo_at, li_shuji, zhang_zhuren, feng_jiandu, wang_ayi):
    flow = fourtwo_at(State.PROPOSED)
    titles = {
        who: [one.title for one in fourtwo_waiting(who, 4)] for who in (li_shuji, zhang_zhuren, feng_jiandu, wang_ayi)
    }
    assert titles == {li_shuji: [], zhang_zhuren: [flow.title], feng_jiandu: [], wang_ayi: []}
    (queue,) = fourtwo_queues(zhang_zhuren)
    assert {part.key: len(part.rows("").rows) for part in queue.filters} == {"long": 0, "new": 1}


def test_its_file_is_the_same_twice(fourtwo_at, zhang_zhuren, later):
    flow = fourtwo_at(State.RESULT_PUBLISHED)
    made = home.file_matter(zhang_zhuren, flow.matter_id)
    later(days=30)
    again, _archive = file_to_take(zhang_zhuren, flow.matter_id)
    assert (again.content_hash, Archive.objects.get().keep_years) == (made.content_hash, 0)
    told = again.content.decode()
    for words in ("党支部提议（第1稿）", "“两委”商议（第1稿）", "收支（第1次填报）", "监督委员会审核意见"):
        assert words in told
    assert [section.key for section in again.sections] == [
        "subject",
        "course",
        "minutes",
        "tally",
        "notice",
        "item",
        "link",
        "log",
    ]


def test_stages_of_the_page_follow_the_state(fourtwo_at, zhang_zhuren):
    flow = fourtwo_at(State.REVIEWED)
    page = fourtwo_page(zhang_zhuren, flow)
    assert (page.number, page.stage, STAGE_OF[State(flow.state)]) == (4, Stage.RESOLUTION, Stage.RESOLUTION)
    assert [shown.mark for shown in page.stages] == ["done", "done", "done", "now", "todo", "todo"]
    assert [label for label, _value in page.stages[1].facts] == ["会议", "日期", "主持", "到会", "表决", "签字"]


def test_a_village_meeting_held_on_the_platform_is_taken_over_with_its_votes(fourtwo_at, zhang_zhuren, later):
    flow = fourtwo_at(State.PROPOSED)
    place = flow.community
    meeting = meetings.call_meeting(
        zhang_zhuren,
        kind=MeetingKind.TWO_COMMITTEES,
        place=place,
        starts_at=clock.now() + datetime.timedelta(days=4),
        title="商议道路硬化",
        venue="居委会会议室",
        items=[meetings.Item("道路硬化", is_voted=True, of=flow.matter)],
        of_matter=flow.matter,
    )
    with pytest.raises(RuleViolation, match="fourtwo_meeting_not_over"):
        fourtwo.record_meeting(zhang_zhuren, flow.pk, two_committees(meeting_id=meeting.pk))
    Meeting.objects.filter(pk=meeting.pk).update(
        state="closed", closed_at=clock.now(), opened_with={"expected": 7, "present": 6}, noticed_at=clock.now()
    )
    later(days=5)
    held = two_committees(meeting_id=meeting.pk, tally=Tally(99, 99, 5))
    record = fourtwo.record_meeting(zhang_zhuren, flow.pk, held)
    assert (record.meeting_id, record.expected, record.present, record.agree) == (meeting.pk, 7, 6, 5)
    assert record.held_on == meeting.starts_on


def test_a_meeting_of_another_kind_or_of_another_matter_is_refused(fourtwo_at, zhang_zhuren):
    flow = fourtwo_at(State.PROPOSED)
    words = {"place": flow.community, "starts_at": clock.now() + datetime.timedelta(days=4), "title": "别的会"}
    for kind, about in ((MeetingKind.TWO_COMMITTEES, None), (MeetingKind.RESIDENT_REPS, flow.matter)):
        meeting = meetings.call_meeting(zhang_zhuren, kind=kind, of_matter=about, **words)
        with pytest.raises(RuleViolation, match="fourtwo_wrong_meeting"):
            fourtwo.record_meeting(zhang_zhuren, flow.pk, two_committees(meeting_id=meeting.pk))


def test_the_file_of_a_party_meeting_holds_its_numbers_for_the_offices_only(fourtwo_at, zhang_zhuren, browser_of):
    meeting = fourtwo_at(State.PROPOSED).records.get().meeting
    made, _archive = file_to_take(zhang_zhuren, meeting.matter_id)
    told = [(paper.title, paper.circle.value) for paper in made.papers if paper.part == "tally"]
    assert told == [("会议结果", "office")]
    page = browser_of(zhang_zhuren).get(reverse("home:file", args=[meeting.matter_id])).content.decode()
    assert ("和党〔2026〕3号" in made.content.decode(), "会议结果" in page) == (True, False)
