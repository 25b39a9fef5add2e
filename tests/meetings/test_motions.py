"""Motions in a meeting: what may be put to the room, who votes, and how it comes out."""

import datetime
import itertools

import pytest
from django.http import Http404

from tests.meetings.conftest import fresh
from tests.meetings.sitting import code, say
from xieshang.lib.refusals import NotAllowed
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Motion
from xieshang.meetings.queries.motions import motion_page
from xieshang.meetings.rules import KINDS, Base, MeetingKind, MotionState, MotionStep, MotionWay, State
from xieshang.meetings.rules import motions as law
from xieshang.voting import services as voting
from xieshang.voting.models import Ballot, RightUsed
from xieshang.voting.rules import Channel, Outcome
from xieshang.voting.rules.room import Count

K = MeetingKind
DAY = datetime.timedelta(days=1)


# Rules. ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "step"), list(itertools.product(MotionState, MotionStep)))
def test_a_motion_moves_only_on_its_course(state, step):
    if (state, step) in law.MOTION_COURSE:
        assert law.next_motion_state(state, step) == law.MOTION_COURSE[state, step]
        return
    assert code(lambda: law.next_motion_state(state, step)) == "motion_out_of_course"


VOTED = dict.fromkeys(K, True) | {K.PARTY: False, K.STUDY: False}


@pytest.mark.parametrize("kind", K)
def test_what_is_put_to_the_room_at_all(kind):
    assert law.may_vote(kind) == VOTED[kind]


@pytest.mark.parametrize(
    ("kind", "words", "item", "is_voted", "refused"),
    [
        (K.RESIDENTS, "同意修路", "修路", True, None),
        (K.RESIDENTS, "同意修路", "修路", False, "motion_not_announced"),
        (K.RESIDENTS, "同意修路", None, False, "motion_not_on_agenda"),
        (K.RESIDENTS, "  ", "修路", True, "motion_without_words"),
        # Where bodies sit as sides nobody is outvoted, so every item may end in asking whether all agree.
        (K.JOINT, "同意分工", "分工", False, None),
        (K.JOINT, "同意分工", None, False, "motion_not_on_agenda"),
        (K.PARTY, "同意", "议题", True, "motion_not_voted_here"),
    ],
)
def test_only_what_the_notice_named_is_voted_on(kind, words, item, is_voted, refused):
    def ask():
        law.require_motion(law.Asked(kind, words, item, item_is_voted=is_voted))

    if refused:
        assert code(ask) == refused
    else:
        ask()


@pytest.mark.parametrize(
    ("meeting", "another", "quorum", "refused"),
    [
        (State.OPEN, False, True, None),
        (State.NOTICED, False, True, "motion_not_in_session"),
        (State.CLOSED, False, True, "motion_not_in_session"),
        (State.OPEN, True, True, "motion_one_at_a_time"),
        (State.OPEN, False, False, "motion_too_few"),
    ],
)
def test_when_a_motion_may_be_put(meeting, another, quorum, refused):
    def ask():
        return law.require_put(MotionState.DRAFTED, meeting, another_open=another, has_quorum=quorum)

    if refused:
        assert code(ask) == refused
    else:
        assert ask() == MotionState.OPEN


@pytest.mark.parametrize(
    ("kind", "base", "expected", "present", "least", "of"),
    [
        (K.RESIDENTS, Base.PERSONS, 1000, 501, 251, 501),
        (K.VILLAGERS, Base.HOUSEHOLDS, 300, 200, 101, 200),
        (K.VILLAGER_REPS, Base.MEMBERS, 30, 20, 11, 20),
        # 全体委员半数以上: half of all the members themselves.
        (K.OWNERS_COMMITTEE, Base.MEMBERS, 9, 5, 5, 9),
        (K.OWNERS_COMMITTEE, Base.MEMBERS, 8, 5, 4, 8),
        (K.CONSULTATION, Base.OPEN, None, 7, 4, 7),
        (K.JOINT, Base.SIDES, 3, 3, 3, 3),
        (K.JOINT, Base.SIDES, 3, 2, 2, 2),
    ],
)
def test_how_many_must_agree_comes_from_the_kind_of_meeting(kind, base, expected, present, least, of):
    rule = law.rule_of_motion(kind, base, {}, expected=expected, present=present)
    assert (rule.least, rule.base) == (least, of)


