"""Planning, calling, signing in, opening, adjourning, closing."""

import datetime

import pytest
from django.http import Http404

from tests.meetings.conftest import FRIDAY, fresh
from xieshang.audit.models import Entry
from xieshang.lib.actor import NOBODY
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.matters.models import MatterLink
from xieshang.meetings import hooks
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Invitation, Meeting
from xieshang.meetings.queries import presence_of
from xieshang.meetings.rules import Answer, Capacity, MeetingKind, PartyCount, State
from xieshang.notify.models import Message

K = MeetingKind
DAY = datetime.timedelta(days=1)


def code_of(refused):
    return refused.value.refusal.code


def test_a_plan_is_known_to_officers_until_the_notice_goes_out(plan, zhang_zhuren, wang_ayi, zhao_jingli, li_shuji):
    meeting = plan()
    assert meeting.matter.number == "会-和顺-2026-0001"
    seen = {a for a in ("zhang", "li") if Meeting.objects.visible_to({"zhang": zhang_zhuren, "li": li_shuji}[a])}
    assert seen == {"zhang", "li"}
    assert not Meeting.objects.visible_to(wang_ayi).exists()
    assert not Meeting.objects.visible_to(zhao_jingli).exists()
    meetings.notify(zhang_zhuren, meeting.pk)
    assert Meeting.objects.visible_to(wang_ayi).count() == 1
    assert Meeting.objects.visible_to(zhao_jingli).count() == 1
    assert not Meeting.objects.visible_to(NOBODY).exists()


def test_a_meeting_of_officers_stays_among_them_and_those_asked(plan, li_shuji, wang_ayi, zhou_dashu, zhao_jingli):
    meeting = plan(li_shuji, kind=K.STUDY, place=li_shuji.office.body.place, title="第一季度定期研究", sides=())
    meetings.ask_people(li_shuji, meeting.pk, names=["王桂芳"], capacity=Capacity.GUEST)
    meetings.notify(li_shuji, meeting.pk)
    assert Meeting.objects.visible_to(wang_ayi).count() == 1
    assert not Meeting.objects.visible_to(zhou_dashu).exists()
    assert not Meeting.objects.visible_to(zhao_jingli).exists()


def test_the_notice_reaches_the_sides_and_the_members(called, zhao_jingli, he_zhuren, wang_ayi):
    meeting = called()
    told = set(Message.objects.filter(number=meeting.matter.number).values_list("person_id", flat=True))
    assert told >= {zhao_jingli.person_id, he_zhuren.person_id}
    assert wang_ayi.person_id not in told


def test_a_meeting_of_all_residents_tells_them_all(called, wang_ayi, zhou_dashu, minor, wairen):
    meeting = called(kind=K.RESIDENTS)
    told = set(Message.objects.filter(number=meeting.matter.number).values_list("person_id", flat=True))
    assert {wang_ayi.person_id, zhou_dashu.person_id} <= told
    assert told.isdisjoint({minor.person_id, wairen.person_id})


def test_a_notice_too_short_says_so_and_nothing_moves(plan, zhang_zhuren):
    meeting = plan(starts_at=FRIDAY - DAY)
    with pytest.raises(RuleViolation) as refused:
        meetings.notify(zhang_zhuren, meeting.pk)
    assert code_of(refused) == "meeting_notice_too_short"
    assert fresh(meeting).state == State.PLANNED
    assert fresh(meeting).code == ""


def test_from_the_notice_on_the_plan_is_fixed(called, zhang_zhuren):
    meeting = called()
    with pytest.raises(RuleViolation) as refused:
        meetings.revise(zhang_zhuren, meeting.pk, meetings.Plan("别的会", FRIDAY))
    assert code_of(refused) == "meeting_out_of_course"
    with pytest.raises(RuleViolation) as refused:
        meetings.ask_people(zhang_zhuren, meeting.pk, names=["王桂芳"])
    assert code_of(refused) == "meeting_list_fixed"


