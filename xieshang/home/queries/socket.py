"""Who sits behind a socket."""

from typing import Any

from xieshang.community.queries import actor_for
from xieshang.lib.actor import Actor


def actor_of_socket(scope: dict[str, Any]) -> Actor:
    """The actor of a socket, in the office chosen in the page's header."""
    return actor_for(scope["user"], scope["session"].get("office"))


def may_hear_person(actor: Actor, person_id: int) -> bool:
    """Only oneself hears that a message came."""
    return actor.person_id == person_id
