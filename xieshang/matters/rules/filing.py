"""What the file of a matter (案卷) is made of: papers in parts, the same values whoever asks and whenever.

Nothing in it changes after its matter is over: neighbours are not named, officers go by their office.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256

from xieshang.lib.refusals import later as _


class Part(StrEnum):
    """The parts of a file, in the order of its index."""

    SUBJECT = "subject"
    COURSE = "course"
    TALK = "talk"
    MINUTES = "minutes"
    TALLY = "tally"
    NOTICE = "notice"
    OBJECTION = "objection"
    ITEM = "item"
    RATING = "rating"
    LINK = "link"
    LOG = "log"


PART_LABELS: dict[Part, str] = {
    Part.SUBJECT: _("事由和范围"),
    Part.COURSE: _("经过和文书"),
    Part.TALK: _("讨论"),
    Part.MINUTES: _("会议和纪要"),
    Part.TALLY: _("表决和统计"),
    Part.NOTICE: _("预告、公示、公告"),
    Part.OBJECTION: _("异议和答复"),
    Part.ITEM: _("办理事项"),
    Part.RATING: _("居民评价"),
    Part.LINK: _("前后相关的事"),
    Part.LOG: _("操作记录摘录"),
}
_ORDER = {part: place for place, part in enumerate(Part)}


class Circle(StrEnum):
    """Who may read a paper: whoever may know of the matter, those of the place, its offices only."""

    PUBLIC = "public"
    PLACE = "place"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Copy:
    """A document or picture kept with a paper: its name, the hash of its bytes, and how they are read."""

    name: str
    sha256: str
    octets: int
    url: str = field(default="", compare=False)
    read: Callable[[], Iterator[bytes]] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a file: its day, labelled facts, texts, a table whose first row is the head, kept copies."""

    part: Part
    title: str
    on: date | None = None
    facts: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    # An official text, cleaned when it was stored.
    html: str = ""
    copies: tuple[Copy, ...] = ()
    circle: Circle = Circle.PUBLIC


def in_order(papers: Iterable[Paper]) -> list[Paper]:
    """Papers by part and, within a part, as they came."""
    return sorted(papers, key=lambda paper: _ORDER[paper.part])


def content_of(number: str, title: str, papers: Iterable[Paper]) -> bytes:
    """The file as data, the same bytes every time: keys sorted, no spaces, UTF-8; its hash is the file's check code."""
    told = {"format": "xieshang-file/1", "number": number, "title": title, "papers": [_told(one) for one in papers]}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hash_of(content: bytes) -> str:
    """The check code of a file's content."""
    return sha256(content).hexdigest()


def _told(paper: Paper) -> dict[str, object]:
    return {
        "part": paper.part.value,
        "title": paper.title,
        "on": paper.on.isoformat() if paper.on else None,
        "facts": [list(pair) for pair in paper.facts],
        "texts": [list(pair) for pair in paper.texts],
        "table": [list(row) for row in paper.table],
        "html": paper.html,
        "circle": paper.circle.value,
        "copies": [{"name": copy.name, "sha256": copy.sha256, "octets": copy.octets} for copy in paper.copies],
    }
