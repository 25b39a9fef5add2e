"""Writing the record, and linking it into the chain after commit."""

import hashlib
import json
from collections.abc import Mapping

from django.db import connection, transaction

from xieshang.lib.actor import Actor
from xieshang.lib.clock import now

from .models import Entry, Link
from .rules import ALGORITHM, GENESIS, content_of, link_value

BATCH = 500
_LOCK = 7_461_001


def record(
    actor: Actor,
    verb: str,
    *,
    number: str = "",
    place: str = "",
    before: str = "",
    after: str = "",
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> Entry:
    """Write one entry in the acting transaction; no personal data belongs in detail, only ids and plain facts."""
    facts = dict(detail or {})
    if actor.helper:
        facts |= {"for": actor.person_id, "consent": actor.consent}
    who = actor.helper or actor
    return Entry.objects.create(
        at=now(),
        person_id=who.person_id,
        office_id=who.office.id if who.office else None,
        office_title=str(who.office.title) if who.office else "",
        verb=verb,
        number=number,
        place_path=place,
        before=before,
        after=after,
        reason=reason,
        detail=json.loads(json.dumps(facts, default=str)),
    )


@transaction.atomic
def link_entries() -> int:
    """Chain what is not chained yet, in one batch; safe beside itself; gives the number of links added."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = Link.objects.order_by("-position").first()
    position, before = (last.position, last.value) if last else (0, GENESIS)
    links = []
    for entry in Entry.objects.filter(link=None).order_by("id")[:BATCH]:
        position += 1
        value = link_value(before, content_of(entry), hashlib.sha256)
        links.append(
            Link(position=position, entry=entry, before=before, value=value, algorithm=ALGORITHM, linked_at=now())
        )
        before = value
    Link.objects.bulk_create(links)
    return len(links)
