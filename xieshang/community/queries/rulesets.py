"""Rules that differ by place: what holds at one, what was set before, what waits for a second person."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.waiting import Waiting

from ..models import Place, RulesDraft, RuleSet
from ..rules import ABOVE_ROLES, COMMUNITY_KINDS, PlaceKind, RuleBook
from .places import rules_for

MOST = 20
KINDS = (PlaceKind.STREET, PlaceKind.TOWNSHIP, PlaceKind.COMPOUND, *COMMUNITY_KINDS)


def places_of_rules(actor: Actor) -> QuerySet[Place]:
    """The street, communities and estates for which this office may set rules."""
    if actor.office is None or actor.role not in ABOVE_ROLES:
        return Place.objects.none()
    kinds = [kind.value for kind in KINDS]
    return Place.objects.filter(path__startswith=actor.office.place_path, kind__in=kinds).order_by("path")


def any_place(place_id: int) -> Place:
    """A place by its id: its name is no secret; else 404."""
    return get_object_or_404(Place, pk=place_id)


def book_at(place: Place, book: RuleBook) -> RuleBook:
    """What of a book concerns a place: by the community it is or lies in, above that by those that lie in it."""
    community = place if place.is_community else place.community
    if community is not None:
        return book.at(frozenset({PlaceKind(community.kind)}))
    inside = Place.objects.filter(path__startswith=place.path, kind__in=[kind.value for kind in COMMUNITY_KINDS])
    return book.at(frozenset(PlaceKind(kind) for kind in inside.values_list("kind", flat=True).distinct()))


def rules_at(place: Place, book: RuleBook) -> dict[str, object]:
    """What holds at a place today."""
    return rules_for(place, book.kind, shown_today(), book.defaults)


def rule_sets_of(place: Place, kind: str) -> list[RuleSet]:
    """What was set for this very place, newest first."""
    return list(RuleSet.objects.filter(place=place, kind=kind).order_by("-effective_from")[:MOST])


def waiting_draft(place: Place, kind: str) -> RulesDraft | None:
    """The draft that waits for a second person."""
    rows = RulesDraft.objects.filter(place=place, kind=kind, answered_at=None)
    return rows.select_related("written_by", "written_in").first()


def rules_to_confirm(actor: Actor) -> list[Waiting]:
    """Changes of rules that another officer wrote and this one may confirm; one query, none for other offices."""
    if actor.office is None or actor.role not in ABOVE_ROLES:
        return []
    rows = RulesDraft.objects.filter(answered_at=None, place__path__startswith=actor.office.place_path)
    found = rows.exclude(written_by_id=actor.person_id).select_related("place").order_by("pk")[:MOST]
    return [_waiting(draft) for draft in found]


def _waiting(draft: RulesDraft) -> Waiting:
    line = _("%(place)s的规则有改动，等第二个人复核") % {"place": draft.place.label or draft.place.name}
    url = reverse("community:place_rules", args=[draft.kind, draft.place_id])
    return Waiting(_("规则复核"), line, url, _("去复核"), draft.effective_from)
