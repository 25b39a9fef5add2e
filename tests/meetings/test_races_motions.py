"""On a real PostgreSQL: motions and minutes where two requests come at the same instant."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from tests.meetings.sitting import line, say, sign
from tests.races import all_at_once
from xieshang.lib import seal
from xieshang.meetings import hooks
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Minutes, Motion
from xieshang.meetings.rules import MinutesState, MotionState, MotionWay
from xieshang.voting.models import Ballot, Box, RightUsed, RoomCount, VoteCount

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def test_everybody_taps_at_once_in_secret_and_every_choice_is_in_the_box(
    sitting,
    bring,
    neighbours,
    zhang_zhuren,
):
    motion = meetings.put_motion(zhang_zhuren, bring(sitting, MotionWay.SECRET).pk)
    all_at_once(*(lambda one=one: say(one, motion) for one in neighbours))
    assert seal.unseal(Box.objects.get().sealed) == "[1, 1, 1, 1, 1, 1, 1, 1]"
    assert RightUsed.objects.count() == len(neighbours)


@pytest.mark.parametrize("way", [MotionWay.PHONES, MotionWay.SECRET])
def test_one_who_taps_many_times_votes_once(sitting, bring, neighbours, zhang_zhuren, way):
    motion = meetings.put_motion(zhang_zhuren, bring(sitting, way).pk)
    all_at_once(*(lambda: say(neighbours[0], motion) for _ in range(8)))
    kept = meetings.count_motion(zhang_zhuren, motion.pk)
    assert sum(line.heads for line in kept.lines.filter(row="option")) == 1


@pytest.mark.parametrize("way", [MotionWay.PHONES, MotionWay.SECRET])
def test_who_was_answered_before_the_count_is_in_it(sitting, bring, neighbours, zhang_zhuren, way):
    motion = meetings.put_motion(zhang_zhuren, bring(sitting, way).pk)
    answers = all_at_once(
        lambda: meetings.count_motion(zhang_zhuren, motion.pk),
        *(lambda one=one: say(one, motion) for one in neighbours),
    )
    in_time = sum(answer is None for answer in answers[1:])
    assert {answer for answer in answers[1:] if answer} <= {"too_late"}
    lines = VoteCount.objects.get().lines.filter(row="option")
    assert sum(one.heads for one in lines) == in_time
    assert (Ballot.objects.count() or RightUsed.objects.count()) == in_time
    assert RoomCount.objects.count() == (3 if way == MotionWay.SECRET else 0)


def test_two_motions_put_at_once_are_one(sitting, bring, zhang_zhuren, sun_weiyuan):
    first, second = bring(sitting), bring(sitting, MotionWay.HANDS)
    answers = all_at_once(
        lambda: meetings.put_motion(zhang_zhuren, first.pk), lambda: meetings.put_motion(sun_weiyuan, second.pk)
    )
    assert "motion_one_at_a_time" in answers
    assert Motion.objects.filter(state=MotionState.OPEN.value).count() == 1


def test_one_motion_counted_twice_at_once_has_one_count(sitting, bring, zhang_zhuren, sun_weiyuan):
    motion = meetings.put_motion(zhang_zhuren, bring(sitting).pk)
    answers = all_at_once(
        lambda: meetings.count_motion(zhang_zhuren, motion.pk), lambda: meetings.count_motion(sun_weiyuan, motion.pk)
    )
    assert "motion_out_of_course" in answers
    assert VoteCount.objects.count() == 1


def test_two_members_sign_for_one_side_at_once_and_one_is_told(laid_out, zhang_zhuren, sun_weiyuan):
    row, code = line(laid_out, "和顺社区居委会"), laid_out.code
    answers = all_at_once(
        *(lambda one=one: meetings.sign_minutes(one, row.pk, code=code) for one in (zhang_zhuren, sun_weiyuan))
    )
    assert "minutes_signed_already" in answers


def test_the_last_two_sign_at_once_and_the_minutes_are_concluded_once(
    laid_out,
    zhang_zhuren,
    he_zhuren,
    zhao_jingli,
    monkeypatch,
):
    heard = []
    monkeypatch.setattr(hooks, "on_minutes_signed", [lambda meeting: heard.append(meeting.pk)])
    sign(zhang_zhuren, laid_out, "和顺社区居委会")
    rows = {actor: line(laid_out, name) for actor, name in ((he_zhuren, "明湖家园业委会"), (zhao_jingli, "安居物业"))}
    all_at_once(
        lambda: meetings.sign_minutes(he_zhuren, rows[he_zhuren].pk, code=laid_out.code),
        lambda: meetings.refuse_minutes(zhao_jingli, rows[zhao_jingli].pk, reason="退费没写"),
    )
    assert (Minutes.objects.get().state, heard) == (MinutesState.SIGNED, [laid_out.meeting_id])


def test_taking_back_and_signing_at_once_never_leaves_a_signature_under_a_draft(
    laid_out,
    zhang_zhuren,
    he_zhuren,
):
    row, code = line(laid_out, "明湖家园业委会"), laid_out.code

    def try_to_sign():
        try:
            return meetings.sign_minutes(he_zhuren, row.pk, code=code)
        except Http404:  # the line is not there any more
            return None

    all_at_once(lambda: meetings.take_back_minutes(zhang_zhuren, laid_out.meeting_id), try_to_sign)
    minutes = Minutes.objects.get()
    signed = minutes.signatures.filter(mark="signed").exists()
    assert signed == (minutes.state == MinutesState.SIGNING)


def test_the_triggers_hold_here_too(laid_out, zhang_zhuren):
    sign(zhang_zhuren, laid_out, "和顺社区居委会")
    for statement in (
        "UPDATE meetings_minutes SET agreed = '别的'",
        "UPDATE meetings_minutes SET held = '{}'",
        "DELETE FROM meetings_minutessignature WHERE mark = 'signed'",
        "UPDATE voting_roomvote SET entitled = 1",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
