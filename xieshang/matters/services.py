"""Writes about matters of whatever kind. Upper apps call them inside their own verbs and transactions."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from xieshang.community.models import Place
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.days import day_of
from xieshang.lib.often import put_once
from xieshang.lib.text import grams
from xieshang.notify.services import send, send_news

from . import rules
from .models import Follower, Gram, Matter, MatterLink, NumberSeries
from .queries import followers_of
from .rules import Audience, FollowReason, LinkKind

MOST_GRAMS = 300
# Whose own matter it is: always told at once.
BOUND = frozenset({FollowReason.RAISED.value, FollowReason.DUTY.value})


def next_number(prefix: str, place: Place) -> str:
    """The next reference number of a series in this place and year; safe for two at once."""
    year = day_of(now()).year
    with transaction.atomic():
        NumberSeries.objects.get_or_create(prefix=prefix, place=place, year=year)
        row = NumberSeries.objects.select_for_update().filter(prefix=prefix, place=place, year=year)
        row.update(last=F("last") + 1)
        return rules.number(prefix, place.short_name or place.name, year, row.get().last)


def make(actor: Actor, *, kind: str, prefix: str, title: str, place: Place) -> Matter:
    """Make the matter of a new thing, known to its author only, with its number; the author follows it."""
    community = place if place.is_community else (place.community or place)
    at = now()
    matter = Matter.objects.create(
        number=next_number(prefix, community),
        kind=kind,
        title=title,
        place=place,
        community=community,
        raised_by_id=actor.person_id,
        made_at=at,
        moved_at=at,
    )
    if actor.person_id:
        follow(matter, actor.person_id, FollowReason.RAISED)
    return matter


def settle(matter: Matter, *, standing: str, audience: Audience, is_open: bool) -> None:
    """Say anew how a matter stands, who may know of it and whether it is open; its own app decides all three."""
    matter.standing, matter.audience, matter.is_open, matter.moved_at = standing, audience.value, is_open, now()
    matter.save(update_fields=["standing", "audience", "is_open", "moved_at"])


def retitle(matter: Matter, *, title: str, place: Place, words: str) -> None:
    """Take over title, place and words after an edit, and index them for search and for finding what is alike."""
    matter.title, matter.place = title, place
    matter.save(update_fields=["title", "place"])
    index(matter, f"{title} {place.label} {words}")


def index(matter: Matter, words: str) -> None:
    """Store the search grams of a matter anew."""
    Gram.objects.filter(matter=matter).delete()
    found = sorted(grams(words[:2000]))[:MOST_GRAMS]
    Gram.objects.bulk_create(Gram(matter=matter, community_id=matter.community_id, gram=gram) for gram in found)


def follow(matter: Matter, person_id: int, reason: FollowReason) -> None:
    """Let a person hear of a matter; whoever asked for quiet keeps it unless they ask to hear again."""
    put_once(Follower(matter=matter, person_id=person_id, reason=reason.value))
    if reason == FollowReason.ASKED:
        Follower.objects.filter(matter=matter, person_id=person_id, muted=True).update(muted=False)


def mute(matter: Matter, person_id: int) -> None:
    """A person asks not to hear of a matter; kept as a row so that later support does not undo it."""
    Follower.objects.update_or_create(matter=matter, person_id=person_id, defaults={"muted": True})


def stop_following(actor: Actor) -> None:
    """Somebody who leaves hears of nothing any more; inside the verb of leaving."""
    Follower.objects.filter(person_id=actor.person_id).delete()


def link(source: Matter, target: Matter, kind: LinkKind) -> None:
    """Tie two matters together, once."""
    MatterLink.objects.get_or_create(source=source, target=target, kind=kind.value)


def tell_followers(matter: Matter, *, body: str, leave_out: Iterable[int | None] = ()) -> None:
    """Tell everybody who follows a matter, in one gathered message each, but not those who did it themselves.

    Who raised it and whose duty it is always hears at once; the others as they wish.
    """
    why = followers_of(matter)
    people = why.keys() - set(leave_out)
    bound = {person for person in people if why[person] in BOUND}
    told = {"title": matter.title, "body": body, "number": matter.number, "url": matter.get_absolute_url()}
    send(bound, **told)
    send_news(people - bound, **told)
