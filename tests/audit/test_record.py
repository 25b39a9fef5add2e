"""The record only grows, and whatever was changed behind its back shows."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from xieshang.audit.models import Entry, Link
from xieshang.audit.queries import entries_under, verify
from xieshang.audit.rules import GENESIS, content_of, link_value
from xieshang.audit.services import link_entries, record
from xieshang.lib.actor import SYSTEM, Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_entries():
    """Three entries of two places, linked."""
    for number, place in (("议-1", "00010001"), ("议-2", "00010002"), ("议-3", "000100010001")):
        record(SYSTEM, "topics.accept", number=number, place=place, reason="因为")
    link_entries()
    return list(Entry.objects.order_by("id"))


def _tamper(table, statement):
    """Do what a thief with the database's password would do: take the triggers away first."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {table}_no_update")
            cursor.execute(f"DROP TRIGGER {table}_no_delete")
        else:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["audit_entry", "audit_link"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_the_record(three_entries, table, statement):
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


@pytest.mark.services
@pytest.mark.parametrize("table", ["audit_entry", "audit_link"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_postgresql_refuses_to_change_or_empty_the_record(three_entries, table, statement):
    with connection.cursor() as cursor:
        # What the test has just written must not be waiting for its foreign keys: that would be refused first.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_whole_chain_holds(three_entries):
    verdict = verify()
    assert (verdict.checked, verdict.last_entry, verdict.waiting, verdict.broken_entry) == (
        3,
        three_entries[-1].pk,
        0,
        None,
    )


def test_a_changed_entry_is_named(three_entries):
    _tamper("audit_entry", f"UPDATE audit_entry SET reason = '没有原因' WHERE id = {three_entries[1].pk}")
    verdict = verify()
    assert (verdict.broken_entry, verdict.checked) == (three_entries[1].pk, 1)


def test_a_removed_link_is_named(three_entries):
    _tamper("audit_link", "DELETE FROM audit_link WHERE position = 2")
    assert verify().broken_entry == three_entries[2].pk


def test_an_entry_that_waits_is_said_to_wait(three_entries):
    record(SYSTEM, "topics.accept", number="议-4")
    assert verify().waiting == 1


def test_linking_twice_links_once(three_entries):
    assert link_entries() == 0
    assert Link.objects.count() == 3


def test_the_command_names_the_broken_entry_and_ends_with_an_error(three_entries):
    _tamper("audit_entry", f"UPDATE audit_entry SET verb = 'x' WHERE id = {three_entries[0].pk}")
    with pytest.raises(CommandError, match=f"第{three_entries[0].pk}条"):
        call_command("verify_audit")


def test_the_command_says_up_to_where_it_looked(three_entries):
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert f"到第{three_entries[-1].pk}条为止都完好" in out.getvalue()


def test_entries_are_found_by_the_place_that_contains_theirs(three_entries):
    assert {entry.number for entry in entries_under("00010001")} == {"议-1", "议-3"}


def test_the_hands_and_the_one_acted_for_are_both_kept(wang_ayi, zhang_zhuren):
    entry = record(Actor(wang_ayi.person, None, zhang_zhuren, "phone"), "topics.support", number="议-1")
    assert entry.person_id == zhang_zhuren.person_id
    assert entry.office_id == zhang_zhuren.office.id
    assert entry.detail == {"for": wang_ayi.person_id, "consent": "phone"}


def test_every_field_of_an_entry_is_covered_by_its_hash():
    import hashlib

    entry = Entry(pk=7, at=datetime(2026, 3, 1, tzinfo=UTC), verb="a", number="b", detail={})
    whole = link_value(GENESIS, content_of(entry), hashlib.sha256)
    changes = {
        "pk": 8,
        "at": datetime(2026, 3, 2, tzinfo=UTC),
        "person_id": 3,
        "office_id": 4,
        "office_title": "主任",
        "verb": "z",
        "number": "y",
        "place_path": "0001",
        "before": "x",
        "after": "w",
        "reason": "v",
        "detail": {"u": 1},
    }
    for field, value in changes.items():
        kept = getattr(entry, field)
        setattr(entry, field, value)
        assert link_value(GENESIS, content_of(entry), hashlib.sha256) != whole, field
        setattr(entry, field, kept)
