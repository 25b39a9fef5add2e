"""What people change about themselves."""

from xieshang.lib.actor import Actor

from .models import Person


def read_large(actor: Actor, wanted: bool) -> None:
    """Remember whether this person reads the large version."""
    Person.objects.filter(pk=actor.person_id).update(elder=wanted)