def test_the_seats_of_one_side_are_one_right_and_every_household_has_one():
    people = [
        law.Present(1, None, 5, "居委会", 1),
        law.Present(2, None, 5, "居委会", 2),
        law.Present(3, None, 6, "物业", 3),
        law.Present(None, None, None, "列席", None),
    ]
    sides = law.seats_of(Base.SIDES, people)
    assert [(seat.name, seat.holders, seat.person_id) for seat in sides] == [
        ("居委会", (1, 2), None),
        ("物业", (3,), None),
    ]
    (home,) = law.seats_of(Base.HOUSEHOLDS, [law.Present(1, 9, None, "王", 4)])
    assert (home.person_id, home.household_id, home.holders) == (None, 9, (4,))


# In a meeting. --------------------------------------------------------------------------------------------------------


def test_a_motion_is_put_voted_and_counted(sitting, bring, neighbours, zhang_zhuren):
    motion = meetings.put_motion(zhang_zhuren, bring(sitting).pk)
    for one in neighbours[:4]:
        say(one, motion)
    page = motion_page(neighbours[5], sitting.pk)
    assert (page.now.is_open, page.now.taken, page.now.whole, page.now.results) == (True, 4, 8, [])
    assert page.now.rule == "超过到会8人的一半同意，才算通过"
    meetings.count_motion(zhang_zhuren, motion.pk, voting.Counted(Channel.HANDS, Count(1, 0, 0)))
    page = motion_page(neighbours[5], sitting.pk)
    assert page.now.result.headline == "通过：5人同意，超过到会8人的一半"
    assert Motion.objects.get().state == MotionState.CLOSED


def test_what_is_not_on_the_agenda_is_not_voted_on(sitting, zhang_zhuren, bring):
    elsewhere = 10**9
    for item_id in (None, elsewhere):
        ask = lambda item_id=item_id: meetings.bring_motion(  # noqa: E731
            zhang_zhuren, sitting.pk, item_id=item_id, words="同意换物业", way=MotionWay.HANDS
        )
        assert code(ask) == "motion_not_on_agenda"
    assert code(lambda: bring(sitting, position=2)) == "motion_not_announced"
    assert not Motion.objects.exists()


def test_one_motion_at_a_time(sitting, bring, zhang_zhuren):
    first, second = bring(sitting), bring(sitting, MotionWay.HANDS)
    meetings.put_motion(zhang_zhuren, first.pk)
    assert code(lambda: meetings.put_motion(zhang_zhuren, second.pk)) == "motion_one_at_a_time"
    assert code(lambda: meetings.close_meeting(zhang_zhuren, sitting.pk)) == "meeting_motions_open"


def test_the_item_of_a_motion_that_is_put_is_the_item_in_hand(sitting, bring, zhang_zhuren):
    meetings.take_up(zhang_zhuren, sitting.pk, position=2)
    meetings.put_motion(zhang_zhuren, bring(sitting).pk)
    assert fresh(sitting).at_item == 1


def test_nothing_is_put_when_too_many_have_left(sitting, bring, neighbours, zhang_zhuren):
    motion = bring(sitting)
    for one in neighbours[:3]:
        meetings.leave(one, sitting.pk)
    assert code(lambda: meetings.put_motion(zhang_zhuren, motion.pk)) == "motion_too_few"


def test_who_comes_after_it_was_put_does_not_vote_in_it(sitting, bring, neighbours, zhang_zhuren, wang_ayi):
    motion = meetings.put_motion(zhang_zhuren, bring(sitting).pk)
    meetings.sign_in_by_code(wang_ayi, sitting.code)
    with pytest.raises(NotAllowed):
        say(wang_ayi, motion)
    assert not Ballot.objects.exists()


