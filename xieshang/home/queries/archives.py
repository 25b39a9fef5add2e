"""Filed matters by year and kind, what still waits to be filed, and lists that were handed over."""

from dataclasses import dataclass
from typing import TypedDict

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from xieshang.community.rules import OWNERS_ROLES
from xieshang.lib.actor import Actor
from xieshang.lib.paging import Page, page_of
from xieshang.matters.models import Matter
from xieshang.matters.rules import Audience

from ..models import Archive, HandOver
from ..models.archives import OF_OWNERS, READERS, kind_label


class Listed(TypedDict):
    """One file on a list that is handed over."""

    number: str
    version: int
    code: str
    title: str
    kind: str
    year: int
    kept: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A year or a kind to choose from, with how many files it holds."""

    key: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class ArchivesPage:
    """The page of archives: one page of files, and the choices."""

    page: Page[Archive]
    years: list[Choice]
    kinds: list[Choice]
    waiting: int


def archives_page(actor: Actor, *, year: str, kind: str, key: str) -> ArchivesPage:
    """Files of the place of this office, newest first, by year of ending and kind; five queries."""
    every = Archive.objects.visible_to(actor).newest()
    years, kinds = every, every
    shown = every.select_related("matter__place")
    if year.isascii() and year.isdigit() and len(year) == len("2026"):
        shown, kinds = shown.filter(year=year), kinds.filter(year=year)
    if kind:
        shown, years = shown.filter(kind=kind), years.filter(kind=kind)
    by_year = years.order_by("-year").values_list("year").annotate(n=Count("pk"))
    by_kind = kinds.order_by("kind").values_list("kind").annotate(n=Count("pk"))
    return ArchivesPage(
        page=page_of(shown, key),
        years=[Choice(str(one), f"{one}年", n, str(one) == year) for one, n in by_year],
        kinds=[Choice(one, kind_label(one), n, one == kind) for one, n in by_kind],
        waiting=to_file(actor).count(),
    )


def to_file(actor: Actor) -> QuerySet[Matter]:
    """Matters of the place that are over and not filed yet."""
    if actor.office is None or actor.role not in READERS:
        return Matter.objects.none()
    rows = Matter.objects.visible_to(actor).filter(place__path__startswith=actor.office.place_path)
    if actor.role in OWNERS_ROLES:
        rows = rows.filter(kind__in=OF_OWNERS)
    return rows.filter(is_open=False, archives=None).exclude(audience=Audience.AUTHOR.value).select_related("place")


def running_matters(actor: Actor) -> QuerySet[Matter]:
    """Matters of the place that go on under the next committee."""
    path = actor.office.place_path if actor.office else "-"
    rows = Matter.objects.visible_to(actor).filter(place__path__startswith=path, is_open=True)
    return rows.exclude(audience=Audience.AUTHOR.value)


def files_to_hand_over(actor: Actor) -> list[Listed]:
    """Every file of the place as it is listed on a hand-over."""
    rows = Archive.objects.visible_to(actor).newest().select_related("matter").order_by("year", "kind", "pk")
    return [
        Listed(
            number=row.matter.number,
            version=row.version,
            code=row.content_hash,
            title=row.matter.title,
            kind=row.kind_label,
            year=row.year,
            kept=row.kept,
        )
        for row in rows
    ]


def hand_overs_of(actor: Actor) -> list[HandOver]:
    """The hand-overs of the body acted for, and for those above of the bodies of their places, newest first."""
    rows = _hand_overs(actor).select_related("body", "given_in__body", "received_in__body")
    return list(rows.defer("files").order_by("-pk")[:50])


def hand_over_at(actor: Actor, hand_over_id: int) -> HandOver:
    """One hand-over with its list; 404 for whom it does not concern."""
    rows = _hand_overs(actor).select_related("body__place", "given_in__body", "received_in__body")
    return get_object_or_404(rows, pk=hand_over_id)


def _hand_overs(actor: Actor) -> QuerySet[HandOver]:
    if actor.office is None or actor.role not in READERS:
        return HandOver.objects.none()
    return HandOver.objects.filter(body__place__path__startswith=actor.office.place_path)
