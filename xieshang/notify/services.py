"""Telling people: messages on the site, gathered while unread, and text messages through one small door."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string

from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.live.services import tell

from .models import Message


def send(people: Iterable[int], *, title: str, body: str = "", number: str = "", url: str = "") -> None:
    """Leave a message with each person; while one about the same matter is unread, it is renewed and counted."""
    at = now()
    wanted = set(people)
    gathered: set[int] = set()
    if number:
        waiting = Message.objects.filter(person_id__in=wanted, number=number, read_at=None)
        gathered = set(waiting.values_list("person_id", flat=True))
        waiting.update(title=title, body=body, url=url, at=at, count=F("count") + 1)
    Message.objects.bulk_create(
        (
            Message(person_id=person, number=number, url=url, title=title, body=body, at=at)
            for person in sorted(wanted - gathered)
        ),
        ignore_conflicts=True,
    )
    for person in wanted:
        tell(f"person.{person}", "messages")


def send_text(phone: str, text: str) -> None:
    """Send one text message after commit, through the door named in the settings."""
    deliver = import_string(settings.SMS_SENDER)
    transaction.on_commit(lambda: deliver(phone, text))


def mark_read(actor: Actor, message_id: int | None = None) -> None:
    """Mark one message of one's own, or all of them, as read."""
    mine = Message.objects.filter(person_id=actor.person_id, read_at=None)
    if message_id is not None:
        mine = mine.filter(pk=message_id)
    mine.update(read_at=now())
