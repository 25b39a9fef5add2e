"""Text messages land in a list."""

import re

import pytest


@pytest.fixture
def texts(monkeypatch):
    """Every text message that would have left, as (number, text)."""
    sent = []
    monkeypatch.setattr("xieshang.accounts.services.send_text", lambda phone, text: sent.append((phone, text)))
    return sent


@pytest.fixture
def code(texts):
    """The last one-time code that was sent."""

    def last():
        return re.search(r"\d{6}", texts[-1][1]).group()

    return last
