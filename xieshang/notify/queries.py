"""Reading one's own messages."""

from django.db.models import QuerySet

from xieshang.lib.actor import Actor

from .models import Message


def messages_of(actor: Actor) -> QuerySet[Message]:
    """All messages left with this person."""
    return Message.objects.filter(person_id=actor.person_id)


def unread_count(actor: Actor) -> int:
    """How many messages this person has not read."""
    return messages_of(actor).filter(read_at=None).count() if actor.person_id else 0
