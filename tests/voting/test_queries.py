"""What is shown to whom, and at what price. Before closing: participation, and nothing else, to anybody."""

from fractions import Fraction

import pytest

from tests.voting.owners import unguarded
from xieshang.lib.actor import NOBODY, Actor
from xieshang.lib.refusals import RuleViolation
from xieshang.matters.models import Matter
from xieshang.matters.rules import Audience
from xieshang.voting import queries
from xieshang.voting.models import Decision, Vote
from xieshang.voting.queries import results
from xieshang.voting.rules import Base, Channel, Counted, Finding, Nature, Standing, Tally
from xieshang.voting.rules.deciding import State as Stage

pytestmark = pytest.mark.django_db
CAST = "wang_ayi zhou_dashu wairen zhang_zhuren li_shuji zhao_jingli liu_street he_zhuren".split()


@pytest.fixture
def neighbours(places, make_person, move_in):
    """So many neighbours, spread over the homes."""

    def come(number):
        people = [make_person(f"邻居{n}") for n in range(number)]
        for n, person in enumerate(people):
            move_in(person, places.units[n % len(places.units)])
        return [Actor(person) for person in people]

    return come


def test_nobody_gets_a_tally_before_closing_and_everybody_after(request, poll, wang_ayi, zhou_dashu, vote_for, close):
    actors = [NOBODY, *(request.getfixturevalue(name) for name in CAST)]
    vote = poll()
    vote_for(wang_ayi, vote, "同意")
    before = [queries.vote_page(actor, queries.visible_vote(actor, vote.pk)) for actor in actors]
    assert {page.result for page in before} == {None}
    assert {page.participation.taken for page in before} == {1}
    with pytest.raises(RuleViolation):
        queries.count_ballots(vote)
    assert queries.result(vote) is None
    closed = close(vote)
    after = [queries.vote_page(actor, queries.visible_vote(actor, closed.pk)).result.part for actor in actors]
    assert after == [1] * len(actors)


def test_no_tally_between_the_closing_time_and_its_recording(poll, wang_ayi, vote_for, later):
    vote = poll()
    vote_for(wang_ayi, vote, "同意")
    later(30)
    page = queries.vote_page(wang_ayi, queries.visible_vote(wang_ayi, vote.pk))
    assert (page.result, page.is_running, page.is_counting) == (None, False, True)


def test_a_draft_is_for_officers_only(draft, request):
    vote = draft()
    seen = {name for name in CAST if Vote.objects.visible_to(request.getfixturevalue(name)).filter(pk=vote.pk)}
    assert seen == {"zhang_zhuren", "li_shuji", "liu_street"}
    assert not Vote.objects.visible_to(NOBODY).exists()


def test_a_poll_is_shown_to_the_circle_of_its_topic(poll, matter, wang_ayi, wairen):
    Matter.objects.filter(pk=matter.pk).update(audience=Audience.PLACE.value)
    matter.audience = Audience.PLACE.value
    vote = poll()
    seen = [Vote.objects.visible_to(actor).filter(pk=vote.pk).exists() for actor in (wang_ayi, wairen, NOBODY)]
    assert seen == [True, False, False]


def test_participation_is_said_with_unit_base_and_mark(poll, wang_ayi, vote_for):
    vote = poll(base=Base.HOUSEHOLD, turnout="1/3")
    vote_for(wang_ayi, vote, "同意")
    taken = queries.participation(vote)
    assert (taken.words, taken.mark, taken.mark_label) == ("1户参与（应到17户）· 5.88%", "33.33", "至少三分之一")
    assert taken.turnout == Fraction(1, 3)


