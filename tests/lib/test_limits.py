"""Counting how often."""

import pytest

from xieshang.lib import limits
from xieshang.lib.limits import Cap, line_of, within
from xieshang.lib.refusals import RuleViolation


@pytest.fixture
def at(monkeypatch):
    """Set the clock of the caps."""

    def set_to(seconds):
        monkeypatch.setattr(limits.time, "time", lambda: float(seconds))

    set_to(1_000_000)
    return set_to


def test_the_first_few_of_a_span_pass_and_the_next_does_not(at):
    assert [within(Cap("say", 7, 2, 60)) for _ in range(4)] == [True, True, False, False]
    assert within(Cap("say", 8, 2, 60))
    assert within(Cap("report", 7, 2, 60))
    at(1_000_060)
    assert within(Cap("say", 7, 2, 60))


def test_what_one_cap_refuses_uses_up_nothing_of_the_others(at):
    for _ in range(50):
        within(Cap("number", "a", 2, 60), Cap("site", "", 3, 60))
    assert within(Cap("number", "b", 2, 60), Cap("site", "", 3, 60))
    assert not within(Cap("number", "c", 2, 60), Cap("site", "", 3, 60))
    for _ in range(50):
        within(Cap("number", "d", 2, 60), Cap("site", "", 3, 60))
    assert within(Cap("number", "d", 2, 60))


def test_spans_of_different_length_run_side_by_side(at):
    def both():
        return within(Cap("hour", "a", 1, 60), Cap("day", "a", 2, 600))

    assert [both(), both()] == [True, False]
    at(1_000_060)
    assert [both(), both()] == [True, False]
    at(1_000_120)
    assert both() is False


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("10.0.0.1", "10.0.0.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        (None, "no address", True),
    ],
)
def test_a_household_on_ipv6_is_one_line(one, other, same):
    assert (line_of(one) == line_of(other)) is same


def test_the_cache_holds_neither_number_nor_address():
    assert "139" not in Cap("text-number", "+8613912345678", 1, 60).key


def test_the_refusal_has_words():
    limits.require_within("say", "13912345678", 1, 60)
    with pytest.raises(RuleViolation) as refused:
        limits.require_within("say", "13912345678", 1, 60)
    assert refused.value.refusal.code == "too_often"
