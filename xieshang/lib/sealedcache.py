"""What people sent and has to wait for their next step: in the cache for a while, sealed with this installation's key.

Names, numbers and ballots never lie in a cache for whoever reads it.
"""

import base64
import pickle

from django.core.cache import cache

from . import seal


def put(place: str, value: object, seconds: int) -> None:
    """Keep a value under a place that only its owner can name."""
    cache.set(place, seal.seal(base64.b64encode(pickle.dumps(value)).decode()), seconds)


def take(place: str) -> object:
    """The value as it was kept; None once its time is over."""
    sealed = cache.get(place)
    # Sealed by this installation and by nobody else, so what it unpacks is its own.
    return None if sealed is None else pickle.loads(base64.b64decode(seal.unseal(sealed)))  # noqa: S301


def drop(place: str) -> None:
    """Forget it at once."""
    cache.delete(place)
