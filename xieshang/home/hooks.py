"""Lists that the public site, which stands above, fills when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from xieshang.lib.actor import Actor
from xieshang.lib.waiting import Queue


@dataclass(frozen=True, slots=True)
class Hit:
    """A page found by a search."""

    title: str
    line: str
    url: str


@dataclass(frozen=True, slots=True)
class Door:
    """A link to a section of a community's public pages."""

    label: str
    url: str


# Further queues of the work desk.
queues: list[Callable[[Actor], list[Queue]]] = []
# Further doors of the work desk, such as the editor of the public pages.
desk_doors: list[Callable[[Actor], list[Door]]] = []
# Further work of time itself.
due: list[Callable[[datetime], int]] = []
# Pages that hold the words looked for, at most a handful.
search: list[Callable[[str, int], list[Hit]]] = []
# The sections of a community's public pages, by the id of the community.
sections: list[Callable[[int], list[Door]]] = []
