"""Who may listen to a group: each app registers the question for its own kind of group."""

from collections.abc import Callable

from xieshang.lib.actor import Actor
from xieshang.lib.paging import number_in

MayListen = Callable[[Actor, int], bool]
_listeners: dict[str, MayListen] = {}


def register(kind: str, may_listen: MayListen) -> None:
    """Answer for groups of this kind, such as `matter` for `matter.7`."""
    _listeners[kind] = may_listen


def may_join(actor: Actor, group: str) -> bool:
    """Whether this actor may listen to the group; an unknown kind of group answers no."""
    kind, _, key = group.partition(".")
    pk = number_in(key)
    return kind in _listeners and pk is not None and _listeners[kind](actor, pk)


_actors: list[Callable[[dict[str, object]], Actor]] = []


def register_actor(build: Callable[[dict[str, object]], Actor]) -> None:
    """Say how the actor of a socket is built from its scope (user and session)."""
    _actors[:] = [build]


def actor_of(scope: dict[str, object]) -> Actor:
    """Who sits behind a socket, in the office chosen in the page's header."""
    return _actors[0](scope)
