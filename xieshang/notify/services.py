"""Telling people: messages on the site, gathered while unread, and text messages through one small door."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.live.services import tell

from .models import Followed, Line, Message, Wish
from .queries import messages_of

DAY_CLOSES = time(18, 0)


def send(people: Iterable[int], *, title: str, body: str = "", number: str = "", url: str = "") -> None:
    """Leave a message with each person; while one about the same matter is unread, it is renewed and counted."""
    at, wanted = now(), set(people)
    begun = (
        Message(person_id=person, number=number, url=url, title=title, body=body, at=at, count=0 if number else 1)
        for person in sorted(wanted)
    )
    Message.objects.bulk_create(begun, ignore_conflicts=bool(number))
    if number:
        # Whoever is told of the matter by two at once has the one unread message by now: neither of the two is lost.
        waiting = Message.objects.filter(person_id__in=wanted, number=number, read_at=None)
        waiting.update(title=title, body=body, url=url, at=at, count=F("count") + 1)
    for person in wanted:
        tell(f"person.{person}", "messages")


def send_news(people: Iterable[int], *, title: str, body: str, number: str, url: str) -> None:
    """Tell people of a matter they only follow, each as they wish: at once, in one message a day, or not at all."""
    wanted = set(people)
    wishes = dict(Wish.objects.filter(person_id__in=wanted).values_list("person_id", "followed"))
    how: dict[str, set[int]] = {followed: set() for followed in Followed}
    for person in wanted:
        how[wishes.get(person, Followed.AT_ONCE)].add(person)
    send(how[Followed.AT_ONCE], title=title, body=body, number=number, url=url)
    if daily := how[Followed.DAILY]:
        _gather(daily, Line(title=title, body=body, url=url))


def _gather(people: set[int], line: Line) -> None:
    """Put a line into everybody's message of the day, which is begun by its first line and shown when the day closes.

    Nobody can have read it before, so the unique unread message of that day is the one place for all its lines.
    """
    at = next_close(now())
    number = f"每日-{timezone.localtime(at):%Y-%m-%d}"
    title = _("您关注的事，这一天有了进展")
    begun = (Message(person_id=one, number=number, title=title, at=at, count=0) for one in sorted(people))
    Message.objects.bulk_create(begun, ignore_conflicts=True)
    of_the_day = Message.objects.filter(person_id__in=people, number=number, read_at=None)
    of_the_day.update(count=F("count") + 1)
    Line.objects.bulk_create(
        Line(message_id=pk, title=line.title, body=line.body, url=line.url)
        for pk in of_the_day.values_list("pk", flat=True)
    )


def next_close(at: datetime) -> datetime:
    """The instant at which the message of the day goes out: the next six in the evening."""
    local = timezone.localtime(at)
    close = local.replace(hour=DAY_CLOSES.hour, minute=0, second=0, microsecond=0)
    return close if local < close else close + timedelta(days=1)


def wish(actor: Actor, followed: str) -> None:
    """Keep how a person wishes to hear of what they only follow; lines gathered until now still come."""
    Wish.objects.update_or_create(person_id=actor.person_id, defaults={"followed": followed})


def send_text(phone: str, text: str) -> None:
    """Send one text message after commit, through the door named in the settings."""
    deliver = import_string(settings.SMS_SENDER)
    transaction.on_commit(lambda: deliver(phone, text))


def forget(person_id: int) -> None:
    """Delete all messages of somebody who closes the account, and how they wished to hear."""
    Message.objects.filter(person_id=person_id).delete()
    Wish.objects.filter(person_id=person_id).delete()


def mark_read(actor: Actor, message_id: int | None = None) -> None:
    """Mark one message of one's own, or all of them, as read."""
    mine = messages_of(actor).filter(read_at=None)
    if message_id is not None:
        mine = mine.filter(pk=message_id)
    mine.update(read_at=now())
