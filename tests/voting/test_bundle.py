"""The record of a vote as a bundle: whole for polls and owners' votes, and the same bytes again."""

import pytest

from tests.voting.verifier import opened, rows, verify
from xieshang.lib.clock import now
from xieshang.voting import services
from xieshang.voting.models import Ballot, BallotChoice, Vote
from xieshang.voting.queries import Depth, bundle
from xieshang.voting.rules import Base, EntryKind

pytestmark = pytest.mark.django_db


def taken(vote, depth=Depth.PUBLIC):
    return b"".join(bundle(vote, depth))


@pytest.fixture
def counted(owners_vote, homeowners_committee):
    """An owners' vote of 12 homes, 11 of which vote (one changes its mind), closed and counted."""

    def build():
        made = owners_vote(homes=12)
        vote = made.vote
        services.write_opened(vote, now())
        texts = ["同意"] * 8 + ["不同意"] * 2 + ["弃权"]
        for right, actor, text in zip(made.rights, made.people, texts, strict=False):
            enter(vote, right, actor, text)
        enter(vote, made.rights[0], made.people[0], "不同意")
        services.due(now())
        Vote.objects.filter(pk=vote.pk).update(state="closed")
        vote.refresh_from_db()
        services.write_entry(vote, EntryKind.CLOSED, now(), {"ballots": 11})
        made.decision.state = "counting"
        made.decision.save()
        services.count_vote(homeowners_committee.chair, vote.pk)
        services.settle_ledger(vote.pk)
        return vote

    return build


def enter(vote, right, actor, text, kind=None, paper=""):
    """A ballot as casting writes it."""
    ballot = Ballot.objects.filter(right=right).first()
    before = ballot.receipt if ballot else ""
    ballot = ballot or Ballot(right=right, vote=vote, community_id=vote.community_id, cast_by=actor.person)
    ballot.cast_at, ballot.receipt = now(), f"TEST-{right.number:04d}-{'NEW2' if before else 'NEW1'}"
    ballot.save()
    ballot.choices.all().delete()
    option = vote.options.get(text=text)
    BallotChoice.objects.create(ballot=ballot, option=option)
    kind = kind or (EntryKind.REPLACED if before else EntryKind.CAST)
    given = {"key": ballot.receipt, "hands_id": actor.person_id, "before": before, "paper": paper}
    services.enter_ballot(ballot, kind=kind, choice=[option.position], **given)


@pytest.mark.parametrize("depth", Depth)
def test_the_record_of_an_owners_vote_holds(counted, depth):
    faults, lines = verify(taken(counted(), depth))
    assert faults == []
    assert lines[-1].startswith("结论：核对了")
    if depth != Depth.PUBLIC:
        assert any("重新计票：3个选项" in line for line in lines)


@pytest.mark.parametrize("depth", Depth)
def test_the_record_of_a_poll_holds(poll, wang_ayi, zhou_dashu, vote_for, close, depth):
    vote = poll(base=Base.HOUSEHOLD, allow_change=True)
    vote_for(wang_ayi, vote, "同意")
    vote_for(zhou_dashu, vote, "弃权")
    vote_for(wang_ayi, vote, "不同意")
    assert verify(taken(close(vote), depth))[0] == []


def test_the_same_vote_gives_the_same_bytes(counted):
    vote = counted()
    assert taken(vote, Depth.NAMED) == taken(vote, Depth.NAMED)


def test_the_public_bundle_names_nobody_and_shows_no_choice(counted):
    vote = counted()
    everything = b"".join(opened(taken(vote)).values()).decode()
    assert "业主1" not in everything
    assert "3号楼" not in everything
    assert not any("choice" in row for row in rows(opened(taken(vote))["ledger.jsonl"]))


def test_owners_who_recount_see_no_names(counted):
    files = opened(taken(counted(), Depth.OWNERS))
    assert "业主1" not in b"".join(files.values()).decode()
    assert len(rows(files["ballots.jsonl"])) == 11
