"""Which right is still open, what two readers agree on, what was delivered: pure tables."""

from datetime import UTC, datetime
from itertools import product

import pytest

from xieshang.voting.rules import Channel
from xieshang.voting.rules.handing import HOLD_SENTENCES, OPEN_HOLDS, Cast, Hold, hold_of
from xieshang.voting.rules.paperwork import Stands, TakenBy, agreed, reached_words, stands_by_rule, takers

OWN, AGENTS, WIFES = Cast(Channel.ONLINE, is_own=True), Cast(Channel.PROXY, is_own=False), Cast(Channel.ONLINE, False)
HOLDS = [
    # what stands, on paper, I am the agent, may be changed → how the right stands towards me
    (None, False, False, False, Hold.FREE),
    (None, False, True, False, Hold.FREE),
    (OWN, False, False, False, Hold.VOTED),
    (OWN, False, False, True, Hold.MAY_CHANGE),
    (AGENTS, False, False, False, Hold.MAY_CHANGE),
    (WIFES, False, False, True, Hold.CO_OWNER_VOTED),
    (WIFES, False, True, True, Hold.OWNER_VOTED),
]


@pytest.mark.parametrize(("cast", "on_paper", "is_agent", "allow_change", "expected"), HOLDS)
def test_how_a_right_stands(cast, on_paper, is_agent, allow_change, expected):
    assert hold_of(cast, on_paper=on_paper, is_agent=is_agent, allow_change=allow_change) == expected


@pytest.mark.parametrize(
    ("cast", "is_agent", "change"), product([None, OWN, AGENTS, WIFES], [False, True], [False, True])
)
def test_received_paper_shuts_everything(cast, is_agent, change):
    assert hold_of(cast, on_paper=True, is_agent=is_agent, allow_change=change) == Hold.ON_PAPER


def test_every_shut_right_has_its_sentence():
    assert set(HOLD_SENTENCES) | OPEN_HOLDS == set(Hold)


A, B, C = ("valid", (1,)), ("valid", (2,)), ("blank", ())


@pytest.mark.parametrize(
    ("readings", "expected"),
    [([A], None), ([A, A], A), ([A, B], None), ([A, B, B], B), ([A, B, A], A), ([A, B, C], None)],
)
def test_two_who_read_alike_agree(readings, expected):
    assert agreed(readings) == expected


@pytest.mark.parametrize(
    ("received_hour", "paper_wins", "expected"),
    [(9, False, Stands.PAPER), (10, False, Stands.BALLOT), (11, False, Stands.BALLOT), (11, True, Stands.PAPER)],
)
def test_first_received_stands_unless_paper_wins(received_hour, paper_wins, expected):
    cast_at, received_at = (datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in (10, received_hour))
    assert stands_by_rule(cast_at, received_at, paper_wins=paper_wins) == expected


def test_a_tenant_takes_nothing_for_the_owner_unless_the_rules_say_so():
    assert takers(tenant_counts=False) == {TakenBy.OWNER, TakenBy.FAMILY}
    assert takers(tenant_counts=True) == {TakenBy.OWNER, TakenBy.FAMILY, TakenBy.TENANT}


def test_who_was_reached_is_told_with_those_whom_only_their_vote_shows():
    assert reached_words(1298, 0) == "1,298人"
    assert reached_words(1298, 1001) == "1,298人（含没有另外登记、已经投票的1,001人）"
