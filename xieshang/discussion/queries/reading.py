"""Who reads and speaks here, how many did, and which files hang on a matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from xieshang.community.models import Residence
from xieshang.community.permissions import acts_in_office, confirmed_homes
from xieshang.community.rules import ResidenceState
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.matters.models import Matter

from ..models import Attachment, Post, Thread
from ..rules import Circle, PostState, Readers, Speakers

OF_NEIGHBOURS = Q(state=PostState.SHOWN.value, office=None)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many posts neighbours have in a discussion, and how many neighbours spoke; what bodies say is not counted."""

    posts: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class Rights:
    """What one reader may do in one thread, as far as who they are decides it."""

    lives_here: bool
    in_scope: bool
    for_body: bool
    reads: bool
    speaks: bool


def number_of(rows: QuerySet[Any], by: str, count: Count) -> Coalesce:
    """A count of rows tied to the outer one by the field `by`, as a column; zero where there is nothing."""
    counted = rows.order_by().values(by).annotate(n=count).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def thread_of(actor: Actor, matter: Matter) -> Thread | None:
    """The thread of a matter with what this reader needs to know of it, in one query; None before it is made.

    Adds `lives_here`, `in_scope`, `own_shown` (the reader's own posts let through), `post_count`, `people_count`.
    """
    homes = Residence.objects.filter(person_id=actor.person_id or 0, state=ResidenceState.CONFIRMED.value)
    spoken = Post.objects.filter(OF_NEIGHBOURS, thread=OuterRef("pk"))
    own = Post.objects.filter(
        author=actor.person_id or 0, community=OuterRef("matter__community"), state=PostState.SHOWN.value
    )
    columns: dict[str, Any] = {
        "lives_here": Exists(homes.filter(community=matter.community_id)),
        "in_scope": Exists(homes.filter(unit__path__startswith=matter.place_path)),
        "own_shown": number_of(own, "author", Count("pk")),
        "post_count": number_of(spoken, "thread", Count("pk")),
        "people_count": number_of(spoken, "thread", Count("author", distinct=True)),
    }
    thread = Thread.objects.filter(matter=matter).annotate(**columns).first()
    if thread:
        thread.matter = matter
    return thread


def rights_in(actor: Actor, thread: Thread) -> Rights:
    """What the reader of a thread from `thread_of` may do; the permissions' answers, without asking again."""
    for_body = bool(acts_in_office(actor, thread))
    lives_here, in_scope = bool(thread.lives_here), bool(thread.in_scope)
    asked = in_scope if thread.speakers == Speakers.SCOPE else lives_here
    return Rights(
        lives_here=lives_here,
        in_scope=in_scope,
        for_body=for_body,
        reads=thread.readers == Readers.PUBLIC or lives_here or for_body or actor is SYSTEM,
        speaks=for_body or (actor.person_id is not None and actor.office is None and asked),
    )


def may_read(actor: Actor, matter: Matter) -> bool:
    """Whether this actor may read what people say about a matter; at most two queries."""
    if actor is SYSTEM or acts_in_office(actor, matter):
        return True
    if actor.person_id is not None and confirmed_homes(actor.person_id, matter.community_id):
        return True
    return Thread.objects.filter(matter=matter, readers=Readers.PUBLIC.value).exists()


def counts(matter: Matter) -> Counts:
    """How many posts, by how many neighbours; figures that everybody may see."""
    return counts_for([matter.pk]).get(matter.pk, Counts())


def counts_for(matter_ids: Iterable[int]) -> dict[int, Counts]:
    """The figures of many matters in one query; those without a post are missing."""
    rows = Post.objects.filter(OF_NEIGHBOURS, thread__matter__in=list(matter_ids)).order_by()
    found = rows.values("thread__matter_id").annotate(n=Count("pk"), people=Count("author", distinct=True))
    return {row["thread__matter_id"]: Counts(row["n"], row["people"]) for row in found}


def attachments(actor: Actor, matter: Matter) -> list[Attachment]:
    """Files that hang on the matter itself, in the order they came, as far as this actor may open them."""
    files = Attachment.objects.visible_to(actor).filter(matter=matter, post=None).exclude(circle=Circle.CLOSED.value)
    return list(files.order_by("pk"))


def file_for(actor: Actor, attachment_id: int) -> Attachment:
    """One file that this actor may open, its matter loaded; 404 for all others."""
    return get_object_or_404(Attachment.objects.visible_to(actor).select_related("matter"), pk=attachment_id)
