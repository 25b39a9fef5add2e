"""What the three steps of 我要说事 need: the draft, the places to choose from, matters that may be the same."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.community.models import Place
from xieshang.community.permissions import confirmed_homes
from xieshang.community.rules import PlaceKind
from xieshang.lib.actor import Actor
from xieshang.matters.queries import similar
from xieshang.matters.rules import VERY_ALIKE

from ..models import Draft, DraftPhoto, Support, Topic
from ..rules import SUPPORTABLE, State

SCOPE_KINDS = [
    PlaceKind.COMMUNITY,
    PlaceKind.VILLAGE,
    PlaceKind.COMPOUND,
    PlaceKind.GROUP,
    PlaceKind.BUILDING,
    PlaceKind.STAIRWELL,
]
MOST_SIMILAR = 5


def draft_of(actor: Actor) -> Draft | None:
    """The unfinished telling of this person, with its pictures."""
    return Draft.objects.prefetch_related("photos").filter(person_id=actor.person_id or 0).first()


def draft_photo(actor: Actor, photo_id: int) -> DraftPhoto:
    """A picture of one's own draft; else 404."""
    return get_object_or_404(DraftPhoto, pk=photo_id, draft__person_id=actor.person_id or 0)


def draft_words(draft: Draft | None) -> dict[str, object]:
    """What was typed so far, as the forms take it."""
    return dict(draft.words) if draft else {}


def waits_for_home(actor: Actor, topic: Topic) -> bool:
    """Whether what this person just told lies still until a home of theirs is confirmed."""
    own = topic.state == State.SUBMITTED and topic.matter.raised_by_id == actor.person_id and not topic.raised_for_id
    return own and not confirmed_homes(actor.person_id or 0, topic.community_id)


def place_choices(community_id: int | None, near: str = "") -> list[tuple[int, str]]:
    """The places a matter can be about, from the community inward; one's own building and stairwell on top."""
    kinds = [kind.value for kind in SCOPE_KINDS]
    rows = (
        Place.objects.filter(community_id=community_id, kind__in=kinds).order_by("path").only("label", "name", "path")
    )
    places = list(rows[:600])
    own = [place for place in places if near and near.startswith(place.path)]
    others = [place for place in places if place not in own]
    return [(place.pk, place.label or place.name) for place in [*reversed(own), *others]]


def similar_to(actor: Actor, community_id: int, *, title: str, story: str) -> list[dict[str, object]]:
    """At most five matters of the community that may be the same thing, each with a way to join it."""
    alike = similar(actor, community_id, title, story, kind="topic", most=MOST_SIMILAR)
    found = [matter for matter, _like in alike]
    topics = {t.matter_id: t for t in Topic.objects.filter(matter__in=found).select_related("matter__place")}
    mine = set(
        Support.objects.filter(person_id=actor.person_id or 0, topic__matter__in=found).values_list("topic", flat=True)
    )
    rows: list[dict[str, object]] = []
    for matter, like in alike:
        topic = topics[matter.pk]
        joinable = State(topic.state) in SUPPORTABLE and topic.pk not in mine and matter.raised_by_id != actor.person_id
        rows.append(
            {
                "title": matter.title,
                "url": matter.get_absolute_url(),
                "meta": f"{matter.place.label or matter.place.name} · {matter.standing}",
                "likeness": _("很像") if like >= VERY_ALIKE else _("有点像"),
                "join_url": reverse("topics:support", args=[topic.pk]) if joinable else "",
            }
        )
    return rows
