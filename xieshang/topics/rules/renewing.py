"""The numbered paragraphs of a drafted notice: some of them written anew, the others left as they were typed."""

import re
from collections.abc import Mapping, Sequence

NUMERALS = "一二三四五六七八九十"
_HEADS = re.compile(rf"(?=<p><strong>[{NUMERALS}]+、)")
_HEAD = re.compile(rf"^<p><strong>[{NUMERALS}]+、")
_LEAD = re.compile(rf"^<p><strong>[{NUMERALS}]+、([^<]+?)。?</strong>")


def renewed(html: str, fresh: Mapping[str, str], order: Sequence[str]) -> str:
    """The text with the paragraphs of these leads as they are given; one that it lacks comes before what follows it.

    `order` has all leads in the order of the record. The numbers run on.
    """
    first, *parts = _HEADS.split(html)
    for lead, text in fresh.items():
        leads = [_lead(part) for part in parts]
        if lead in leads:
            parts[leads.index(lead)] = text
        else:
            behind = order[order.index(lead) + 1 :]
            parts.insert(next((n for n, one in enumerate(leads) if one in behind), len(parts)), text)
    return first + "".join(_numbered(part, n) for n, part in enumerate(parts))


def _lead(part: str) -> str:
    found = _LEAD.match(part)
    return found[1] if found else ""


def _numbered(part: str, place: int) -> str:
    return _HEAD.sub(f"<p><strong>{NUMERALS[place]}、", part) if place < len(NUMERALS) else part
