"""Telling the audience of a group that something moved: after commit, ids only, or one piece of HTML alike for all."""

import contextlib
import json
import logging
import time
from collections.abc import Iterator, Mapping

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

log = logging.getLogger(__name__)
_unheard: list[bool] = []
MOMENT = 0.4
MOST_TOLD = 10_000
_told: dict[tuple[str, str], float] = {}


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


def show(group: str, pieces: Mapping[str, str]) -> None:
    """After commit, put pieces of a page, by their slots, before everybody who listens to the group.

    For what a crowd must see at once: nobody has to ask for it. Nothing in them that not all of the group may read. All
    go in one message, written once: a thousand phones are told once each, not once a piece.
    """
    if not _unheard:
        text = json.dumps({"group": group, "pieces": dict(pieces)}, ensure_ascii=False)
        transaction.on_commit(lambda: _send_shown(group, text), robust=True)


def tell_crowd(group: str, kind: str) -> None:
    """The same for what may move a hundred times a second: told at once, then again no sooner than after a moment.

    Whoever listens waits a little longer than that before reading anew (static/js/live.js), and so misses nothing.
    """
    if not _unheard:
        transaction.on_commit(lambda: _send_seldom(group, kind), robust=True)


def _send_seldom(group: str, kind: str) -> None:
    at = time.monotonic()
    if at - _told.get((group, kind), -MOMENT) < MOMENT:
        return
    if len(_told) >= MOST_TOLD:
        _told.clear()
    _told[group, kind] = at
    _send(group, kind)


def _send(group: str, kind: str) -> None:
    _publish(group, {"type": "moved", "group": group, "kind": kind})


def _send_shown(group: str, text: str) -> None:
    _publish(group, {"type": "shown", "text": text})


def _publish(group: str, message: dict[str, str]) -> None:
    layer = get_channel_layer()
    # The layer in memory has no other way than the library's.
    (getattr(layer, "publish", None) or async_to_sync(layer.group_send))(group, message)
