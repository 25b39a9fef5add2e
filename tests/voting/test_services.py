"""Preparing, opening, casting and closing, as people do it."""

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404

from xieshang.accounts.models import Person
from xieshang.audit.models import Entry
from xieshang.lib import clock
from xieshang.lib.actor import Actor
from xieshang.lib.days import SHANGHAI, day_of
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.matters.models import Follower, MatterLink
from xieshang.voting import hooks, queries, services
from xieshang.voting.models import Ballot, BallotVersion, CountLine, LedgerEntry, LedgerLink, Right, RightHolder, Vote
from xieshang.voting.rules import Base, State, refusals

pytestmark = pytest.mark.django_db


def code_of(call, *args, **kwargs):
    with pytest.raises(RuleViolation) as caught:
        call(*args, **kwargs)
    return caught.value.refusal.code


# preparing and opening


def test_a_draft_has_a_number_of_its_own_and_hangs_on_its_topic(draft, matter):
    vote = draft(question="  楼道灯\n换不换？ ", options=["换", "缓一年"])
    assert (vote.state, vote.question, vote.matter.number[:5]) == (State.DRAFTED, "楼道灯 换不换？", "票-和顺-")
    assert [option.text for option in vote.options.all()] == ["换", "缓一年", "以上都不同意", "弃权"]
    assert list(MatterLink.objects.values_list("source", "target", "kind")) == [(vote.matter_id, matter.pk, "vote_of")]


def test_an_unsound_draft_leaves_nothing_behind(draft):
    assert code_of(draft, options=["只有一个"]) == "too_few_options"
    assert Vote.objects.count() == 0


def test_a_scope_outside_the_community_is_not_there(draft, places):
    with pytest.raises(Http404):
        draft(scope_id=places.other_community.pk)


def test_the_roll_by_person_holds_every_adult_once(poll, wang_ayi, zhou_dashu, chen_yezhu, minor, wairen):
    vote = poll()
    people = set(RightHolder.objects.filter(right__vote=vote).values_list("person_id", flat=True))
    assert people == {wang_ayi.person_id, zhou_dashu.person_id, chen_yezhu.person_id}
    assert (vote.roll_size, Right.objects.filter(vote=vote).count()) == (3, 3)


def test_the_roll_by_household_holds_every_home_whether_anybody_signed_up_or_not(poll, wang_ayi, chen_yezhu, minor):
    vote = poll(base=Base.HOUSEHOLD)
    assert (vote.roll_size, vote.unit) == (17, "户")
    assert RightHolder.objects.filter(right__vote=vote, person=wang_ayi.person_id).count() == 1
    assert RightHolder.objects.filter(right__vote=vote, person=chen_yezhu.person_id).count() == 2
    assert RightHolder.objects.filter(right__vote=vote, person=minor.person_id).count() == 0


def test_the_roll_ends_where_the_scope_ends(poll, places, wang_ayi, chen_yezhu):
    assert poll(base=Base.HOUSEHOLD, scope_id=places.stairwell.pk).roll_size == 14


def test_a_roll_is_frozen_when_the_vote_opens(poll, places, wang_ayi, make_person, move_in, vote_for):
    vote = poll()
    late = make_person("后来的")
    move_in(late, places.units[0])
    with pytest.raises(NotAllowed) as caught:
        vote_for(Actor(late), vote, "同意")
    assert "名册" in caught.value.sentence
    assert Vote.objects.get(pk=vote.pk).roll_size == 1


def test_a_vote_without_anybody_on_its_roll_does_not_open(poll, places):
    assert code_of(poll) == "empty_roll"


def test_a_vote_opens_once(poll, wang_ayi, zhang_zhuren):
    vote = poll()
    assert code_of(services.open_vote, zhang_zhuren, vote.pk) == "not_a_draft"


def test_a_vote_closes_at_the_hour_of_the_last_day_which_is_worked(poll, wang_ayi):
    vote = poll(days=5)
    closes = vote.closes_at.astimezone(SHANGHAI)
    assert (closes.hour, closes.minute) == (18, 0)
    assert (closes.date() - day_of(vote.opens_at)).days >= 5


