"""The record of a vote as a bundle: whole for polls and owners' votes, and the same bytes again."""

import io
import random

import pytest
from django.core.management import call_command

from tests.voting.owners import unguarded
from tests.voting.rewriting import rewritten
from tests.voting.verifier import line, opened, packed, rows, verifier, verify
from xieshang.lib.clock import now
from xieshang.voting import queries, services
from xieshang.voting.models import Ballot, BallotChoice, Vote
from xieshang.voting.queries import Depth, bundle
from xieshang.voting.rules import Base, Channel, Counted, EntryKind, Item, Kind, Slate, Tally, Terms
from xieshang.voting.rules.deciding import State
from xieshang.voting.rules.rolls import Row, commit
from xieshang.voting.rules.ways import judge

pytestmark = pytest.mark.django_db


def taken(vote, depth=Depth.PUBLIC):
    return b"".join(bundle(vote, depth))


@pytest.mark.parametrize("depth", Depth)
def test_the_record_of_an_owners_vote_holds(counted, depth):
    faults, lines = verify(taken(counted(), depth))
    assert faults == []
    assert lines[-1].startswith("结论：核对了")
    if depth != Depth.PUBLIC:
        assert any("重新计票：3个选项" in line for line in lines)


@pytest.mark.parametrize("depth", Depth)
def test_the_record_of_a_poll_holds_while_it_runs_and_after(poll, wang_ayi, zhou_dashu, vote_for, close, depth):
    vote = poll(base=Base.HOUSEHOLD, allow_change=True)
    vote_for(wang_ayi, vote, "同意")
    vote_for(zhou_dashu, vote, "弃权")
    vote_for(wang_ayi, vote, "不同意")
    services.settle_ledger(vote.pk)
    assert verify(taken(vote, depth))[0] == []
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


@pytest.fixture
def elected(owners_vote, homeowners_committee):
    """Three seats, five candidates: two get through, two have exactly half, one nearly nothing."""

    def build():
        names = ["赵一", "钱二", "孙三", "李四", "周五"]
        made = owners_vote(homes=10, kind=Kind.ELECTION, item=3, options=names)
        vote, decision = made.vote, made.decision
        with unguarded():
            Vote.objects.filter(pk=vote.pk).update(most_choices=3)
            type(decision).objects.filter(pk=decision.pk).update(seats=3)
        vote.refresh_from_db()
        services.write_opened(vote, now())
        for n, (right, actor) in enumerate(zip(made.rights, made.people, strict=True)):
            tick(vote, right, actor, [name for name in names if _takes(name, n)][:3])
        Vote.objects.filter(pk=vote.pk).update(state="closed")
        vote.refresh_from_db()
        services.write_entry(vote, EntryKind.CLOSED, now(), {"ballots": 10})
        type(decision).objects.filter(pk=decision.pk).update(state="counting")
        services.count_vote(homeowners_committee.chair, vote.pk)
        services.settle_ledger(vote.pk)
        return vote

    return build


def _takes(name, n):
    """赵一 by all but the last, 钱二 by the first eight, 孙三 by every odd and 李四 by every even one, and so on."""
    return {"赵一": n < 9, "钱二": n < 8, "孙三": n % 2 == 0, "李四": n % 2 == 1, "周五": n == 9}[name]


def tick(vote, right, actor, texts):
    """A ballot with several names on it."""
    ballot = Ballot(right=right, vote=vote, community_id=vote.community_id, cast_by=actor.person)
    ballot.cast_at, ballot.receipt = now(), f"TEST-{right.number:04d}-NEW1"
    ballot.save()
    options = list(vote.options.filter(text__in=texts).order_by("position"))
    BallotChoice.objects.bulk_create(BallotChoice(ballot=ballot, option=option) for option in options)
    places = [option.position for option in options]
    services.enter_ballot(ballot, kind=EntryKind.CAST, choice=places, key=ballot.receipt, hands_id=actor.person_id)


def test_an_election_is_counted_and_decided_anew_by_whoever_verifies(elected):
    vote = elected()
    decision = rows(opened(taken(vote))["result.json"])[0]["counts"][0]["decision"]
    assert (decision["outcome"], decision["elected"], decision["reserve"]) == ("SEATS_UNFILLED", [1, 2], [])
    faults, lines = verify(taken(vote, Depth.OWNERS))
    assert faults == [], lines


def _claiming(opening):
    """A bundle that says this of its opening."""
    bundle = object.__new__(verifier.Bundle)
    bundle.opened, bundle.result = opening, {"whole": [9, 900]}
    return bundle


