"""Rules of owners' decisions: what holds at a place, and what waits for a second person."""

from django.db.models import QuerySet

from xieshang.community.models import Place, RuleSet
from xieshang.community.queries import rules_for
from xieshang.community.rules import COMMUNITY_KINDS, PlaceKind
from xieshang.lib.actor import Actor
from xieshang.lib.clock import today

from ..models import RulesDraft
from ..rules.deciding import DEFAULTS, KIND


def places_of_rules(actor: Actor) -> QuerySet[Place]:
    """The communities and estates for which this office may set rules."""
    if actor.office is None:
        return Place.objects.none()
    kinds = [PlaceKind.COMPOUND.value, *(kind.value for kind in COMMUNITY_KINDS)]
    return Place.objects.filter(path__startswith=actor.office.place_path, kind__in=kinds).order_by("path")


def rules_at(place: Place) -> dict[str, object]:
    """What holds at a place today."""
    return rules_for(place, KIND, today(), dict(DEFAULTS))


def rule_sets_of(place: Place) -> list[RuleSet]:
    """What was set for this very place, newest first."""
    return list(RuleSet.objects.filter(place=place, kind=KIND).order_by("-effective_from")[:20])


def waiting_rules(place: Place) -> RulesDraft | None:
    """The draft that waits for a second person."""
    return RulesDraft.objects.filter(place=place, answered_at=None).select_related("written_by", "written_in").first()
