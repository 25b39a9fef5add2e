"""What an entry's hash covers, and how one link follows from the one before."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

ALGORITHM = "sha256"
GENESIS = "0" * 64


class Digest(Protocol):
    """What a hash function gives back."""

    def hexdigest(self) -> str:
        """The value in hexadecimal digits."""


class EntryLike(Protocol):
    """The fields of an entry that its hash covers."""

    id: int
    at: datetime
    person_id: int | None
    office_id: int | None
    office_title: str
    verb: str
    number: str
    place_path: str
    before: str
    after: str
    reason: str
    detail: dict[str, object]


def content_of(entry: EntryLike) -> bytes:
    """Every field of an entry in one fixed order, as canonical JSON."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    fields = [entry.id, at, entry.person_id, entry.office_id, entry.office_title, entry.verb, entry.number]
    fields += [entry.place_path, entry.before, entry.after, entry.reason, entry.detail]
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link_value(before: str, content: bytes, digest: Callable[[bytes], Digest]) -> str:
    """The hash of a link: over the value of the link before it and over the content of its entry."""
    return digest(before.encode() + b"\n" + content).hexdigest()