def test_seats_ties_and_reserves_come_out_of_the_verifier_as_of_the_engine():
    chance = random.Random(3)
    options = [["choice", name] for name in "甲乙丙丁"] + [["none", "以上都不同意"], ["abstain", "弃权"]]
    slate = Slate((1, 2, 3, 4), 6, 5, seats=2)
    terms = {"kind": "election", "law": "civil_code_2021", "item": 3, "seats": 2}
    for _turn in range(300):
        part = Tally(chance.randint(5, 9), chance.randint(500, 900))
        tallies = {at: Tally(chance.randint(4, 6), chance.choice([400, 500])) for at in range(1, 5)}
        counted = Counted(Tally(9, 900), took_part={Channel.ONLINE: part})
        counted.by_option.update({(at, Channel.ONLINE): tally for at, tally in tallies.items()})
        ours = judge(Terms(Kind.ELECTION, Item.COMMITTEE), slate, counted).decision
        sums = {name: [0, 0] for name in ("invalid", "deemed", 5, 6)} | {"part": [part.heads, part.area_centi]}
        sums |= {at: [tally.heads, tally.area_centi] for at, tally in tallies.items()}
        opening = {"terms": terms | {"settings": {"invalid_participates": False}}, "options": options}
        theirs = _claiming(opening).outcome(sums)
        assert theirs == (ours.outcome.value, None, list(ours.elected), list(ours.reserve))


@pytest.mark.parametrize("change", [{"elected": [2, 1]}, {"elected": [1, 2, 3]}, {"outcome": "PASSED"}])
def test_an_election_decided_otherwise_than_by_law_is_named(elected, change):
    files = opened(taken(elected(), Depth.OWNERS))

    def forge(entry):
        return entry | {"decision": entry["decision"] | change} if "decision" in entry else entry

    result = rows(files["result.json"])[0]
    result["counts"] = [forge(count) for count in result["counts"]]
    faults, _lines = verify(packed(rewritten(files, forge) | {"result.json": line(result)}))
    assert any("按法律算出来是" in fault for fault in faults)


def test_a_name_with_a_comma_in_it_opens_its_commitment(owners_vote, homeowners_committee):
    made = owners_vote(homes=3, state=State.ROSTER_OPEN)
    right = made.rights[0]
    row = Row(1, 1, right.area_centi, owners=("张三、李四合伙",), units=("3号楼2单元101室",), salt=right.salt)
    with unguarded():
        given = {"name": "张三、李四合伙", "names": ["张三、李四合伙"], "commitment": commit(row)}
        type(right).objects.filter(pk=right.pk).update(**given)
    assert next(iter(queries.rows_of_roll(made.vote))) == row


def test_a_vote_keeps_its_key_and_the_next_takes_the_new_one(poll, wang_ayi, vote_for, settings, tmp_path):
    settings.LEDGER_KEY_FILE = tmp_path / "ledger.pem"
    vote = poll()
    services.settle_ledger(vote.pk)
    version = vote_for(wang_ayi, vote, "同意")
    line_before, out = queries.receipts.receipt_line(vote, version), io.StringIO()
    call_command("change_ledger_key", stdout=out)
    services.settle_ledger(vote.pk)
    later = poll()
    services.settle_ledger(later.pk)
    old, new = queries.key_of(vote.pk), queries.key_of(later.pk)
    assert [*vote.heads.values_list("key_code", flat=True)] == [old, old]
    assert [*later.heads.values_list("key_code", flat=True)] == [new]
    assert [said[:64] for said in out.getvalue().splitlines()] == [old, new]
    assert queries.receipts.receipt_line(vote, version) == line_before
    assert [verify(taken(one))[0] for one in (vote, later)] == [[], []]


@pytest.mark.django_db
def test_no_ledger_is_signed_on_by_another_key(poll, wang_ayi, vote_for, settings, tmp_path):
    vote = poll()
    services.settle_ledger(vote.pk)
    ours, known = settings.LEDGER_KEY_FILE, vote.heads.count()
    vote_for(wang_ayi, vote, "同意")
    settings.LEDGER_KEY_FILE = tmp_path / "other.pem"
    services.settle_ledger(vote.pk)
    assert vote.heads.count() == known
    settings.LEDGER_KEY_FILE = ours
    services.settle_ledger(vote.pk)
    assert vote.heads.count() == known + 1
    assert len(set(vote.heads.values_list("key_code", flat=True))) == 1
