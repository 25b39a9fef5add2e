"""What time does, for all apps together."""

import pytest

from xieshang.audit.models import Entry, Link
from xieshang.audit.services import record
from xieshang.home import queries
from xieshang.home.services import ticking
from xieshang.lib.actor import SYSTEM

pytestmark = pytest.mark.django_db


def test_what_one_app_cannot_do_keeps_back_neither_the_others_nor_the_chain(monkeypatch, caplog):
    done = []

    def fail(now):
        raise RuntimeError("broken")

    def work(now):
        done.append(now)
        return 0

    monkeypatch.setattr(ticking, "WORK", (fail, work))
    record(SYSTEM, "topics.admit")
    ticking.tick()
    assert len(done) == 1
    assert "could not do what is due" in caplog.text
    assert Link.objects.count() == Entry.objects.count() > 0
    # A watcher hears of it.
    assert queries.since_tick() is None
