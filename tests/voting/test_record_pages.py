"""Receipts and the record of a vote, as people meet them: who may take what, and what a receipt proves."""

import pytest
from django.urls import reverse

from tests.voting.test_views import page
from tests.voting.verifier import verify
from xieshang.audit.models import Entry
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.voting import queries, services
from xieshang.voting.models import BallotVersion, Decision, RightHolder
from xieshang.voting.rules import Base

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(counted):
    """The counted vote after its count was made public."""
    vote = counted()
    Decision.objects.filter(vote=vote).update(state="prelim_publicity")
    return vote


def address(vote, name):
    return reverse(f"voting:{name}", args=[vote.pk])


def content(response):
    return b"".join(response.streaming_content)


def owner_of(vote, number):
    return Actor(RightHolder.objects.get(right__vote=vote, right__number=number).person)


def test_anybody_takes_the_public_record_and_it_holds(published, browser_of):
    answer = browser_of().get(address(published, "bundle"))
    assert answer["Content-Type"] == "application/zip"
    assert verify(content(answer))[0] == []


def test_nothing_is_given_before_the_count_is_public(counted, browser_of):
    vote = counted()
    answer = browser_of().get(address(vote, "bundle"))
    assert answer.status_code == 409
    assert "结果公布以后才能下载" in page(answer)
    assert browser_of(owner_of(vote, 1)).get(address(vote, "owners_bundle")).status_code == 409


def test_ballots_are_for_the_owners_on_this_roll_only(published, browser_of, wang_ayi):
    assert verify(content(browser_of(owner_of(published, 1)).get(address(published, "owners_bundle"))))[0] == []
    for actor in (None, wang_ayi):
        answer = browser_of(actor).get(address(published, "owners_bundle"))
        assert answer.status_code == 403
        assert "只给名册上的业主" in page(answer)


def test_every_look_at_names_is_recorded_with_its_reason(published, browser_of, homeowners_committee, wang_ayi):
    way = address(published, "named_bundle")
    assert browser_of(wang_ayi).post(way, {"reason": "好奇"}).status_code == 403
    teller = browser_of(homeowners_committee.chair)
    assert teller.post(way, {"reason": " "}).status_code == 409
    assert not Entry.objects.filter(verb="voting.take_named").exists()
    assert verify(content(teller.post(way, {"reason": "核对异议"})))[0] == []
    entry = Entry.objects.get(verb="voting.take_named")
    assert (entry.reason, entry.person_id) == ("核对异议", homeowners_committee.chair.person_id)


def test_the_page_of_the_record_shows_to_each_what_is_theirs(published, browser_of, wang_ayi, homeowners_committee):
    for actor, sees in ((None, 0), (wang_ayi, 0), (owner_of(published, 2), 1), (homeowners_committee.chair, 2)):
        text = page(browser_of(actor).get(address(published, "record")))
        assert "下载公开版" in text
        assert ("下载业主版" in text) == (sees == 1)
        assert ("记下原因并下载" in text) == (sees == 2)
    assert "下载和核对" in page(browser_of().get(address(published, "owners_result")))


def test_a_receipt_is_the_same_for_ever_and_the_verifier_finds_it(
    poll, wang_ayi, zhou_dashu, vote_for, close, tmp_path
):
    vote = poll(base=Base.HOUSEHOLD)
    services.due(now())
    version = vote_for(wang_ayi, vote, "同意")
    first = queries.receipt_text(vote, version)
    services.due(now())
    vote_for(zhou_dashu, vote, "同意")
    vote = close(vote)
    assert queries.receipt_text(vote, BallotVersion.objects.get(pk=version.pk)) == first
    kept = tmp_path / "receipt.txt"
    kept.write_text(first, "utf-8")
    faults, lines = verify(b"".join(queries.bundle(vote, queries.Depth.PUBLIC)), str(kept))
    assert faults == []
    assert any(f"回执{version.receipt}：在，算数" in line for line in lines)
    forged = first.replace(version.receipt, "AAAA-BBBB-CCCC")
    kept.write_text(forged, "utf-8")
    assert verify(b"".join(queries.bundle(vote, queries.Depth.PUBLIC)), str(kept))[0] == ["回执的签名不对。"]


def test_who_has_the_number_is_shown_the_proof(poll, wang_ayi, vote_for, browser_of):
    vote = poll()
    version = vote_for(wang_ayi, vote, "同意")
    way = f"{address(vote, 'check')}?number={version.receipt}"
    assert "怎么证明它在账本里" not in page(browser_of().get(way))
    services.due(now())
    assert "这一票是账本的第2条" in page(browser_of().get(way))


def test_who_did_not_vote_is_shown_that_nothing_stands_in_their_name(poll, wang_ayi, zhou_dashu, vote_for, browser_of):
    vote = poll()
    vote_for(wang_ayi, vote, "同意")
    assert "没有人用您的名义投过票" in page(browser_of(zhou_dashu).get(address(vote, "check")))
    assert "账本里有您这个表决权的记录" in page(browser_of(wang_ayi).get(address(vote, "check")))
    assert "代号" not in page(browser_of().get(address(vote, "check")))
