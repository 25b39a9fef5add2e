"""Owners cast online: one right whatever the number of homes, confirmed by a code, told to co-owners, disputed."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from tests.voting.owners import unguarded
from xieshang.lib import clock
from xieshang.lib.actor import Actor
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.notify.models import Message
from xieshang.voting import queries, services
from xieshang.voting.models import Ballot, BallotVersion, LedgerEntry, RightHolder, Vote
from xieshang.voting.rules import Mark
from xieshang.voting.rules.deciding import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(owners_vote):
    """A decision that owners vote on."""
    return owners_vote()


def refusal_of(call):
    with pytest.raises(RuleViolation) as refused:
        call()
    return refused.value.refusal


def test_an_owner_casts_one_ballot_with_a_code(asked, hand_in):
    version = hand_in(asked.people[0], asked.vote)
    assert (version.channel, Ballot.objects.get().right_id) == ("online", asked.rights[0].pk)
    assert LedgerEntry.objects.get(kind="cast").version == version


def test_the_same_key_gives_the_same_receipt_byte_for_byte(asked, hand_in):
    first = hand_in(asked.people[0], asked.vote, key="one")
    again = hand_in(asked.people[0], asked.vote, key="one", code="")
    assert queries.receipt_text(asked.vote, first) == queries.receipt_text(asked.vote, again)
    assert BallotVersion.objects.count() == 1


def test_without_a_code_nothing_is_cast(asked, hand_in):
    codes = [refusal_of(lambda c=c: hand_in(asked.people[0], asked.vote, code=c)).code for c in ("", "x")]
    assert codes == ["code_missing", "code_wrong"]
    assert Ballot.objects.count() == 0


def test_a_code_is_good_once_and_not_after_five_wrong_tries(asked, hand_in):
    code = services.new_code(asked.people[0].person_id, asked.vote)
    for _ in range(5):
        wrong = refusal_of(
            lambda: services.cast(asked.people[0], asked.vote.pk, option_ids=_yes(asked.vote), key="k", code="x")
        )
        assert wrong.code == "code_wrong"
    over = refusal_of(
        lambda: services.cast(asked.people[0], asked.vote.pk, option_ids=_yes(asked.vote), key="k", code=code)
    )
    assert over.code == "code_over"


def test_a_code_does_until_the_ballot_it_confirms_is_kept(asked, django_capture_on_commit_callbacks):
    actor, vote = asked.people[0], asked.vote
    code = services.new_code(actor.person_id, vote)
    given = {"option_ids": _yes(vote), "code": code}
    with transaction.atomic():
        services.cast(actor, vote.pk, key="k", **given)
        transaction.set_rollback(True)
    with django_capture_on_commit_callbacks(execute=True):
        services.cast(actor, vote.pk, key="k", **given)
    assert refusal_of(lambda: services.cast(actor, vote.pk, key="other", **given)).code == "code_over"
    assert Ballot.objects.count() == 1


def _yes(vote):
    return [vote.options.get(text="同意").pk]


def test_a_shared_number_proves_nobody(asked, hand_in, make_person):
    owner = asked.people[0].person
    make_person("儿子", phone=owner.phone, shares_phone=True)
    assert refusal_of(lambda: hand_in(asked.people[0], asked.vote)).code == "shared_phone"
    assert refusal_of(lambda: services.send_code(asked.people[0], asked.vote.pk)).code == "shared_phone"


def test_the_code_is_texted_to_the_owners_own_number(asked, settings, django_capture_on_commit_callbacks):
    sent = []
    settings.SMS_SENDER = "tests.voting.test_owners_casting.keep"
    keep.sent = sent
    with django_capture_on_commit_callbacks(execute=True):
        services.send_code(asked.people[0], asked.vote.pk)
    assert [phone for phone, _text in sent] == [asked.people[0].person.phone]
    again = refusal_of(lambda: services.send_code(asked.people[0], asked.vote.pk))
    assert again.code == "just_sent"
    assert 1 <= int(re.search(r"要等(\d+)秒", again.sentence)[1]) <= 60


def test_the_first_code_stays_good_while_a_second_one_must_wait_or_cannot_be_sent(
    asked, settings, django_capture_on_commit_callbacks
):
    settings.SMS_SENDER, keep.sent = "tests.voting.test_owners_casting.keep", []
    owner = asked.people[0]
    with django_capture_on_commit_callbacks(execute=True):
        services.send_code(owner, asked.vote.pk)
    refusal_of(lambda: services.send_code(owner, asked.vote.pk))
    code = re.search(r"验证码是(\d+)", keep.sent[0][1])[1]
    assert services.cast(owner, asked.vote.pk, option_ids=_yes(asked.vote), key="k", code=code).receipt


def keep(phone, text):
    keep.sent.append((phone, text))


def test_a_stranger_is_not_an_owner(asked, wairen):
    standing = queries.standing_for(wairen, asked.vote)
    assert standing.standing == "not_an_owner"
    with pytest.raises(NotAllowed):
        services.cast(wairen, asked.vote.pk, option_ids=_yes(asked.vote), key="k")


def test_the_page_says_whom_the_owner_stands_for_with_all_homes(asked):
    standing = queries.standing_for(asked.people[4], asked.vote)
    assert [right.stands_for for right in standing.open_rights] == ["3号楼2单元501室，100.00㎡"]


def test_changing_is_possible_as_fixed(asked, hand_in):
    hand_in(asked.people[0], asked.vote)
    hand_in(asked.people[0], asked.vote, "不同意")
    assert [c.option.text for c in Ballot.objects.get().choices.all()] == ["不同意"]
    with unguarded():
        Vote.objects.update(allow_change=False)
    assert refusal_of(lambda: hand_in(asked.people[0], asked.vote)).code == "voted"


def test_late_is_a_clear_no(asked, hand_in, later):
    later(11)
    assert refusal_of(lambda: hand_in(asked.people[0], asked.vote)).sentence.startswith("已截止，这一票没有收下。")


OUTSIDE = [(State.PROPOSED, "not_open_yet"), (State.ROSTER_OPEN, "not_open_yet"), (State.ABORTED, "aborted")]


@pytest.mark.parametrize(("state", "code"), OUTSIDE)
def test_nothing_is_cast_outside_the_window(owners_vote, hand_in, state, code):
    made = owners_vote(state=state)
    assert refusal_of(lambda: hand_in(made.people[0], made.vote)).code == code


def test_what_waits_is_a_vote_that_is_open_and_for_which_no_paper_came(asked, homeowners_committee):
    assert [one.action for one in queries.waiting_for(asked.people[0])] == ["去投票"]
    services.issue_papers(homeowners_committee.chair, asked.vote.pk)
    serial = asked.vote.papers.get(right=asked.rights[0]).serial
    services.receive_paper(homeowners_committee.chair, asked.vote.pk, serial=serial)
    assert queries.waiting_for(asked.people[0]) == []


@pytest.fixture
def co_owner(asked, make_person):
    """业主1's wife, who holds the same right."""
    person = make_person("业主1的爱人")
    RightHolder.objects.create(right=asked.rights[0], person=person)
    return Actor(person)