def test_a_plan_may_be_written_anew_before(plan, zhang_zhuren, table):
    meeting = plan()
    new = meetings.Plan(
        "供暖协调会", FRIDAY + DAY, venue="二楼", items=(meetings.Item("只议一项"),), sides=tuple(table[:2])
    )
    meetings.revise(zhang_zhuren, meeting.pk, new)
    meeting = fresh(meeting)
    assert (meeting.title, meeting.venue, meeting.starts_at) == ("供暖协调会", "二楼", FRIDAY + DAY)
    assert [item.title for item in meeting.agenda.all()] == ["只议一项"]
    assert [side.name for side in meeting.sides.order_by("pk")] == ["和顺社区居委会", "明湖家园业委会"]


def test_a_kind_belongs_to_its_caller_and_its_place(plan, zhao_jingli, li_shuji, he_zhuren, wang_ayi, zhang_zhuren):
    for actor, kind in [(zhao_jingli, K.JOINT), (li_shuji, K.RESIDENTS), (he_zhuren, K.JOINT), (wang_ayi, K.JOINT)]:
        with pytest.raises(NotAllowed):
            plan(actor, kind=kind)
    with pytest.raises(NotAllowed):
        plan(zhang_zhuren, kind=K.VILLAGERS)
    assert Meeting.objects.count() == 0


def test_two_sides_of_one_name_are_refused(plan, table):
    with pytest.raises(RuleViolation) as refused:
        plan(sides=[*table, meetings.Side("安居物业")])
    assert code_of(refused) == "meeting_side_twice"


def test_what_it_is_about_is_linked_on_both_ends(plan):
    first = plan()
    second = plan(title="第二次联席会议", of_matter=first.matter)
    assert MatterLink.objects.filter(source=first.matter, target=second.matter).exists()


def test_the_members_of_a_committee_are_on_its_list(plan, board, he_zhuren, wang_ayi):
    meeting = plan(he_zhuren, kind=K.OWNERS_COMMITTEE, title="业委会三月例会", starts_at=FRIDAY + 5 * DAY)
    listed = set(meeting.invitations.values_list("person_id", flat=True))
    assert listed == {member.person_id for member in board}
    assert presence_of(meeting).expected == 5


def test_the_receipt_is_one_s_own_and_absence_needs_a_word(called, zhao_jingli, wairen, wang_ayi):
    meeting = called()
    with pytest.raises(RuleViolation) as refused:
        meetings.confirm(zhao_jingli, meeting.pk, answer=Answer.ABSENT)
    assert code_of(refused) == "absence_reason_missing"
    meetings.confirm(zhao_jingli, meeting.pk, answer=Answer.ABSENT, reason="出差")
    meetings.confirm(zhao_jingli, meeting.pk, answer=Answer.COMING)
    assert Invitation.objects.get(person=zhao_jingli.person).answer == Answer.COMING
    with pytest.raises(RuleViolation) as refused:
        meetings.confirm(wang_ayi, meeting.pk, answer=Answer.COMING)
    assert code_of(refused) == "not_asked"
    with pytest.raises(Http404):
        meetings.confirm(wairen, meeting.pk, answer=Answer.COMING)


def test_putting_it_off_gives_the_full_notice_again(called, zhang_zhuren, zhao_jingli, move_to):
    meeting = called()
    meetings.confirm(zhao_jingli, meeting.pk, answer=Answer.COMING)
    move_to(FRIDAY - DAY)
    with pytest.raises(RuleViolation) as refused:
        meetings.postpone(zhang_zhuren, meeting.pk, starts_at=FRIDAY + 2 * DAY, reason="")
    codes = {refusal.code for refusal in refused.value.refusals}
    assert codes == {"meeting_reason_missing", "meeting_notice_too_short"}
    meetings.postpone(zhang_zhuren, meeting.pk, starts_at=FRIDAY + 4 * DAY, reason="热力公司那天来不了")
    assert fresh(meeting).starts_at == FRIDAY + 4 * DAY
    assert Invitation.objects.get(person=zhao_jingli.person).confirmed_at is None


