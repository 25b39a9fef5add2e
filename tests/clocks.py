"""The one clock moved by a test: from today, or from a Monday without leave near it."""

import datetime

import pytest

from xieshang.lib import clock
from xieshang.lib.days import SHANGHAI

MONDAY = datetime.datetime(2026, 3, 9, 10, tzinfo=SHANGHAI)


def _mover(monkeypatch, shift):
    monkeypatch.setattr(clock, "_offsets", [lambda: shift[0]])

    def move(days=0, **ahead):
        shift[0] += datetime.timedelta(days=days, **ahead)

    return move


@pytest.fixture
def later(monkeypatch):
    """Move the clock forward: `later(3)` by days, `later(hours=2)` by less."""
    return _mover(monkeypatch, [datetime.timedelta()])


@pytest.fixture
def from_monday(monkeypatch):
    """Start on a Monday in March 2026, so that working days are easy to count; moved like `later`."""
    return _mover(monkeypatch, [MONDAY - datetime.datetime.now(datetime.UTC)])