def test_a_closing_time_that_is_over_is_refused(draft, zhang_zhuren, wang_ayi):
    vote = draft(closes_at=clock.now() - datetime.timedelta(minutes=1))
    assert code_of(services.open_vote, zhang_zhuren, vote.pk) == "closes_too_early"


# casting


def test_a_ballot_is_received_and_its_holder_follows_the_topic(poll, wang_ayi, matter, vote_for):
    vote = poll()
    version = vote_for(wang_ayi, vote, "同意")
    ballot = Ballot.objects.get()
    assert (ballot.receipt, ballot.channel, ballot.cast_by_id) == (version.receipt, "online", wang_ayi.person_id)
    assert list(ballot.choices.values_list("option__text", flat=True)) == ["同意"]
    assert Follower.objects.filter(matter=matter, person=wang_ayi.person_id, reason="voted").exists()


def test_the_same_key_gives_the_same_receipt_byte_for_byte(poll, wang_ayi, vote_for):
    vote = poll()
    first = vote_for(wang_ayi, vote, "同意", key="abc")
    again = vote_for(wang_ayi, vote, "不同意", key="abc")
    assert queries.receipt_text(vote, again).encode() == queries.receipt_text(vote, first).encode()
    assert BallotVersion.objects.count() == 1
    assert list(Ballot.objects.get().choices.values_list("option__text", flat=True)) == ["同意"]


def test_the_same_key_gives_its_receipt_even_after_closing(poll, wang_ayi, vote_for, close):
    vote = poll()
    first = vote_for(wang_ayi, vote, "同意", key="abc")
    close(vote)
    assert vote_for(wang_ayi, vote, "同意", key="abc") == first


def test_another_person_s_key_gives_no_receipt_of_theirs(poll, wang_ayi, zhou_dashu, vote_for):
    vote = poll()
    first = vote_for(wang_ayi, vote, "同意", key="abc")
    assert vote_for(zhou_dashu, vote, "同意", key="abc").receipt != first.receipt


def test_a_second_ballot_is_refused_where_changing_is_not_allowed(poll, wang_ayi, vote_for):
    vote = poll()
    vote_for(wang_ayi, vote, "同意")
    assert code_of(vote_for, wang_ayi, vote, "不同意") == "already_voted"
    assert list(Ballot.objects.get().choices.values_list("option__text", flat=True)) == ["同意"]


def test_a_change_replaces_the_ballot_and_the_ledger_keeps_both(poll, wang_ayi, vote_for, close):
    vote = poll(allow_change=True)
    first = vote_for(wang_ayi, vote, "同意", key="one")
    second = vote_for(wang_ayi, vote, "不同意", key="two")
    assert (Ballot.objects.count(), BallotVersion.objects.count()) == (1, 2)
    assert vote_for(wang_ayi, vote, "同意", key="one") == first
    counted = queries.count_ballots(close(vote))
    texts = {option.pk: option.text for option in vote.options.all()}
    assert {texts[pk]: tally.heads for (pk, _channel), tally in counted.by_option.items()} == {"不同意": 1}
    assert Ballot.objects.get().receipt == second.receipt


def test_the_first_of_a_household_stands_and_the_others_hear_who_and_when(
    poll, places, wang_ayi, make_person, move_in, vote_for
):
    husband = make_person("王叔")
    move_in(husband, places.units[8])
    vote = poll(base=Base.HOUSEHOLD, allow_change=True)
    vote_for(wang_ayi, vote, "同意")
    with pytest.raises(RuleViolation) as caught:
        vote_for(Actor(husband), vote, "不同意")
    assert caught.value.refusal.code == "household_voted"
    assert "王阿姨" in caught.value.refusal.sentence
    assert "线上" in caught.value.refusal.sentence
    assert "同意" not in caught.value.refusal.sentence