def test_a_result_says_who_took_part_what_they_said_and_what_it_is_worth(poll, neighbours, vote_for, close):
    people = neighbours(9)
    vote = poll(turnout="1/2", nature=Nature.OWNERS)
    for actor in people[:5]:
        vote_for(actor, vote, "同意")
    vote_for(people[5], vote, "不同意")
    vote_for(people[6], vote, "弃权")
    told = queries.result(close(vote))
    assert (told.verdict.finding, told.headline, told.turnout_met) == (Finding.SUPPORTED, "参加的人超过一半同意", True)
    assert told.reasons == "名册上9人，参加7人（77.78%）；达到事先定的一半；“同意”5人，超过参加的一半。"
    assert "没有业主决定的效力" in told.effect
    assert [row.cells for row in told.rows] == [
        ["同意", "5", "71.43%"],
        ["不同意", "1", "14.29%"],
        ["弃权", "1", "14.29%"],
        ["参加合计", "7", ""],
    ]
    assert told.channels == "线上7"


def test_large_numbers_are_written_by_thousands(poll, neighbours, vote_for, close, monkeypatch):
    people = neighbours(5)
    vote = poll()
    for actor in people:
        vote_for(actor, vote, "同意")
    vote = close(vote)
    agree = vote.options.get(text="同意").pk
    many = Counted(Tally(12000), {Channel.ONLINE: Tally(9000)}, {(agree, Channel.ONLINE): Tally(8000)})
    monkeypatch.setattr(results, "kept_count", lambda vote: many)
    told = queries.result(vote)
    assert told.reasons == "名册上12,000人，参加9,000人（75.00%）；“同意”8,000人，超过参加的一半。"
    assert told.rows[0].cells == ["同意", "8,000", "88.89%"]
    assert told.turnout_bars[0]["words"] == "9,000 / 12,000人 · 75.00%"
    assert "名册上12,000人，参加9,000人（75.00%），其中线上9,000人" in queries.result_words(vote, told)


def test_a_result_without_enough_people_says_so(poll, neighbours, vote_for, close):
    people = neighbours(9)
    vote = poll(turnout="1/2")
    for actor in people[:4]:
        vote_for(actor, vote, "同意")
    told = queries.result(close(vote))
    assert (told.headline, told.turnout_met) == ("参加的人不够，这次征集不作数", False)
    assert told.reasons == "名册上9人，参加4人（44.44%）；没有达到事先定的一半。"


def test_small_cells_are_never_split_by_channel(poll, neighbours, wu_wangge, vote_for, close):
    people = neighbours(24)
    vote = poll()
    for n, actor in enumerate(people):
        helped = actor if n % 2 else Actor(actor.person, helper=wu_wangge, consent="signed")
        vote_for(helped, vote, ("同意", "不同意")[n // 2 % 2])
    told = queries.result(close(vote))
    assert told.channels == "线上12 · 代办12"
    assert (told.split, bool(told.split_note)) == ([], True)


def test_the_facts_for_a_topic_hold_no_result_before_closing(poll, matter, wang_ayi, vote_for, close):
    assert queries.poll_facts(matter) is None
    vote = poll(turnout="1/2")
    vote_for(wang_ayi, vote, "同意")
    facts = queries.poll_facts(matter)
    assert (facts.is_closed, facts.turnout_met, facts.result, facts.time_is_up) == (False, False, None, False)
    close(vote)
    facts = queries.poll_facts(matter)
    assert (facts.is_closed, facts.turnout_met, facts.result.part, facts.time_is_up) == (True, True, 1, True)


def test_what_waits_goes_away_when_the_vote_is_cast_by_me_or_a_housemate(
    poll, places, wang_ayi, zhou_dashu, make_person, move_in, vote_for
):
    husband = make_person("王叔")
    move_in(husband, places.units[8])
    vote = poll(base=Base.HOUSEHOLD)
    waiting = queries.waiting_for(Actor(husband))
    assert [(one.action, one.url) for one in waiting] == [("去投票", vote.get_absolute_url())]
    vote_for(wang_ayi, vote, "同意")
    assert queries.waiting_for(Actor(husband)) == []
    assert len(queries.waiting_for(zhou_dashu)) == 1


def test_nothing_waits_after_closing_nor_for_an_office(poll, wang_ayi, zhang_zhuren, later):
    poll()
    assert len(queries.waiting_for(wang_ayi)) == 1
    assert queries.waiting_for(zhang_zhuren) == []
    later(30)
    assert queries.waiting_for(wang_ayi) == []


def test_one_s_own_receipt_is_shown_and_a_housemate_s_is_not(poll, places, wang_ayi, make_person, move_in, vote_for):
    husband = make_person("王叔")
    move_in(husband, places.units[8])
    vote = poll(base=Base.HOUSEHOLD)
    version = vote_for(wang_ayi, vote, "同意")
    assert queries.standing_for(wang_ayi, vote).receipt == version.receipt
    told = queries.standing_for(Actor(husband), vote)
    assert (told.standing, told.receipt) == (Standing.HOUSEHOLD_VOTED, "")


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "plain", "wide"])
def test_a_receipt_is_found_however_it_is_typed(poll, wang_ayi, vote_for, typed):
    vote = poll()
    version = vote_for(wang_ayi, vote, "同意")
    number = version.receipt
    ways = {"lower": number.lower(), "plain": number.replace("-", ""), "wide": number.replace("-", "－")}
    assert queries.receipt_of(vote, ways.get(typed, typed.format(number))) == version


