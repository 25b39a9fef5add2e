"""Reading the record and checking its chain."""

import hashlib
from dataclasses import dataclass

from django.db.models import QuerySet

from .models import Entry, Link
from .rules import GENESIS, content_of, link_value


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking the chain found: links that hold, entries not linked yet, and the first that does not hold."""

    checked: int
    last_entry: int | None
    waiting: int
    broken_entry: int | None = None
    why: str = ""


def entries_under(place_path: str) -> QuerySet[Entry]:
    """Entries about this place and all in it."""
    return Entry.objects.filter(place_path__startswith=place_path)


def verify() -> Verdict:
    """Walk the whole chain and recompute every link; stops at the first that does not hold."""
    checked, before, last = 0, GENESIS, None
    for link in Link.objects.select_related("entry").order_by("position").iterator(2000):
        why = _fault(link, checked + 1, before)
        if why:
            return Verdict(checked, last, _waiting(), link.entry_id, why)
        checked, before, last = checked + 1, link.value, link.entry_id
    return Verdict(checked, last, _waiting())


def _fault(link: Link, position: int, before: str) -> str:
    if link.position != position:
        return f"缺了第{position}环"
    if link.before != before:
        return "与前一环接不上"
    if link_value(before, content_of(link.entry), hashlib.sha256) != link.value:
        return "内容与校验码不符"
    return ""


def _waiting() -> int:
    return Entry.objects.filter(link=None).count()