def test_two_homes_have_two_votes_where_each_household_has_one(poll, chen_yezhu, vote_for):
    vote = poll(base=Base.HOUSEHOLD)
    mine = [right.id for right in queries.standing_for(chen_yezhu, vote).rights]
    vote_for(chen_yezhu, vote, "同意", right_id=mine[1])
    vote_for(chen_yezhu, vote, "不同意")
    assert code_of(vote_for, chen_yezhu, vote, "同意") == "already_voted"
    assert list(Ballot.objects.order_by("pk").values_list("right_id", flat=True)) == [mine[1], mine[0]]


def test_two_homes_have_one_vote_where_each_person_has_one(poll, chen_yezhu, vote_for):
    vote = poll()
    vote_for(chen_yezhu, vote, "同意")
    assert code_of(vote_for, chen_yezhu, vote, "同意") == "already_voted"


def test_somebody_else_s_right_cannot_be_named(poll, wang_ayi, zhou_dashu, vote_for):
    vote = poll()
    theirs = RightHolder.objects.get(person=zhou_dashu.person_id).right_id
    with pytest.raises(NotAllowed):
        vote_for(wang_ayi, vote, "同意", right_id=theirs)
    assert Ballot.objects.count() == 0


def test_late_is_too_late_whether_time_has_done_its_work_or_not(poll, wang_ayi, vote_for, later):
    vote = poll()
    later(30)
    assert Vote.objects.get(pk=vote.pk).state == State.OPEN
    assert code_of(vote_for, wang_ayi, vote, "同意") == "too_late"
    services.due(clock.now())
    assert Vote.objects.get(pk=vote.pk).state == State.CLOSED
    assert code_of(vote_for, wang_ayi, vote, "同意") == "too_late"
    assert Ballot.objects.count() == 0


@pytest.mark.parametrize(("seconds", "in_time"), [(-1, True), (0, False), (1, False)])
def test_the_instant_of_closing_itself_is_too_late(poll, wang_ayi, vote_for, monkeypatch, seconds, in_time):
    vote = poll()
    at = vote.closes_at + datetime.timedelta(seconds=seconds)
    monkeypatch.setattr("xieshang.voting.services.casting.now", lambda: at)
    if in_time:
        assert vote_for(wang_ayi, vote, "同意").cast_at == at
    else:
        assert code_of(vote_for, wang_ayi, vote, "同意") == "too_late"


def test_wrong_papers_are_refused(poll, wang_ayi, ticked):
    vote = poll(options=["甲", "乙", "丙"], most_choices=2)
    for texts, code in [
        ([], "nothing_chosen"),
        (["甲", "乙", "丙"], "too_many_chosen"),
        (["甲", "弃权"], "chosen_alone"),
    ]:
        chosen = ticked(vote, *texts)
        assert code_of(services.cast, wang_ayi, vote.pk, option_ids=chosen, key="k") == code
    assert Ballot.objects.count() == 0


def test_an_assisted_ballot_keeps_both_people_and_its_own_channel(poll, wang_ayi, wu_wangge, vote_for):
    vote = poll()
    helped = Actor(wang_ayi.person, helper=wu_wangge, consent="signed")
    vote_for(helped, vote, "同意")
    ballot = Ballot.objects.get()
    assert (ballot.channel, ballot.cast_by_id) == ("assisted", wang_ayi.person_id)
    assert (ballot.assisted_by_id, ballot.consent) == (wu_wangge.person_id, "signed")
    assert BallotVersion.objects.get().hands_id == wu_wangge.person_id


