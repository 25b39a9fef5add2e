"""The roll of a decision: published, objected to, changed by two, frozen for good; who casts after a sale."""

import pytest
from django.db import connection

from xieshang.voting.models import (
    Right,
    RightHolder,
    Roll,
    Vote,
)
from xieshang.voting.rules.deciding import State

WINDOW = 15


@pytest.fixture
def decision(owners_vote):
    """A decision whose roll is to be made: everything that the fixture froze is taken away again."""

    def build(homes=6, **given):
        with _unfrozen():
            made = owners_vote(homes=homes, state=State.ROSTER_OPEN, **given)
            Roll.objects.all().delete()
            RightHolder.objects.all().delete()
            Right.objects.all().delete()
        Vote.objects.update(state="drafted", frozen_at=None, roll_size=0, roll_area_centi=0, opens_at=None)
        made.decision.vote.refresh_from_db()
        return made

    return build


class _unfrozen:
    """The fixture's own roll must go away again: its triggers are lifted for that, and put back."""

    def __enter__(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_fixed_%'")
            self.kept = cursor.fetchall()
            for name, _sql in self.kept:
                cursor.execute(f"DROP TRIGGER {name}")

    def __exit__(self, *_):
        with connection.cursor() as cursor:
            for _name, sql in self.kept:
                cursor.execute(sql)