def test_closing_ends_signing_in_and_tells_the_floors_above(in_session, zhang_zhuren, wang_ayi, monkeypatch):
    heard = []
    monkeypatch.setattr(hooks, "on_closed", [heard.append])
    meetings.close_meeting(zhang_zhuren, in_session.pk)
    assert [meeting.pk for meeting in heard] == [in_session.pk]
    meeting = fresh(in_session)
    assert (meeting.state, meeting.code, meeting.key, meeting.matter.is_open) == (State.CLOSED, "", "", False)
    with pytest.raises(RuleViolation) as refused:
        meetings.close_meeting(zhang_zhuren, in_session.pk)
    assert code_of(refused) == "meeting_at_its_end"


def test_only_who_calls_or_presides_moves_it(gathered, sun_weiyuan, li_shuji, zhao_jingli, wang_ayi, liu_street):
    meeting = gathered()
    for actor in (li_shuji, zhao_jingli, wang_ayi, liu_street):
        with pytest.raises(NotAllowed):
            meetings.cancel(actor, meeting.pk, reason="不想开")
    assert meetings.cancel(sun_weiyuan, meeting.pk, reason="停电").state == State.CANCELLED


def test_a_party_meeting_is_numbers_and_a_file_number(li_shuji, zhang_zhuren, wang_ayi):
    held = datetime.date(2026, 3, 6)
    meeting = meetings.record_party_meeting(
        li_shuji, held_on=held, count=PartyCount(40, 30, 20), file_number="和顺党字〔2026〕3号"
    )
    assert meeting.state == State.CLOSED
    assert not meeting.party_result.is_carried
    assert not meeting.agenda.exists()
    assert not Meeting.objects.visible_to(wang_ayi).exists()
    carried = meetings.record_party_meeting(li_shuji, held_on=held, count=PartyCount(40, 30, 21), file_number="4号")
    assert carried.party_result.is_carried
    with pytest.raises(NotAllowed):
        meetings.record_party_meeting(zhang_zhuren, held_on=held, count=PartyCount(40, 30, 21), file_number="5号")


# What is wrong with the entry, and what is said.
WRONG = [
    ({"count": PartyCount(40, 19, 19)}, "party_too_few"),
    ({"count": PartyCount(40, 31, 31, is_election=True)}, "party_too_few"),
    ({"count": PartyCount(40, 30, 31)}, "meeting_numbers_do_not_fit"),
    ({"file_number": " "}, "meeting_file_number_missing"),
    ({"held_on": datetime.date(2026, 3, 10)}, "meeting_not_held_yet"),
]


@pytest.mark.parametrize(("given", "code"), WRONG)
def test_a_party_meeting_that_does_not_add_up_is_not_entered(li_shuji, given, code):
    words = {"held_on": datetime.date(2026, 3, 6), "count": PartyCount(40, 30, 21), "file_number": "3号"}
    with pytest.raises(RuleViolation) as refused:
        meetings.record_party_meeting(li_shuji, **(words | given))
    assert code_of(refused) == code
    assert Meeting.objects.count() == 0


def test_the_record_names_no_person(gathered, zhang_zhuren, wang_ayi, places):
    meeting = gathered(kind=K.RESIDENTS)
    meetings.sign_in_named(zhang_zhuren, meeting.pk, meetings.Named("赵大妈", unit_id=places.units[0].pk))
    rows = Entry.objects.filter(number=meeting.matter.number)
    assert {"meetings.call", "meetings.notify", "meetings.sign_in_named"} <= set(rows.values_list("verb", flat=True))
    assert "赵大妈" not in str(list(rows.values()))