def test_only_whoever_keeps_the_room_puts_and_counts(sitting, bring, neighbours, zhang_zhuren, li_shuji):
    motion = bring(sitting)
    for actor in (neighbours[0], li_shuji):
        with pytest.raises(NotAllowed):
            meetings.put_motion(actor, motion.pk)
    meetings.put_motion(zhang_zhuren, motion.pk)
    with pytest.raises(NotAllowed):
        meetings.count_motion(neighbours[0], motion.pk)


def test_nobody_outside_finds_a_motion(sitting, bring, other_zhuren):
    with pytest.raises(Http404):
        meetings.put_motion(other_zhuren, bring(sitting).pk)


def test_a_motion_not_put_yet_may_be_withdrawn_and_one_put_may_not(sitting, bring, zhang_zhuren):
    first, second = bring(sitting), bring(sitting, MotionWay.HANDS)
    meetings.withdraw_motion(zhang_zhuren, first.pk)
    meetings.put_motion(zhang_zhuren, second.pk)
    assert code(lambda: meetings.withdraw_motion(zhang_zhuren, second.pk)) == "motion_out_of_course"


def test_a_secret_motion_ends_with_figures_and_without_ballots(sitting, bring, neighbours, zhang_zhuren):
    motion = meetings.put_motion(zhang_zhuren, bring(sitting, MotionWay.SECRET).pk)
    for one, text in zip(neighbours, ("同意", "同意", "不同意", "弃权"), strict=False):
        say(one, motion, text)
    assert code(lambda: say(neighbours[0], motion)) == "room_voted"
    meetings.count_motion(zhang_zhuren, motion.pk)
    (told,) = motion_page(neighbours[0], sitting.pk).now.results
    assert told.words == "到会8人，同意2人，不同意1人，弃权1人，未表态4人"
    assert (Ballot.objects.count(), RightUsed.objects.count()) == (0, 4)


def test_who_stands_for_another_votes_twice_and_says_for_whom(sitting, bring, neighbours, zhang_zhuren, places):
    seat = meetings.Named("孙奶奶", unit_id=places.units[10].pk)
    agent = sitting.attendance.get(person_id=neighbours[0].person_id)
    meetings.accept_proxy(zhang_zhuren, sitting.pk, seat=seat, agent_id=agent.pk, powers="代为表决，当日有效")
    motion = meetings.put_motion(zhang_zhuren, bring(sitting).pk)
    say(neighbours[0], motion)
    assert code(lambda: say(neighbours[0], motion)) == "room_voted"
    left = motion_page(neighbours[0], sitting.pk).seat
    assert (left.free, left.used, left.whose) == (1, 1, "孙奶奶")
    say(neighbours[0], motion, "不同意", right_id=left.right_id)
    kept = meetings.count_motion(zhang_zhuren, motion.pk)
    assert (kept.heads, Ballot.objects.count()) == (9, 2)


def test_at_a_table_of_sides_one_no_is_enough(gathered, bring, zhang_zhuren, he_zhuren, zhao_jingli):
    meeting = gathered()
    for actor in (zhang_zhuren, he_zhuren, zhao_jingli):
        meetings.sign_in_by_code(actor, meeting.code)
    meeting = fresh(meetings.open_meeting(zhang_zhuren, meeting.pk))
    first = meetings.put_motion(zhang_zhuren, bring(meeting).pk)
    for actor in (zhang_zhuren, he_zhuren):
        say(actor, first)
    say(zhao_jingli, first, "不同意")
    assert meetings.count_motion(zhang_zhuren, first.pk).outcome == Outcome.NOT_PASSED
    second = meetings.put_motion(zhang_zhuren, bring(meeting).pk)
    for actor in (zhang_zhuren, he_zhuren, zhao_jingli):
        say(actor, second)
    assert meetings.count_motion(zhang_zhuren, second.pk).outcome == Outcome.PASSED
    assert motion_page(he_zhuren, meeting.pk).now.result.headline == "通过：3方同意，到会3方都同意"


