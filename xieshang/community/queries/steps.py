"""Finding one's home step by step, from the community down to the unit, without a script."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from ..models import PLACE_LABELS, Place
from ..rules import COMMUNITY_KINDS, PlaceKind


@dataclass(frozen=True, slots=True)
class PlaceStep:
    """One step: where one is, what lies above (to go back to), what one may choose, what is chosen next in words."""

    here: Place | None
    above: list[Place]
    choices: list[Place]
    asks: str

    @property
    def is_home(self) -> bool:
        """Whether the unit is found."""
        return self.here is not None and self.here.kind == PlaceKind.UNIT


def step_of(at: int | None) -> PlaceStep:
    """The step at a place, or the first one: choosing among communities and villages; at most three queries."""
    if at is None:
        choices = list(Place.objects.filter(kind__in=[kind.value for kind in COMMUNITY_KINDS]).order_by("path")[:300])
        if len(choices) != 1:
            return PlaceStep(None, [], choices, str(PLACE_LABELS[PlaceKind.COMMUNITY]))
        at = choices[0].pk
    here = get_object_or_404(Place, pk=at)
    chain = list(Place.objects.filter(path__in=here.ancestor_paths).order_by("depth"))
    above = [place for place in chain if place.community_id and place.pk != here.pk]
    choices = [] if here.kind == PlaceKind.UNIT else list(here.get_children().order_by("path"))
    return PlaceStep(here, above, choices, str(PLACE_LABELS[PlaceKind(choices[0].kind)]) if choices else "")
