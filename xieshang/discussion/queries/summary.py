"""What neighbours think, side by side: how many of each position, and the reason most thanked."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from xieshang.community.queries import ShownName, names_for
from xieshang.lib.actor import NOBODY
from xieshang.lib.text import mask_phones
from xieshang.matters.models import Matter

from ..models import POSITION_LABELS, Post
from ..rules import Position, PostState
from .shown import thanks_column

SIDES = (Position.FOR, Position.AGAINST, Position.SUGGEST, Position.ASK)
HEADINGS = {
    Position.FOR: "赞成的理由",
    Position.AGAINST: "反对的理由",
    Position.SUGGEST: "建议",
    Position.ASK: "提问",
}


@dataclass(frozen=True, slots=True)
class Best:
    """The reason most thanked of one position."""

    text: str
    name: str
    where: str
    thanks: int


@dataclass(frozen=True, slots=True)
class PositionColumn:
    """One position: its heading, how many, where all of them are, the reason most thanked (None where nobody spoke)."""

    position: Position
    label: str
    count: int
    url: str
    best: Best | None


def best_posts(matter: Matter) -> list[Post]:
    """The post most thanked of each position, with `total` posts of that position and `thanks_count`; one query."""
    posts = Post.objects.filter(thread__matter=matter, state=PostState.SHOWN.value, parent=None, office=None)
    posts = posts.exclude(position=Position.NONE.value)
    side, order = [F("position")], [F("thanks_count").desc(), F("pk").asc()]
    columns: dict[str, Any] = {
        "thanks_count": thanks_column(),
        "total": Window(Count("pk"), partition_by=side),
    }
    ranked = posts.annotate(**columns).annotate(rank=Window(RowNumber(), partition_by=side, order_by=order))
    return list(ranked.filter(rank=1))


def columns_of(matter: Matter, posts: list[Post], names: dict[int, ShownName]) -> list[PositionColumn]:
    """All four positions in their fixed order, from their best posts."""
    found = {Position(post.position): post for post in posts}
    base = reverse("discussion:thread", args=[matter.pk])
    return [
        PositionColumn(
            position=side,
            label=_(HEADINGS[side]),
            count=found[side].total if side in found else 0,
            url=f"{base}?position={side.value}",
            best=_best(found[side], names) if side in found else None,
        )
        for side in SIDES
    ]


def _best(post: Post, names: dict[int, ShownName]) -> Best:
    person = names.get(post.author_id, ShownName(post.author_id, _("邻居")))
    text = Truncator(mask_phones(" ".join(post.text.split()))).chars(80)
    return Best(text, person.name, person.where, post.thanks_count)


def position_summary(matter: Matter) -> list[PositionColumn]:
    """The columns of the part `positions`, three queries; only for readers of the discussion (`may_read`)."""
    posts = best_posts(matter)
    return columns_of(matter, posts, names_for([post.author_id for post in posts], NOBODY, matter.place))


def label_of(position: Position) -> str:
    """A position in one word."""
    return str(POSITION_LABELS[position])
