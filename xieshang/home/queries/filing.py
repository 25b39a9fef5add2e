"""The file of a matter: gathered from every app, the same whoever asks; as much of it as a reader may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.audit.models import Entry
from xieshang.community.permissions import confirmed_homes
from xieshang.community.rules import OWNERS_ROLES
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.days import SHANGHAI
from xieshang.lib.permits import has_perm
from xieshang.matters import hooks
from xieshang.matters.models import Matter, MatterLink
from xieshang.matters.rules import PART_LABELS, Circle, Paper, Part, content_of, hash_of, in_order

from ..models import Archive
from ..models.archives import OF_OWNERS, READERS, kind_label
from .record import read

# What this app itself writes about filing is no part of what is filed.
OWN_VERBS = "home."
CIRCLES = {Circle.PUBLIC: 0, Circle.PLACE: 1, Circle.OFFICE: 2}


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a file: its key, its title, its papers, each with its running number."""

    key: str
    title: str
    papers: list[tuple[int, Paper]]


@dataclass(frozen=True, slots=True)
class File:
    """The whole file of one matter."""

    matter: Matter
    papers: list[Paper]
    content: bytes
    content_hash: str

    @property
    def sections(self) -> list[Section]:
        """The papers by part, numbered through."""
        return sections_of(self.papers)

    @property
    def copy_count(self) -> int:
        """How many documents and pictures are kept with it."""
        return len({copy.sha256 for paper in self.papers for copy in paper.copies})


@dataclass(frozen=True, slots=True)
class FilePage:
    """The page of a file for one reader: what they may read of it, and how it was filed."""

    matter: Matter
    kind: str
    sections: list[Section]
    archive: Archive | None
    # Acts in an office that may take the whole package along.
    may_take: bool
    may_file: bool


def sections_of(papers: Iterable[Paper]) -> list[Section]:
    """Papers by part, in order, numbered through."""
    numbered = list(enumerate(in_order(papers), 1))
    return [
        Section(part.value, str(PART_LABELS[part]), list(found))
        for part, found in groupby(numbered, key=lambda pair: pair[1].part)
    ]


def papers_of(matter: Matter, circle: Circle) -> list[Paper]:
    """The papers that every app keeps of a matter, for a circle of readers and those within."""
    own = hooks.of_kind.get(matter.kind)
    told = [*(own(matter, circle) if own else ()), *(paper for more in hooks.of_any for paper in more(matter, circle))]
    return in_order(paper for paper in told if CIRCLES[paper.circle] <= CIRCLES[circle])


def whole_file(matter: Matter, as_of: datetime) -> File:
    """Everything, with the ties to other matters and the record up to an instant: what is filed and checked again."""
    papers = in_order([*papers_of(matter, Circle.OFFICE), *_ties(matter), *_record(matter, as_of)])
    content = content_of(matter.number, matter.title, papers)
    return File(matter, papers, content, hash_of(content))


def file_page(actor: Actor, matter_id: int) -> FilePage:
    """The file as the reader may read it on a page: the record and drafts are in the package only."""
    matter = _visible(actor, matter_id)
    takes = may_take(actor, matter)
    return FilePage(
        matter=matter,
        kind=kind_label(matter.kind),
        sections=sections_of(papers_of(matter, Circle.PLACE if takes or _belongs(actor, matter) else Circle.PUBLIC)),
        archive=latest_archive(matter),
        may_take=takes,
        may_file=not matter.is_open and has_perm("home.file", actor, matter),
    )


def file_to_take(actor: Actor, matter_id: int) -> tuple[File, Archive | None]:
    """The whole file for an office of the place, as it was filed last, or as it stands today; else 404."""
    matter = require_taker(actor, matter_id)
    archive = latest_archive(matter)
    return whole_file(matter, archive.as_of if archive else now()), archive


def require_taker(actor: Actor, matter_id: int) -> Matter:
    """The matter, for an office that may take its whole file along; else 404."""
    matter = _visible(actor, matter_id)
    if not may_take(actor, matter):
        raise Http404
    return matter


def latest_archive(matter: Matter) -> Archive | None:
    """The newest filing of a matter."""
    return Archive.objects.filter(matter=matter).select_related("office__body").order_by("-version").first()


def may_take(actor: Actor, matter: Matter) -> bool:
    """Whether this office may have the whole file: the bodies of the place and those above it; owners' their own."""
    office = actor.office
    if actor.role in OWNERS_ROLES and matter.kind not in OF_OWNERS:
        return False
    return office is not None and actor.role in READERS and matter.place.path.startswith(office.place_path)


def _visible(actor: Actor, matter_id: int) -> Matter:
    rows = Matter.objects.visible_to(actor).select_related("place", "community")
    return get_object_or_404(rows, pk=matter_id)


def _belongs(actor: Actor, matter: Matter) -> bool:
    """Whether a reader is of the place: lives there, speaks for one of its bodies, or raised it."""
    if actor.person_id is None:
        return False
    if matter.raised_by_id == actor.person_id:
        return True
    if actor.office is not None:
        path, home = actor.office.place_path, matter.community.path
        return path.startswith(home) or home.startswith(path)
    return bool(confirmed_homes(actor.person_id, matter.community_id))


def _ties(matter: Matter) -> Iterable[Paper]:
    """What came before and after it, one line each, from whichever end the tie was made."""
    ends = [
        *MatterLink.objects.filter(source=matter).values_list("kind", "target__number", "target__title"),
        *MatterLink.objects.filter(target=matter).values_list("kind", "source__number", "source__title"),
    ]
    rows = sorted({(number, title) for _kind, number, title in ends})
    if rows:
        yield Paper(Part.LINK, _("相关的事"), table=((_("编号"), _("事")), *rows), circle=Circle.OFFICE)


def _record(matter: Matter, as_of: datetime) -> Iterable[Paper]:
    """The record about this number up to an instant, oldest first, by office; neighbours are not named."""
    entries = Entry.objects.filter(number=matter.number, at__lte=as_of).exclude(verb__startswith=OWN_VERBS)
    rows = [_line(entry) for entry in entries.order_by("pk")]
    if rows:
        head = (_("时间"), _("谁"), _("做了什么"), _("变化与理由"))
        yield Paper(Part.LOG, _("操作记录"), table=(head, *rows), circle=Circle.OFFICE)


def _line(entry: Entry) -> tuple[str, ...]:
    told = read(entry)
    change = " → ".join(word for word in (told.before, told.after) if word)
    who = entry.office_title or (_("居民") if entry.person_id else _("到期自动"))
    when = entry.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    return (when, who, told.verb, "；".join(word for word in (change, entry.reason) if word))
