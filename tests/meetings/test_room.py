"""In the room: signing in, standing for somebody, speaking."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from tests.meetings.conftest import FRIDAY, fresh
from xieshang.lib.actor import Actor
from xieshang.lib.refusals import RuleViolation
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Attendance, Hand
from xieshang.meetings.queries import presence_of, waiting_hands
from xieshang.meetings.rules import Base, MeetingKind, State

K = MeetingKind
DAY = datetime.timedelta(days=1)


def code_of(refused):
    return refused.value.refusal.code


def test_signing_in_counts_sides_not_heads(gathered, zhang_zhuren, sun_weiyuan, he_zhuren, wang_ayi):
    meeting = gathered()
    for actor in (zhang_zhuren, sun_weiyuan, wang_ayi):
        meetings.sign_in_by_code(actor, meeting.code)
    there = presence_of(meeting)
    assert (there.expected, there.present, there.in_room) == (3, 1, 3)
    assert there.missing == ("明湖家园业委会", "安居物业")
    meetings.sign_in_by_key(Actor(he_zhuren.person), meeting.key)
    assert presence_of(meeting).present == 2


def test_signing_in_twice_is_one_seat(gathered, wang_ayi):
    meeting = gathered(kind=K.RESIDENTS)
    first = meetings.sign_in_by_code(wang_ayi, f"{meeting.code[:3]} {meeting.code[3:]}")
    assert meetings.sign_in_by_key(wang_ayi, meeting.key).pk == first.pk
    assert presence_of(meeting).present == 1


def test_a_household_counts_once_whoever_of_it_comes(gathered, wang_ayi, minor, make_person, move_in, places):
    meeting = gathered(kind=K.RESIDENTS, base=Base.HOUSEHOLDS, expected=5)
    husband = make_person("王大爷")
    move_in(husband, places.units[8])
    assert not meetings.sign_in_by_code(minor, meeting.code).counts
    assert meetings.sign_in_by_code(wang_ayi, meeting.code).counts
    assert not meetings.sign_in_by_code(Actor(husband), meeting.code).counts
    there = presence_of(meeting)
    assert (there.present, there.in_room) == (1, 3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(person=husband).update(
            counts=True, household=Attendance.objects.get(person=wang_ayi.person).household
        )


def test_a_child_and_a_stranger_do_not_count(gathered, minor, wairen):
    meeting = gathered(kind=K.RESIDENTS)
    assert not meetings.sign_in_by_code(minor, meeting.code).counts
    with pytest.raises(RuleViolation) as refused:
        meetings.sign_in_by_code(wairen, meeting.code)
    assert code_of(refused) == "sign_in_not_yours"


def test_nobody_signs_in_too_early_or_after_the_end(called, move_to, wang_ayi, zhang_zhuren):
    meeting = called(kind=K.RESIDENTS)
    move_to(FRIDAY - datetime.timedelta(minutes=121))
    with pytest.raises(RuleViolation) as refused:
        meetings.sign_in_by_code(wang_ayi, meeting.code)
    assert code_of(refused) == "sign_in_not_yet"
    move_to(FRIDAY - datetime.timedelta(minutes=119))
    assert meetings.sign_in_by_code(wang_ayi, meeting.code)
    meetings.cancel(zhang_zhuren, meeting.pk, reason="停电")
    with pytest.raises(RuleViolation) as refused:
        meetings.sign_in_by_code(wang_ayi, meeting.code)
    assert code_of(refused) == "sign_in_code_wrong"


def test_guessing_codes_ends_soon(gathered, wang_ayi):
    meeting = gathered(kind=K.RESIDENTS)
    for _try in range(20):
        with pytest.raises(RuleViolation):
            meetings.sign_in_by_code(wang_ayi, "no")
    with pytest.raises(RuleViolation) as refused:
        meetings.sign_in_by_code(wang_ayi, meeting.code)
    assert code_of(refused) == "too_often"


def test_a_new_code_makes_the_old_one_worthless(gathered, zhang_zhuren, wang_ayi):
    meeting = gathered(kind=K.RESIDENTS)
    old_code, old_key = meeting.code, meeting.key
    meetings.renew_code(zhang_zhuren, meeting.pk)
    for sign_in, word in ((meetings.sign_in_by_key, old_key), (meetings.sign_in_by_code, old_code)):
        with pytest.raises(RuleViolation):
            sign_in(wang_ayi, word)


def test_opening_without_quorum_is_refused_then_adjourned_once_then_held_with_the_absence_noted(
    gathered, zhang_zhuren, he_zhuren, move_to
):
    meeting = gathered()
    meetings.sign_in_by_code(zhang_zhuren, meeting.code)
    meetings.sign_in_by_code(he_zhuren, meeting.code)
    with pytest.raises(RuleViolation) as refused:
        meetings.open_meeting(zhang_zhuren, meeting.pk)
    assert code_of(refused) == "meeting_no_quorum"
    again = FRIDAY + 4 * DAY
    meetings.adjourn(zhang_zhuren, meeting.pk, starts_at=again)
    meeting = fresh(meeting)
    assert (meeting.state, meeting.starts_at, meeting.adjourned_from) == (State.ADJOURNED, again, FRIDAY)
    assert meeting.adjourned_with["missing"] == ["安居物业"]
    assert presence_of(meeting).in_room == 0
    move_to(again)
    meetings.sign_in_by_code(zhang_zhuren, meeting.code)
    meetings.open_meeting(zhang_zhuren, meeting.pk)
    meeting = fresh(meeting)
    assert meeting.state == State.OPEN
    assert meeting.opened_with["missing"] == ["明湖家园业委会", "安居物业"]


def test_the_law_s_quorum_is_not_replaced_by_a_second_date(gathered, zhang_zhuren, wang_ayi, move_to):
    meeting = gathered(kind=K.RESIDENTS, expected=10)
    meetings.adjourn(zhang_zhuren, meeting.pk, starts_at=FRIDAY + 4 * DAY)
    move_to(FRIDAY + 4 * DAY)
    meetings.sign_in_by_code(wang_ayi, fresh(meeting).code)
    with pytest.raises(RuleViolation) as refused:
        meetings.open_meeting(zhang_zhuren, meeting.pk)
    assert code_of(refused) == "meeting_no_quorum"
    with pytest.raises(RuleViolation) as refused:
        meetings.adjourn(zhang_zhuren, meeting.pk, starts_at=FRIDAY + 9 * DAY)
    assert code_of(refused) == "meeting_adjourned_once"


def test_the_clerk_signs_in_by_name_and_nobody_twice(gathered, zhang_zhuren, places):
    meeting = gathered(kind=K.RESIDENTS)
    named = meetings.Named("赵大妈", unit_id=places.units[0].pk)
    assert meetings.sign_in_named(zhang_zhuren, meeting.pk, named).counts
    with pytest.raises(RuleViolation) as refused:
        meetings.sign_in_named(zhang_zhuren, meeting.pk, named)
    assert code_of(refused) == "signed_in_already"
    assert not meetings.sign_in_named(zhang_zhuren, meeting.pk, meetings.Named("记者", is_guest=True)).counts
    assert presence_of(meeting).present == 1


def test_the_clerk_ticks_members_off_the_list(gathered, board, he_zhuren):
    meeting = gathered(he_zhuren, kind=K.OWNERS_COMMITTEE, title="业委会例会", starts_at=FRIDAY + 5 * DAY)
    for invitation in meeting.invitations.all()[:3]:
        meetings.sign_in_listed(he_zhuren, meeting.pk, invitation_id=invitation.pk)
        meetings.sign_in_listed(he_zhuren, meeting.pk, invitation_id=invitation.pk)
    assert presence_of(meeting).present == 3
    meetings.open_meeting(he_zhuren, meeting.pk)
    assert fresh(meeting).at_item == 1


def test_members_of_a_committee_are_not_represented(gathered, board, he_zhuren):
    meeting = gathered(he_zhuren, kind=K.OWNERS_COMMITTEE, title="业委会例会", starts_at=FRIDAY + 5 * DAY)
    agent = meetings.sign_in_by_code(he_zhuren, meeting.code)
    with pytest.raises(RuleViolation) as refused:
        meetings.accept_proxy(
            he_zhuren, meeting.pk, seat=meetings.Named("方委员"), agent_id=agent.pk, powers="全部议题"
        )
    assert code_of(refused) == "meeting_no_proxies"


def test_a_proxy_counts_while_its_agent_is_there(gathered, zhang_zhuren, wang_ayi, places):
    meeting = gathered(kind=K.RESIDENTS)
    agent = meetings.sign_in_by_code(wang_ayi, meeting.code)
    units = [unit.pk for unit in places.units[:4]]
    for unit in units[:3]:
        seat = meetings.Named("邻居", unit_id=unit)
        meetings.accept_proxy(zhang_zhuren, meeting.pk, seat=seat, agent_id=agent.pk, powers="本次会议全部议题")
    there = presence_of(meeting)
    assert (there.present, there.in_room, there.by_proxy) == (4, 1, 3)
    seat = meetings.Named("邻居", unit_id=units[3])
    with pytest.raises(RuleViolation) as refused:
        meetings.accept_proxy(zhang_zhuren, meeting.pk, seat=seat, agent_id=agent.pk, powers="全部议题")
    assert code_of(refused) == "meeting_proxies_most"
    meetings.leave(wang_ayi, meeting.pk)
    assert presence_of(meeting).present == 0


def test_a_proxy_without_a_paper_or_an_agent_is_refused(gathered, zhang_zhuren, wang_ayi, places):
    meeting = gathered(kind=K.RESIDENTS)
    seat = meetings.Named("邻居", unit_id=places.units[0].pk)
    with pytest.raises(RuleViolation) as refused:
        meetings.accept_proxy(zhang_zhuren, meeting.pk, seat=seat, agent_id=0, powers="全部议题")
    assert code_of(refused) == "meeting_agent_missing"
    agent = meetings.sign_in_by_code(wang_ayi, meeting.code)
    with pytest.raises(RuleViolation) as refused:
        meetings.accept_proxy(zhang_zhuren, meeting.pk, seat=seat, agent_id=agent.pk, powers=" ")
    assert code_of(refused) == "meeting_proxy_paper"


def test_whoever_left_counts_no_more_until_they_are_back(gathered, wang_ayi, zhou_dashu):
    meeting = gathered(kind=K.RESIDENTS)
    meetings.sign_in_by_code(wang_ayi, meeting.code)
    meetings.sign_in_by_code(zhou_dashu, meeting.code)
    meetings.leave(wang_ayi, meeting.pk)
    assert presence_of(meeting).present == 1
    with pytest.raises(Http404):
        meetings.leave(wang_ayi, meeting.pk)
    meetings.sign_in_by_code(wang_ayi, meeting.code)
    assert presence_of(meeting).present == 2


def test_hands_first_one_at_a_time_and_two_turns_an_item(in_session, zhang_zhuren, wang_ayi, zhou_dashu):
    pk = in_session.pk
    for _turn in range(2):
        meetings.raise_hand(wang_ayi, pk)
        assert meetings.call_speaker(zhang_zhuren, pk).speaker.person_id == wang_ayi.person_id
        with pytest.raises(RuleViolation) as refused:
            meetings.call_speaker(zhang_zhuren, pk)
        assert code_of(refused) == "somebody_speaks"
        meetings.end_turn(zhang_zhuren, pk)
    with pytest.raises(RuleViolation) as refused:
        meetings.raise_hand(wang_ayi, pk)
    assert code_of(refused) == "turns_used"
    meetings.take_up(zhang_zhuren, pk, position=2)
    assert meetings.raise_hand(wang_ayi, pk)


def test_who_has_not_spoken_comes_first(in_session, zhang_zhuren, wang_ayi, zhou_dashu):
    pk = in_session.pk
    meetings.raise_hand(wang_ayi, pk)
    meetings.call_speaker(zhang_zhuren, pk)
    meetings.end_turn(zhang_zhuren, pk)
    meetings.raise_hand(wang_ayi, pk)
    meetings.raise_hand(zhou_dashu, pk)
    order = [hand.speaker.person_id for hand in waiting_hands(in_session.agenda.get(position=1))]
    assert order == [zhou_dashu.person_id, wang_ayi.person_id]


def test_a_hand_goes_up_once_and_may_go_down(in_session, zhang_zhuren, wang_ayi, zhao_jingli):
    pk = in_session.pk
    meetings.raise_hand(wang_ayi, pk)
    with pytest.raises(RuleViolation) as refused:
        meetings.raise_hand(wang_ayi, pk)
    assert code_of(refused) == "hand_up_already"
    meetings.lower_hand(wang_ayi, pk)
    assert meetings.call_speaker(zhang_zhuren, pk) is None
    with pytest.raises(RuleViolation) as refused:
        meetings.raise_hand(zhao_jingli, pk)
    assert code_of(refused) == "speaker_not_in_room"


def test_two_speakers_at_once_are_impossible_in_the_database(in_session, wang_ayi, zhou_dashu, zhang_zhuren):
    first, second = meetings.raise_hand(wang_ayi, in_session.pk), meetings.raise_hand(zhou_dashu, in_session.pk)
    Hand.objects.filter(pk=first.pk).update(called_at=FRIDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hand.objects.filter(pk=second.pk).update(called_at=FRIDAY)


def test_an_item_that_is_not_on_the_agenda_is_not_taken_up(in_session, zhang_zhuren):
    with pytest.raises(RuleViolation) as refused:
        meetings.take_up(zhang_zhuren, in_session.pk, position=3)
    assert code_of(refused) == "item_not_on_agenda"