def test_co_owners_are_told_who_voted_when_and_how(asked, co_owner, hand_in):
    hand_in(asked.people[0], asked.vote)
    body = Message.objects.get(person=co_owner.person).body
    assert "3号楼2单元101室的这一票由业主1投出（线上，" in body
    assert "同意" not in body.replace("没有商量过", "")
    sentence = queries.standing_for(co_owner, asked.vote).sentence
    assert sentence.startswith("这一票已经由业主1投过了（线上，")
    assert refusal_of(lambda: hand_in(co_owner, asked.vote)).code == "co_owner_voted"


def test_a_co_owner_disputes_before_closing_and_the_tellers_settle(
    asked, co_owner, hand_in, homeowners_committee, client
):
    ballot = hand_in(asked.people[0], asked.vote).ballot
    made = services.dispute(co_owner, asked.vote.pk, ballot_id=ballot.pk, text="没有商量过")
    waits = client.get(reverse("voting:check", args=[asked.vote.pk]), {"number": ballot.receipt}).content.decode()
    assert "共有人有异议" in waits
    again = refusal_of(lambda: services.dispute(co_owner, asked.vote.pk, ballot_id=ballot.pk, text="再说一遍"))
    assert again.code == "disputed_already"
    services.settle_dispute(homeowners_committee.chair, made.pk, upheld=True, reason="两人意见不一")
    assert Ballot.objects.get().mark == Mark.DISPUTED
    told = client.get(reverse("voting:check", args=[asked.vote.pk]), {"number": ballot.receipt}).content.decode()
    assert "在，但是不计入" in told
    assert "两人意见不一" in told
    assert "已经收下" not in told
    assert list(LedgerEntry.objects.values_list("kind", flat=True).order_by("pk")) == ["cast", "disputed", "disputed"]


def test_nobody_disputes_late_or_for_others(asked, co_owner, hand_in, later):
    ballot = hand_in(asked.people[0], asked.vote).ballot
    others = refusal_of(lambda: services.dispute(asked.people[1], asked.vote.pk, ballot_id=ballot.pk, text="x"))
    assert others.code == "not_your_unit"
    later(11)
    late = refusal_of(lambda: services.dispute(co_owner, asked.vote.pk, ballot_id=ballot.pk, text="x"))
    assert late.code == "too_late"


def test_participation_is_told_on_both_bases_and_nothing_else(asked, hand_in):
    hand_in(asked.people[0], asked.vote)
    bars = queries.participation(Vote.objects.get()).bars
    assert [(bar["words"], bar["mark_label"]) for bar in bars] == [
        ("1人参与（应到6人）· 16.67%", "至少三分之二"),
        ("100.00㎡参与（共600.00㎡）· 16.67%", "至少三分之二"),
    ]
    assert clock.now() < Vote.objects.get().closes_at
