"""Accounts of 四议两公开, to the fen."""

from dataclasses import replace

import pytest

from xieshang.coordination.rules.fourtwo import Entry, Side, balance, fen_of, require_sound_account, yuan
from xieshang.lib.refusals import RuleViolation


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("0", 0), ("12", 1200), ("12.3", 1230), ("12.34", 1234), ("1,200.50", 120050), ("88元", 8800)]
    + [(text, None) for text in ("", "-1", "1.234", "1.", ".5", "一百", "1e3", "１２")],
)
def test_yuan_as_typed_in_fen(typed, fen):
    assert fen_of(typed) == fen


def test_an_amount_as_an_account_writes_it():
    assert [yuan(n) for n in (0, 5, 123456789, -50)] == ["0.00", "0.05", "1,234,567.89", "-0.50"]


IN, OUT = Entry(Side.IN, "上级补助", 100), Entry(Side.OUT, "水泥", 100)


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([], "account_empty"),
        ([IN], "account_empty"),
        ([IN, replace(OUT, fen=101)], "account_overspent"),
        ([IN, replace(OUT, label="")], "account_line_unreadable"),
        ([IN, *[replace(OUT, fen=0)] * 60], "account_too_long"),
    ],
)
def test_an_account_that_does_not_hold_is_refused(entries, code):
    with pytest.raises(RuleViolation, match=code):
        require_sound_account(entries)


def test_an_account_that_holds():
    require_sound_account([IN, OUT])
    assert balance([IN, IN, OUT]) == (200, 100, 100)
