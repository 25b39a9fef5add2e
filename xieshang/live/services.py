"""Telling the audience of a group that something moved: after commit, ids only."""

import contextlib
import logging
from collections.abc import Iterator

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

log = logging.getLogger(__name__)
_unheard: list[bool] = []


@contextlib.contextmanager
def unheard() -> Iterator[None]:
    """While a whole town is written at once nobody has a page open, so nobody is told."""
    _unheard.append(True)
    try:
        yield
    finally:
        _unheard.pop()


def tell(group: str, kind: str) -> None:
    """After commit, tell everybody who listens to the group that something of this kind moved; they read it anew."""
    if _unheard:
        return
    transaction.on_commit(lambda: _send(group, kind), robust=True)


def _send(group: str, kind: str) -> None:
    layer = get_channel_layer()
    async_to_sync(layer.group_send)(group, {"type": "moved", "group": group, "kind": kind})
