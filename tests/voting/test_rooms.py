"""Motions in a meeting: the shares, the figures, and one engine for phones, hands, papers and a secret box."""

from fractions import Fraction

import pytest
from django.db import DatabaseError, connection, transaction

from tests.voting.test_deciding import picture
from xieshang.lib import clock, seal
from xieshang.lib.actor import Actor
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.matters.rules import Audience
from xieshang.matters.services import make, settle
from xieshang.voting import queries, services
from xieshang.voting.models import Ballot, Box, LedgerEntry, RightUsed, RoomCount, Vote, VoteCount
from xieshang.voting.rules import HALF, Base, Channel, Outcome, Paper, Share, Slate, State, Tally, count, room
from xieshang.voting.rules.room import Count, RoomRule, Seat

OVER_HALF = Share(HALF, is_enough=False)
SLATE = Slate((1,), 3, 2)


def rule(present, entitled=1000, share=OVER_HALF, *, of_all=False):
    return RoomRule(share, of_all, entitled, present)


def ended(asked, agree, against=0, abstain=0):
    papers = [Paper(Tally(n), Channel.HANDS, (line,)) for line, n in ((1, agree), (2, against), (3, abstain)) if n]
    return room.decide(count(papers, Tally(asked.base)), SLATE, asked).outcome


@pytest.mark.parametrize(
    ("asked", "agree", "passes"),
    [
        # M1 居民会议, M2 村民会议 by household, M3 村民代表会议: more than half of those present.
        (rule(501), 251, True),
        (rule(501), 250, False),
        (rule(500), 251, True),
        (rule(500), 250, False),
        (rule(200, 300), 101, True),
        (rule(200, 300), 100, False),
        (rule(20, 30), 11, True),
        (rule(20, 30), 10, False),
        # A committee: more than half of all its members, whoever is there.
        (rule(5, 9, of_all=True), 5, True),
        (rule(5, 9, of_all=True), 4, False),
        (rule(8, 8, of_all=True), 4, False),
        # Two thirds with the number itself; all sides.
        (rule(9, share=Share(Fraction(2, 3), is_enough=True)), 6, True),
        (rule(9, share=Share(Fraction(2, 3), is_enough=True)), 5, False),
        (rule(3, 3, share=Share(Fraction(1), is_enough=True)), 3, True),
        (rule(3, 3, share=Share(Fraction(1), is_enough=True)), 2, False),
    ],
)
def test_a_motion_passes_with_the_share_of_its_base_and_not_with_one_less(asked, agree, passes):
    assert ended(asked, agree) == (Outcome.PASSED if passes else Outcome.NOT_PASSED)
    assert passes == (agree >= asked.least)


def test_whoever_is_there_and_says_nothing_is_in_the_base():
    assert ended(rule(10), 5, 0, 0) == Outcome.NOT_PASSED
    assert ended(rule(10), 6, 0, 4) == Outcome.PASSED


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (rule(30), "超过到会30人的一半同意，才算通过"),
        (rule(5, 9, of_all=True), "超过全体9人的一半同意，才算通过"),
        (rule(9, share=Share(Fraction(2, 3), is_enough=True)), "到会9人里三分之二以上同意，才算通过"),
        (rule(3, share=Share(Fraction(1), is_enough=True)), "到会3人都同意，才算通过"),
    ],
)
def test_what_is_needed_is_said_with_its_base(asked, words):
    assert asked.words("人") == words


@pytest.mark.parametrize(("total", "fits"), [(7, True), (8, False)])
def test_no_more_are_counted_than_are_there_and_have_not_used_a_phone(total, fits):
    counted = Count(total, 0, 0)
    if fits:
        room.require_possible(counted, phones=3, present=10)
        return
    with pytest.raises(RuleViolation) as refused:
        room.require_possible(counted, phones=3, present=10)
    assert "手机投的3票" in refused.value.refusal.sentence


@pytest.mark.parametrize(
    ("agree", "passed", "words"),
    [(16, True, "通过：16人同意，超过到会30人的一半"), (15, False, "没有通过：15人同意，没有超过到会30人的一半")],
)
def test_the_headline_names_base_and_figure(agree, passed, words):
    assert room.headline(rule(30), agree, is_passed=passed, is_advice=False, unit="人") == words