def test_a_committee_counts_all_its_members_and_not_those_present(gathered, bring, board, he_zhuren):
    start = datetime.datetime(2026, 3, 18, 14, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
    items = [meetings.Item("灯具更换", is_voted=True)]
    meeting = gathered(he_zhuren, kind=K.OWNERS_COMMITTEE, title="业委会例会", starts_at=start, items=items)
    for member in board[:3]:
        meetings.sign_in_by_code(member, meeting.code)
    meeting = fresh(meetings.open_meeting(he_zhuren, meeting.pk))
    motion = meetings.put_motion(he_zhuren, bring(meeting, actor=he_zhuren).pk)
    for member in board[:2]:
        say(member, motion)
    assert meetings.count_motion(he_zhuren, motion.pk).outcome == Outcome.NOT_PASSED
    told = motion_page(he_zhuren, meeting.pk).now.result
    assert told.base == "应到5人，到会3人"
    assert KINDS[K.OWNERS_COMMITTEE].proxies == frozenset()


def test_hands_may_be_counted_again_until_the_minutes_are_out(sitting, bring, zhang_zhuren):
    motion = meetings.put_motion(zhang_zhuren, bring(sitting, MotionWay.HANDS).pk)
    meetings.count_motion(zhang_zhuren, motion.pk, voting.Counted(Channel.HANDS, Count(5, 3, 0)))
    again = voting.Counted(Channel.HANDS, Count(4, 4, 0))
    meetings.recount_motion(zhang_zhuren, motion.pk, again, reason="监票人要求重数")
    assert not motion_page(zhang_zhuren, sitting.pk).now.result.is_passed
    meetings.close_meeting(zhang_zhuren, sitting.pk)
    minutes = fresh(sitting).minutes
    words = {"agreed": "三天内清完", "not_agreed": "", "positions": {}, "actions": []}
    meetings.edit_minutes(zhang_zhuren, sitting.pk, edition=minutes.edition, **words)
    meetings.send_minutes(zhang_zhuren, sitting.pk)
    ask = lambda: meetings.recount_motion(zhang_zhuren, motion.pk, again, reason="又数")  # noqa: E731
    assert code(ask) == "motion_minutes_signed"


def test_a_motion_left_open_is_counted_by_time_and_the_meeting_moves_on(
    sitting, bring, neighbours, zhang_zhuren, move_to
):
    from xieshang.lib import clock  # after the shift

    motion = meetings.put_motion(zhang_zhuren, bring(sitting).pk)
    for one in neighbours[:5]:
        say(one, motion)
    move_to(sitting.starts_at + DAY)
    voting.due(clock.now())
    assert Motion.objects.get().state == MotionState.CLOSED
    assert motion_page(zhang_zhuren, sitting.pk).now.result.is_passed


# who               bring put count vote
MATRIX = """
neighbour           no    no  no    yes
wang_ayi            no    no  no    no
zhang_zhuren        yes   yes yes   no
sun_weiyuan         yes   yes yes   no
wu_wangge           no    no  no    no
li_shuji            no    no  no    no
he_zhuren           no    no  no    no
zhao_jingli         no    no  no    no
liu_street          no    no  no    no
"""


@pytest.mark.parametrize("row", [line.split() for line in MATRIX.strip().splitlines()], ids=lambda row: row[0])
def test_who_may_do_what_with_a_motion(row, sitting, bring, neighbours, zhang_zhuren, request):
    name, *expected = row
    actor = neighbours[0] if name == "neighbour" else request.getfixturevalue(name)
    drafted, other = bring(sitting), bring(sitting)

    def may(verb):
        try:
            verb()
        except NotAllowed:
            return "no"
        return "yes"

    found = [may(lambda: bring(sitting, actor=actor)), may(lambda: meetings.put_motion(actor, drafted.pk))]
    if drafted.pk not in Motion.objects.filter(state=MotionState.OPEN).values_list("pk", flat=True):
        meetings.put_motion(zhang_zhuren, drafted.pk)
    vote = may(lambda: say(actor, drafted))
    assert [*found, may(lambda: meetings.count_motion(actor, drafted.pk)), vote] == expected
    assert other.state == MotionState.DRAFTED
