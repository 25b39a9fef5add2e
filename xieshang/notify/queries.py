"""Reading one's own messages."""

from django.db.models import QuerySet

from xieshang.lib.actor import Actor
from xieshang.lib.clock import now

from .models import Followed, Message, Wish


def messages_of(actor: Actor) -> QuerySet[Message]:
    """All messages left with this person; the message of a day once the day has closed."""
    return Message.objects.filter(person_id=actor.person_id, at__lte=now())


def unread_count(actor: Actor) -> int:
    """How many messages this person has not read."""
    return messages_of(actor).filter(read_at=None).count() if actor.person_id else 0


def wish_of(actor: Actor) -> str:
    """How this person wishes to hear of what they only follow."""
    found = Wish.objects.filter(person_id=actor.person_id).values_list("followed", flat=True).first()
    return found or Followed.AT_ONCE.value