def test_an_opinion_is_not_called_passed():
    told = [room.headline(rule(30), n, is_passed=n > 15, is_advice=True, unit="人") for n in (16, 15)]
    assert told == ["多数同意：16人同意，超过到会30人的一半", "没有形成多数意见：15人同意，没有超过到会30人的一半"]
    assert rule(30).words("人", is_advice=True) == "超过到会30人的一半同意，才算多数意见"


# The vote itself. -----------------------------------------------------------------------------------------------------


@pytest.fixture
def meeting(places, zhang_zhuren):
    """The matter of a meeting."""
    made = make(zhang_zhuren, kind="meeting", prefix="会", title="居民会议", place=places.community)
    settle(made, standing="正在开会", audience=Audience.PLACE, is_open=True)
    return made


@pytest.fixture
def people(places, make_person, move_in):
    """Seven neighbours."""
    made = [make_person(f"邻居{n}") for n in range(7)]
    for person, unit in zip(made, places.units, strict=False):
        move_in(person, unit)
    return [Actor(person) for person in made]


@pytest.fixture
def put(meeting, people, places, zhang_zhuren):
    """Put a motion to all seven, two of whom have no phone."""

    def motion(*, secret=False, base=Base.PERSON, seats=None, asked=None):
        seats = seats or [
            Seat(person_id=one.person_id, name=f"邻居{n}", holders=(one.person_id,) if n < 5 else ())
            for n, one in enumerate(people)
        ]
        asked = asked or rule(len(seats), 20)
        given = services.Motion("修不修路？", places.community, base, asked, "/meetings/1/", is_secret=secret)
        return services.put_to_room(zhang_zhuren, meeting, given, seats)

    return motion


def agree(actor, vote, text="同意"):
    return services.cast(actor, vote.pk, option_ids=[vote.options.get(text=text).pk], key=f"k{actor.person_id}")


def secretly(actor, vote, text="同意"):
    services.cast_in_room(actor, vote.pk, vote.options.get(text=text).pk)


def code(call):
    with pytest.raises(RuleViolation) as refused:
        call()
    return refused.value.refusal.code


def test_phones_and_hands_are_counted_by_the_one_engine(put, people, zhang_zhuren):
    vote = put()
    for one in people[:3]:
        agree(one, vote)
    agree(people[3], vote, "不同意")
    hands = services.Counted(Channel.HANDS, Count(1, 0, 1))
    kept = services.close_room(zhang_zhuren, vote.pk, hands)
    assert (kept.outcome, kept.heads) == (Outcome.PASSED, 7)
    vote = Vote.objects.get(pk=vote.pk)
    (told,) = queries.room_results([vote])[vote.pk]
    assert told.headline == "通过：4人同意，超过到会7人的一半"
    assert told.words == "到会7人，同意4人，不同意1人，弃权1人，未表态1人"
    assert told.channels == "线上4人，举手2人"
    assert [entry.kind for entry in LedgerEntry.objects.filter(vote=vote).order_by("pk")] == [
        "opened", "cast", "cast", "cast", "cast", "closed", "result",
    ]  # fmt: skip


def test_hands_that_are_more_than_the_room_are_refused_and_the_motion_stays_open(put, people, zhang_zhuren):
    vote = put()
    agree(people[0], vote)
    too_many = services.Counted(Channel.HANDS, Count(5, 2, 0))
    assert code(lambda: services.close_room(zhang_zhuren, vote.pk, too_many)) == "room_too_many"
    assert Vote.objects.get(pk=vote.pk).state == State.OPEN


def test_who_was_not_signed_in_cannot_vote_and_hears_why(put, wang_ayi):
    vote = put()
    with pytest.raises(NotAllowed) as refused:
        agree(wang_ayi, vote)
    assert "签到" in str(refused.value.sentence)
    assert not Ballot.objects.exists()


def test_nobody_votes_twice_and_nobody_after_the_end(put, people, zhang_zhuren):
    vote = put()
    option = vote.options.get(text="同意").pk
    services.cast(people[0], vote.pk, option_ids=[option], key="one")
    again = lambda: services.cast(people[0], vote.pk, option_ids=[option], key="two")  # noqa: E731
    assert code(again) == "room_voted"
    services.close_room(zhang_zhuren, vote.pk)
    assert code(lambda: agree(people[1], vote)) == "too_late"
    assert code(lambda: services.close_room(zhang_zhuren, vote.pk)) == "too_late"