def test_the_database_itself_knows_one_ballot_a_right(poll, wang_ayi, vote_for):
    vote = poll()
    vote_for(wang_ayi, vote, "同意")
    twin = Ballot.objects.get()
    twin.pk, twin.receipt = None, "AAAA-AAAA-AAAA"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_the_ledger_only_grows(poll, wang_ayi, vote_for, close):
    vote = poll()
    vote_for(wang_ayi, vote, "同意")
    close(vote)
    for rows in (BallotVersion.objects.all(), LedgerEntry.objects.all(), LedgerLink.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(vote_id=vote.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)


# closing


def test_closing_counts_once_from_the_ballots(poll, wang_ayi, zhou_dashu, chen_yezhu, vote_for, close):
    vote = poll()
    for actor, text in [(wang_ayi, "同意"), (zhou_dashu, "同意"), (chen_yezhu, "弃权")]:
        vote_for(actor, vote, text)
    closed = close(vote)
    assert closed.state == State.CLOSED
    lines = CountLine.objects.values_list("option__text", "heads")
    assert dict(lines) == {None: 3, "同意": 2, "弃权": 1}
    assert closed.counts.get().heads == 3
    assert queries.count_ballots(closed).part.heads == 3


def test_time_closes_each_vote_once_and_tells_upper_apps(poll, wang_ayi, later, monkeypatch):
    told = []
    monkeypatch.setattr(hooks, "on_closed", [lambda vote: told.append((vote.pk, vote.state))])
    vote = poll()
    assert services.due(clock.now()) == 0
    later(30)
    assert services.due(clock.now()) == 1
    assert services.due(clock.now()) == 0
    assert told == [(vote.pk, "closed")]
    assert list(Entry.objects.filter(verb="voting.close").values_list("number", flat=True)) == [vote.matter.number]


def test_a_vote_that_cannot_be_closed_keeps_back_no_other_and_is_tried_again(
    poll, wang_ayi, later, monkeypatch, caplog
):
    first, _second = poll(), poll(question="换锁吗")

    def fail(vote):
        if vote.pk == first.pk:
            raise RuleViolation(refusals.TOO_LATE)

    monkeypatch.setattr(hooks, "on_closed", [fail])
    later(30)
    assert services.due(clock.now()) == 1
    assert list(Vote.objects.order_by("pk").values_list("state", flat=True)) == ["open", "closed"]
    assert f"vote {first.pk} could not be closed" in caplog.text
    monkeypatch.setattr(hooks, "on_closed", [])
    assert services.due(clock.now()) == 1
    assert Vote.objects.get(pk=first.pk).state == State.CLOSED


def test_the_ledger_is_chained_while_the_vote_runs_and_whole_at_its_end(poll, wang_ayi, zhou_dashu, vote_for, close):
    vote = poll()
    vote_for(wang_ayi, vote, "同意")
    # Said to be nothing: while people cast, time would never come to an end of it.
    assert services.due(clock.now()) == 0
    assert LedgerLink.objects.count() == 2
    vote_for(zhou_dashu, vote, "同意")
    close(vote)
    chained = LedgerLink.objects.order_by("position").values_list("position", "entry__kind")
    assert list(chained) == [(1, "opened"), (2, "cast"), (3, "cast"), (4, "closed"), (5, "result")]
    assert queries.first_broken(vote) is None


def test_a_changed_entry_is_named(poll, wang_ayi, zhou_dashu, vote_for, close, monkeypatch):
    vote = poll()
    vote_for(wang_ayi, vote, "同意")
    vote_for(zhou_dashu, vote, "同意")
    close(vote)
    last = LedgerEntry.objects.get(version=version_of(zhou_dashu))
    honest = LedgerEntry.from_db.__func__

    def altered(cls, db, names, values, **more):
        entry = honest(cls, db, names, values, **more)
        if entry.pk == last.pk:
            entry.content = entry.content.replace("online", "paper")
        return entry

    monkeypatch.setattr(LedgerEntry, "from_db", classmethod(altered))
    assert queries.first_broken(vote) == 3


def version_of(actor):
    return BallotVersion.objects.get(ballot__cast_by_id=actor.person_id).pk


def test_opening_and_closing_are_recorded_but_no_ballot_is(poll, wang_ayi, vote_for, close):
    vote = poll()
    vote_for(wang_ayi, vote, "同意")
    close(vote)
    verbs = Entry.objects.filter(number=vote.matter.number).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["voting.prepare", "voting.open", "voting.close"]


def test_a_closed_account_keeps_its_ballot(poll, wang_ayi, vote_for, close):
    vote = poll()
    vote_for(wang_ayi, vote, "同意")
    Person.objects.filter(pk=wang_ayi.person_id).update(is_active=False)
    assert close(vote).ballots.count() == 1
