"""Bodies with the people who hold office in them, and the Party organisations as a tree."""

from dataclasses import dataclass, field

from django.db.models import Case, Prefetch, When
from django.shortcuts import get_object_or_404

from xieshang.lib.clock import shown_today

from ..models import BODY_LABELS, Body, Office, Place
from ..rules import BodyKind, Role

# Who stands first in a body: its head, then those beside them.
RANK = list(Role)


@dataclass(slots=True)
class BodyRow:
    """A body, its running offices in words, and the bodies below it."""

    body: Body
    kind: str
    offices: list[Office]
    below: list["BodyRow"] = field(default_factory=list)
    # Above the place that is looked at: named, its page is for those who see to it.
    is_above: bool = False


def bodies_in(place: Place) -> list[BodyRow]:
    """The bodies of a place and all in it, Party organisations first; two queries."""
    return _rows(place.path, above=False)


def body_at(place: Place, body_id: int) -> Body:
    """A body of a place or of what lies in it; else 404."""
    return get_object_or_404(Body.objects.filter(place__path__startswith=place.path), pk=body_id)


def body_of_office(place: Place, office_id: int) -> int:
    """The body of an office in a place or in what lies in it; else 404."""
    return get_object_or_404(Office.objects.filter(body__place__path__startswith=place.path), pk=office_id).body_id


def party_tree(place: Place) -> list[BodyRow]:
    """The Party organisations above, at and below a place as they hang together; two queries."""
    rows = [row for row in _rows(place.path, above=True) if row.body.kind == BodyKind.PARTY_ORG]
    by_id = {row.body.pk: row for row in rows}
    top: list[BodyRow] = []
    for row in rows:
        row.is_above = row.body.place is None or not row.body.place.path.startswith(place.path)
        parent = by_id.get(row.body.parent_id or 0)
        (parent.below if parent else top).append(row)
    return top


def _rows(path: str, *, above: bool) -> list[BodyRow]:
    bodies = Body.objects.select_related("place")
    here = bodies.filter(place__path__startswith=path)
    if above:
        steps = [path[:end] for end in range(Place.steplen, len(path), Place.steplen)]
        here = here | bodies.filter(place__path__in=steps)
    running = Office.objects.running(shown_today()).select_related("person").order_by("pk")
    order = list(BODY_LABELS)
    found = [_row(body) for body in here.prefetch_related(Prefetch("offices", running, to_attr="running"))]
    return sorted(found, key=lambda row: (order.index(BodyKind(row.body.kind)), row.body.place.path, row.body.pk))


def _row(body: Body) -> BodyRow:
    offices = sorted(getattr(body, "running", []), key=lambda office: RANK.index(office.role))
    return BodyRow(body, str(BODY_LABELS[BodyKind(body.kind)]), offices)


def terms_of(body: Body) -> list[Office]:
    """All terms in a body, the newest first, at most a hundred; each says whether it `is_over`."""
    over = Case(When(ends__lt=shown_today(), then=True), default=False)
    terms = Office.objects.filter(body=body).select_related("person", "body").annotate(is_over=over)
    return list(terms.order_by("-starts", "-pk")[:100])