def test_a_side_speaks_once_whoever_of_it_taps_first(put, people, zhang_zhuren):
    sides = [
        Seat(name="居委会", holders=(people[0].person_id, people[1].person_id)),
        Seat(name="业委会", holders=(people[2].person_id,)),
        Seat(name="物业", holders=(people[3].person_id,)),
    ]
    everyone = rule(3, 3, Share(Fraction(1), is_enough=True))
    vote = put(base=Base.SIDE, seats=sides, asked=everyone)
    agree(people[0], vote)
    assert code(lambda: agree(people[1], vote)) == "room_side_voted"
    agree(people[2], vote)
    agree(people[3], vote)
    assert services.close_room(zhang_zhuren, vote.pk).outcome == Outcome.PASSED


def test_one_who_acts_for_another_uses_both_rights_one_after_the_other(put, people, zhang_zhuren):
    seats = [
        Seat(person_id=people[0].person_id, holders=(people[0].person_id,)),
        Seat(person_id=people[1].person_id, holders=(people[0].person_id,)),
    ]
    vote = put(seats=seats)
    option = vote.options.get(text="同意").pk
    assert queries.my_seat(people[0], vote).free == 2
    services.cast(people[0], vote.pk, option_ids=[option], key="own")
    services.cast(people[0], vote.pk, option_ids=[option], key="for-another")
    assert queries.my_seat(people[0], vote) == queries.MySeat(used=2)
    assert services.close_room(zhang_zhuren, vote.pk).outcome == Outcome.PASSED


def test_a_motion_closes_by_itself_when_its_chair_forgets(put, people, later):
    vote = put()
    agree(people[0], vote)
    later(1)
    services.due(clock.now())
    assert VoteCount.objects.get(vote=vote).outcome == Outcome.NOT_PASSED


def test_a_sheet_needs_its_photo_when_the_net_was_down(put, zhang_zhuren):
    vote = put()
    on_paper = services.Counted(Channel.PAPER, Count(5, 1, 1))
    assert code(lambda: services.close_room(zhang_zhuren, vote.pk, on_paper)) == "room_no_sheet"
    shown = services.Counted(Channel.PAPER, Count(5, 1, 1), picture())
    assert services.close_room(zhang_zhuren, vote.pk, shown).outcome == Outcome.PASSED
    assert RoomCount.objects.filter(vote=vote).exclude(sheet=None).count() == 3


def test_a_recount_stands_beside_the_first_count_with_its_reason(put, zhang_zhuren):
    vote = put()
    services.close_room(zhang_zhuren, vote.pk, services.Counted(Channel.HANDS, Count(4, 3, 0)))
    again = services.Counted(Channel.HANDS, Count(3, 4, 0))
    assert code(lambda: services.recount_room(zhang_zhuren, vote.pk, again, reason=" ")) == "room_recount_reason"
    services.recount_room(zhang_zhuren, vote.pk, again, reason="监票人认为数错了")
    vote = Vote.objects.get(pk=vote.pk)
    last, first = queries.room_results([vote])[vote.pk]
    assert (last.is_passed, last.reason, first.is_passed) == (False, "监票人认为数错了", True)


