"""Reads about matters of whatever kind."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from xieshang.lib.actor import Actor
from xieshang.lib.paging import number_in
from xieshang.lib.text import grams, pairs

from .models import Follower, Gram, Matter, MatterLink
from .rules import ALIKE, MOST_STORY, Told, likeness, telling, weights


def visible_matter(actor: Actor, matter_id: int) -> Matter:
    """A matter that this actor may know of; else 404."""
    return get_object_or_404(Matter.objects.visible_to(actor).select_related("place", "community"), pk=matter_id)


def named(actor: Actor, text: str) -> Matter | None:
    """The matter whose number by id an address carries, if this actor may know of it."""
    pk = number_in(text)
    return Matter.objects.visible_to(actor).select_related("place").filter(pk=pk).first() if pk else None


def similar(
    actor: Actor, community_id: int, title: str, story: str, *, kind: str, most: int = 5
) -> list[tuple[Matter, float]]:
    """Matters of the community most like what is told, of those this actor may know of; each with how like it is."""
    told = Told(pairs(title), pairs(story[:MOST_STORY]) - pairs(title))
    here = Gram.objects.filter(community_id=community_id)
    often = dict(here.filter(gram__in=told.all).values_list("gram").annotate(Count("id")))
    weight = weights(told.all, often, Matter.objects.filter(community_id=community_id).count())
    held: dict[int, set[str]] = defaultdict(set)
    looked_for = here.filter(gram__in=telling(weight, often), matter__kind=kind)
    for matter_id, gram in looked_for.values_list("matter_id", "gram"):
        held[matter_id].add(gram)
    likely = sorted(held, key=lambda pk: (sum(weight[gram] for gram in held[pk]), pk), reverse=True)[: most * 8]
    found = Matter.objects.visible_to(actor).filter(pk__in=likely).select_related("place")
    rated = [(matter, likeness(told, pairs(matter.title), held[matter.pk], weight)) for matter in found]
    rated = [(matter, like) for matter, like in rated if like >= ALIKE]
    return sorted(rated, key=lambda pair: (pair[1], pair[0].pk), reverse=True)[:most]


def search(actor: Actor, words: str) -> QuerySet[Matter]:
    """Matters whose title or words hold every gram asked for, newest first by id."""
    found = Matter.objects.visible_to(actor)
    for gram in sorted(grams(words), key=len, reverse=True)[:12]:
        found = found.filter(grams__gram=gram)
    return found if grams(words) else found.none()


def linked(actor: Actor, matter: Matter) -> list[tuple[str, Matter]]:
    """Matters tied to this one that the actor may know of, each with the kind of tie."""
    ties = MatterLink.objects.filter(source=matter).values_list("kind", "target_id")
    back = MatterLink.objects.filter(target=matter).values_list("kind", "source_id")
    pairs_found = [*ties, *back]
    seen = Matter.objects.visible_to(actor).in_bulk([pk for _kind, pk in pairs_found])
    return [(kind, seen[pk]) for kind, pk in pairs_found if pk in seen]


def follower_ids(matter: Matter) -> list[int]:
    """People who hear of a matter and have not asked for quiet."""
    return list(followers_of(matter))


def followers_of(matter: Matter) -> dict[int, str]:
    """Why each of those who hear of a matter does."""
    return dict(Follower.objects.filter(matter=matter, muted=False).values_list("person_id", "reason"))


def is_following(actor: Actor, matter: Matter) -> bool:
    """Whether this person hears of a matter."""
    return Follower.objects.filter(matter=matter, person_id=actor.person_id, muted=False).exists()


def may_listen(actor: Actor, matter_id: int) -> bool:
    """Whether this actor may hear, live, that a matter moved: the same as may know of it."""
    return Matter.objects.visible_to(actor).filter(pk=matter_id).exists()


def matters_by_id(ids: Iterable[int], actor: Actor) -> dict[int, Matter]:
    """Those of these matters that the actor may know of."""
    return Matter.objects.visible_to(actor).select_related("place").in_bulk(list(ids))
