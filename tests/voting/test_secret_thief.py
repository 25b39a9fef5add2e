"""The thief: has every dump of the database taken during a secret vote, and its logs, and wants to know who chose what.

What the thief does not have is the installation's sealing key, which is in no dump; docs/secret-vote.md says what
somebody could do who has both.
"""

import json
import logging
import re

import pytest
from django.db import connection
from django.test import Client

from tests.voting.secretly import LEVELS, opened_by, seal
from xieshang.voting import queries, services
from xieshang.voting.models import Box, Envelope, RightUsed

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = {"voting_envelope", "voting_opening"}


def dump():
    """Every row of every table as text, and in the order in which the database itself keeps them."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # own table names
            found[table] = [repr(row) for row in cursor.fetchall()]
    return found


def pieces(envelope):
    """Everything by which an envelope could be recognised."""
    return [envelope["tracker"], envelope["tracker"].replace("-", ""), envelope["point"], envelope["commitment"]]


@pytest.fixture
def burglary(secret_vote, neighbours, trustee_keys, close, zhang_zhuren, caplog):
    """Seven vote over HTTP, a backup after each; then it is closed and opened. Gives vote, truth, backups, logs."""
    caplog.set_level(logging.INFO)
    vote, truth, backups = secret_vote(), [], [dump()]
    for number, actor in enumerate(reversed(neighbours)):
        client = Client()
        client.force_login(actor.person)
        envelope = seal(vote, LEVELS[number % 3])
        answer = client.post(f"/votes/{vote.pk}/sealed/", {"envelope": json.dumps(envelope)})
        assert answer.json() == {"taken": True}
        client.get(f"/votes/{vote.pk}/")
        truth.append((actor.person_id, envelope))
        backups.append(dump())
    closed = close(vote)
    services.submit_openings(zhang_zhuren, vote.pk, opened_by(closed, trustee_keys))
    backups.append(dump())
    return vote, truth, backups, caplog.text


def test_no_dump_before_closing_holds_any_piece_of_an_envelope(burglary):
    _vote, truth, backups, _logs = burglary
    for backup in backups[:-1]:
        for table, rows in backup.items():
            assert not any(piece in row for row in rows for _who, one in truth for piece in pieces(one)), table


def test_after_it_envelopes_are_named_in_the_public_tables_alone(burglary):
    _vote, truth, backups, _logs = burglary
    for table, rows in backups[-1].items():
        if table not in OPEN_TO_ALL:
            assert not any(piece in row for row in rows for _who, one in truth for piece in pieces(one)), table
    assert all(Envelope.objects.filter(tracker=one["tracker"]).exists() for _who, one in truth)


def test_two_backups_show_who_voted_between_them_and_nothing_of_what_came_in(burglary):
    _vote, _truth, backups, _logs = burglary
    boxes = [re.search(r"aesgcm1:([A-Za-z0-9+/=]+)", row).group(1) for b in backups[:-1] for row in b["voting_box"]]
    assert len(boxes) == len(set(boxes)) == 8
    chunks = [{box[at : at + 12] for at in range(len(box) - 11)} for box in boxes]
    assert all(not one & other for at, one in enumerate(chunks) for other in chunks[at + 1 :])
    assert Box.objects.get().sealed == ""


def test_the_tables_keep_no_time_no_number_and_no_order_in_common(burglary):
    vote, truth, _backups, _logs = burglary
    columns = {field.name for model in (Envelope, RightUsed) for field in model._meta.get_fields()}
    assert columns == {"id", "vote", "tracker", "sealed", "opening", "right", "on", "channel"}
    assert {used.on for used in RightUsed.objects.all()} == {RightUsed.objects.first().on}
    kept = list(Envelope.objects.order_by("pk").values_list("tracker", flat=True))
    assert kept == sorted(kept)
    assert {used.right.person_id for used in RightUsed.objects.all()} == {who for who, _one in truth}
    assert queries.participation(vote).taken == 7


def test_neither_log_nor_session_nor_record_tells_an_envelope(burglary):
    vote, truth, _backups, logs = burglary
    assert not any(piece in logs for _who, one in truth for piece in pieces(one))
    client = Client()
    client.force_login(truth[0][0] and vote.rights.get(person=truth[0][0]).person)
    client.get(f"/votes/{vote.pk}/list/")
    assert not any(key.startswith("paper") for key in client.session.keys())  # noqa: SIM118  # a session is no dict


def test_an_error_while_an_envelope_is_taken_reports_nothing_of_it(secret_vote, neighbours, rf):
    from django.views.debug import SafeExceptionReporterFilter

    from xieshang.voting.views import cast_sealed

    vote = secret_vote()
    envelope = json.dumps(seal(vote, "满意"))
    request = rf.post(f"/votes/{vote.pk}/sealed/", {"envelope": envelope})
    request.actor = neighbours[0]
    cast_sealed(request, vote.pk)
    shown = SafeExceptionReporterFilter().get_post_parameters(request)
    assert "tracker" not in str(dict(shown))