def test_what_was_asked_and_counted_changes_no_more(put, zhang_zhuren):
    vote = put()
    services.close_room(zhang_zhuren, vote.pk, services.Counted(Channel.HANDS, Count(4, 3, 0)))
    for table in ("voting_roomvote", "voting_roomcount"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


# In secret. -----------------------------------------------------------------------------------------------------------


def test_a_secret_motion_keeps_who_voted_apart_from_what_was_chosen(put, people, zhang_zhuren):
    vote = put(secret=True)
    for one, text in zip(people, ("同意", "不同意", "同意"), strict=False):
        secretly(one, vote, text)
    assert RightUsed.objects.filter(right__vote=vote).count() == 3
    assert Ballot.objects.count() == RoomCount.objects.count() == 0
    assert {field.name for field in RightUsed._meta.get_fields()} == {"right", "on", "channel"}
    kept = services.close_room(zhang_zhuren, vote.pk)
    assert kept.outcome == Outcome.NOT_PASSED
    rows = RoomCount.objects.filter(vote=vote).order_by("pk").values_list("option__position", "heads", "by")
    assert list(rows) == [(1, 2, None), (2, 1, None), (3, 0, None)]
    assert Box.objects.get(vote=vote).sealed == ""


def test_the_box_reads_the_same_in_whatever_order_people_voted(put, people):
    one, other = put(secret=True), put(secret=True)
    for actor, text in zip(people, ("同意", "不同意", "弃权"), strict=False):
        secretly(actor, one, text)
    for actor, text in zip(people, ("弃权", "同意", "不同意"), strict=False):
        secretly(actor, other, text)
    sealed = [seal.unseal(Box.objects.get(vote=vote).sealed) for vote in (one, other)]
    assert sealed == ["[1, 2, 3]", "[1, 2, 3]"]


def test_a_secret_vote_is_cast_once_and_never_for_somebody(put, people, zhang_zhuren):
    vote = put(secret=True)
    secretly(people[0], vote)
    assert code(lambda: secretly(people[0], vote)) == "secret_used"
    helped = Actor(people[1].person, helper=zhang_zhuren, consent="oral")
    assert code(lambda: secretly(helped, vote)) == "secret_no_helper"


def test_an_open_ballot_never_gets_into_a_secret_motion(put, people):
    vote = put(secret=True)
    assert code(lambda: agree(people[0], vote)) == "room_secretly"
    assert not Ballot.objects.exists()


def test_papers_in_a_secret_motion_are_counted_as_many_as_went_out(put, people, zhang_zhuren):
    vote = put(secret=True)
    secretly(people[0], vote)
    for right in queries.rights_without_phone(vote)[-2:]:
        services.hand_out_slip(zhang_zhuren, vote.pk, right.pk)
    hands = services.Counted(Channel.HANDS, Count(1, 0, 0))
    assert code(lambda: services.close_room(zhang_zhuren, vote.pk, hands)) == "room_not_by_hands"
    three = services.Counted(Channel.PAPER, Count(2, 1, 0))
    assert code(lambda: services.close_room(zhang_zhuren, vote.pk, three)) == "room_slips_too_many"
    services.close_room(zhang_zhuren, vote.pk, services.Counted(Channel.PAPER, Count(1, 1, 0)))
    vote = Vote.objects.get(pk=vote.pk)
    (told,) = queries.room_results([vote])[vote.pk]
    assert told.words == "到会7人，同意2人，不同意1人，弃权0人，未表态4人"
    assert told.channels == ""


def test_a_slip_taken_shuts_the_phone(put, people, zhang_zhuren):
    vote = put(secret=True)
    right = vote.rights.get(person_id=people[0].person_id)
    services.hand_out_slip(zhang_zhuren, vote.pk, right.pk)
    assert code(lambda: secretly(people[0], vote)) == "secret_used"


@pytest.mark.parametrize(
    ("base", "number", "refused"),
    [
        (Base.PERSON, 4, "secret_too_few"),
        (Base.HOUSEHOLD, 7, "secret_by_household"),
        (Base.SIDE, 7, "secret_by_household"),
    ],
)
def test_nothing_is_called_secret_that_would_not_be(put, people, base, number, refused):
    seats = [Seat(name=f"{n}") for n in range(number)]
    assert code(lambda: put(secret=True, base=base, seats=seats)) == refused


def test_no_motion_without_anybody_there(put):
    with pytest.raises(RuleViolation):
        room.require_seats([], Base.PERSON, is_secret=False)


def test_only_a_body_of_the_place_holds_a_vote_in_a_room(put, places, meeting, wang_ayi, other_zhuren):
    given = services.Motion("修不修路？", places.community, Base.PERSON, rule(1), "/meetings/1/")
    for actor in (wang_ayi, other_zhuren):
        with pytest.raises(NotAllowed):
            services.put_to_room(actor, meeting, given, [Seat(name="王")])


def test_motions_stand_with_their_meeting_and_not_among_the_votes(put, people, places, client):
    vote = put()
    assert queries.open_votes(people[0], places.community.pk) == []
    client.force_login(people[0].person)
    assert client.get(f"/votes/{vote.pk}/").url == "/meetings/1/"
