"""Counting how often."""

import pytest

from xieshang.lib import limits
from xieshang.lib.refusals import RuleViolation


def test_the_first_few_of_a_span_pass_and_the_next_does_not(monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_000.0)
    assert [limits.within("say", 7, 2, 60) for _ in range(4)] == [True, True, False, False]
    assert limits.within("say", 8, 2, 60)
    assert limits.within("report", 7, 2, 60)
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_060.0)
    assert limits.within("say", 7, 2, 60)


def test_the_refusal_has_words():
    limits.require_within("say", "13912345678", 1, 60)
    with pytest.raises(RuleViolation) as refused:
        limits.require_within("say", "13912345678", 1, 60)
    assert refused.value.refusal.code == "too_often"
