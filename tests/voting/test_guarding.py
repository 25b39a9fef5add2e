"""The operator's commands about ledgers: rights in the database, and the check where the tables lie."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.voting.test_tampering import drop_triggers
from xieshang.voting.models import LedgerLink

pytestmark = pytest.mark.django_db


def said(*command, **options):
    out = io.StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


def test_the_rights_of_the_web_role_are_reading_and_adding():
    sql = said("guard_ledger", "web", show=True)
    assert "GRANT SELECT, INSERT ON" in sql
    assert "voting_ledgerentry" in sql
    assert "UPDATE" not in sql
    assert "DELETE" not in sql


def test_the_rights_hold_on_postgresql(counted):
    if connection.vendor != "postgresql":
        with pytest.raises(CommandError, match="Only PostgreSQL"):
            said("guard_ledger", "web")
        return
    counted()
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE xieshang_guard_test")
        said("guard_ledger", "xieshang_guard_test")
        for verb, allowed in {
            "SELECT": True,
            "INSERT": True,
            "UPDATE": False,
            "DELETE": False,
            "TRUNCATE": False,
        }.items():
            cursor.execute("SELECT has_table_privilege('xieshang_guard_test', 'voting_ledgerentry', %s)", [verb])
            assert cursor.fetchone()[0] is allowed


def test_the_operator_checks_a_vote_in_place(counted):
    vote = counted()
    assert "没有发现问题" in said("verify_vote", vote.matter.number)
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE voting_ledgerentry SET content = replace(content, 'online', 'proxy') WHERE kind = 'cast'"
        )
    first = LedgerLink.objects.filter(vote=vote, entry__kind="cast").earliest("position")
    with pytest.raises(CommandError, match=f"position {first.position} "):
        said("verify_vote", vote.matter.number)