def test_a_receipt_of_one_vote_says_nothing_in_another(poll, wang_ayi, vote_for):
    first, second = poll(), poll(question="另一件")
    version = vote_for(wang_ayi, first, "同意")
    assert queries.receipt_of(second, version.receipt) is None


@pytest.mark.parametrize("number", [1, 30])
def test_a_list_costs_the_same_however_long(poll, wang_ayi, number, django_assert_num_queries, places):
    for n in range(number):
        poll(question=f"第{n}件")
    with django_assert_num_queries(2):
        assert len(queries.open_votes(wang_ayi, places.community.pk)) == number
    with django_assert_num_queries(2):
        assert len(queries.waiting_for(wang_ayi)) == min(number, 4)


@pytest.mark.parametrize("number", [1, 30])
def test_a_page_costs_the_same_however_many_voted(
    poll, neighbours, vote_for, number, close, django_assert_max_num_queries
):
    people = neighbours(number)
    vote = poll()
    for actor in people:
        vote_for(actor, vote, "同意")
    with django_assert_max_num_queries(9):
        queries.vote_page(people[0], queries.visible_vote(people[0], vote.pk))
    close(vote)
    with django_assert_max_num_queries(11):
        queries.vote_page(people[0], queries.visible_vote(people[0], vote.pk))


def test_people_read_in_which_votes_they_took_part_but_not_what_they_chose(poll, wang_ayi, zhou_dashu, vote_for):
    vote = poll(question="换不换灯", options=["甲方案", "乙方案"])
    version = vote_for(wang_ayi, vote, "甲方案")
    (told,) = queries.known_ballots(wang_ayi.person_id)["参加过的投票"]
    assert (told["编号"], told["回执号"]) == (vote.matter.number, version.receipt)
    assert "甲方案" not in str(told)
    assert queries.known_ballots(zhou_dashu.person_id) == {"参加过的投票": []}


def test_the_list_has_called_votes_apart_and_keeps_aborted_ones(owners_vote, places):
    called = owners_vote(state=Stage.NOTICE).vote
    assert [vote.pk for vote in queries.called_votes(NOBODY, places.community.pk)] == [called.pk]
    assert queries.closed_votes(NOBODY, places.community.pk, "").rows == []
    with unguarded():
        Decision.objects.filter(vote=called).update(state=Stage.ABORTED.value)
    assert queries.called_votes(NOBODY, places.community.pk) == []
    assert [one.vote.pk for one in queries.closed_votes(NOBODY, places.community.pk, "").rows] == [called.pk]
