"""Owners' votes counted row by row: groups of rights with their ballots, a whole record, a result in a later state."""

import itertools

import pytest

from tests.voting.owners import unguarded
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.voting import queries, services
from xieshang.voting.models import Ballot, BallotChoice, Decision, Delivery, Right, Vote
from xieshang.voting.rules import EntryKind, entries
from xieshang.voting.rules.deciding import State

NOBODY = Actor(None)
_numbers = itertools.count(100)


@pytest.fixture
def group():
    """Add rights to a vote, `heads` of them with `area` m² in all, and a ballot for each unless they stay silent."""

    def add(made, heads, area, *texts, mark="valid", delivered=False, channel="paper"):
        centi, vote = round(area * 100), made.vote
        areas = [centi // heads] * (heads - 1) + [centi - centi // heads * (heads - 1)] if heads else []
        rights = [
            Right(vote=vote, community=vote.community, number=(n := next(_numbers)), owners_key=f"k{n}", area_centi=one)
            for one in areas
        ]
        with unguarded():
            rights = Right.objects.bulk_create(rights)
        if delivered:
            unit = made.register.units.first()
            shown = {"way": "online", "taken_by": "owner", "at": now(), "recorded_at": now(), "unit": unit}
            Delivery.objects.bulk_create(Delivery(vote=vote, right=r, key=f"d{r.pk}", **shown) for r in rights)
        if not texts and mark == "valid":
            return rights
        common = {"vote": vote, "community": vote.community, "cast_at": now(), "channel": channel, "mark": mark}
        ballots = Ballot.objects.bulk_create(Ballot(right=r, receipt=f"R{r.pk}", **common) for r in rights)
        options = [vote.options.get(text=text) for text in texts]
        BallotChoice.objects.bulk_create(
            BallotChoice(ballot=b, option=o, rank=rank) for b in ballots for rank, o in enumerate(options, start=1)
        )
        return rights

    return add


def count(made, committee, **given):
    return services.count_vote(committee.chair, made.vote.pk, **given)


@pytest.fixture
def counted(owners_vote, homeowners_committee):
    """An owners' vote of 12 homes, 11 of which vote (one changes its mind), closed and counted."""

    def build():
        made = owners_vote(homes=12)
        vote = made.vote
        # Accepted in the days of the notice, before the vote opens.
        services.write_entry(vote, EntryKind.PROXY_GRANTED, now(), entries.proxy(slot="f" * 64))
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


@pytest.fixture
def told(owners_vote, homeowners_committee, group):
    """Count a vote and give its result in a later state, as anybody sees it."""

    def tell(*groups, state=State.PRELIM_PUBLICITY, homes=1, fields=None, recounts=(), **given):
        made = owners_vote(homes=homes, state=State.COUNTING, **given)
        with unguarded():
            Decision.objects.filter(pk=made.decision.pk).update(**(fields or {}))
        for one in groups:
            more = one[-1] if isinstance(one[-1], dict) else {}
            group(made, *(one[:-1] if more else one), **more)
        count(made, homeowners_committee)
        for reason in recounts:
            count(made, homeowners_committee, reason=reason)
        Decision.objects.filter(pk=made.decision.pk).update(state=state.value)
        made.vote.refresh_from_db()
        return made, queries.owners_result(NOBODY, made.vote)

    return tell


@pytest.fixture
def elsewhere(owners_vote):
    """A vote of six owners that ran on the official platform and is over."""
    return owners_vote(state=State.COUNTING, values={"assembly.official_evote_required": True})
