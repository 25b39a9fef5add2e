"""What residents say of what was done: numbers from five people on, never names."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Exists, F, Max, OuterRef
from django.utils.translation import gettext as _

from xieshang.discussion.models import Attachment
from xieshang.discussion.rules import Circle, FileKind
from xieshang.lib.actor import NOBODY, Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.days import day_words, short_day
from xieshang.lib.permits import has_perm
from xieshang.lib.text import mask_phones
from xieshang.matters.models import Matter

from ..models import ActionItem, Posting, Progress, Rating, RatingWindow
from ..rules import (
    LEAST_SHOWN,
    ItemState,
    ProgressKind,
    Rates,
    average,
    percent,
    satisfaction_rate,
    strict_rate,
)
from .words import photo_of

MOST_DONE = 6
MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class RatingView:
    """What a matter's page shows of its ratings to one reader."""

    n: int
    is_shown: bool
    average: str
    satisfied: str
    very_satisfied: str
    stars: tuple[tuple[int, int], ...]
    solved: int | None
    unsolved: int | None
    words: tuple[str, ...]
    least: int = LEAST_SHOWN
    is_open: bool = False
    until: str = ""
    may_rate: bool = False
    mine: Rating | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A matter that was carried out, for the home page."""

    title: str
    url: str
    number: str
    when: str
    before: dict[str, object] | None
    after: dict[str, object] | None
    satisfaction: str
    n: int


def rates_of(matters: Iterable[int]) -> dict[int, Rates]:
    """What was said in the present round about each of these matters; one query."""
    rows = Rating.objects.filter(matter_id__in=list(matters), round=F("matter__rating_window__round"))
    found: dict[int, list[tuple[int, bool, int]]] = {}
    for matter, stars, solved, count in rows.values_list("matter_id", "stars", "solved").annotate(Count("pk")):
        found.setdefault(matter, []).append((stars, solved, count))
    return {matter: _rates(cells) for matter, cells in found.items()}


def _rates(cells: list[tuple[int, bool, int]]) -> Rates:
    one, two, three, four, five = (sum(n for stars, _solved, n in cells if stars == value) for value in range(1, 6))
    solved = sum(n for _stars, is_solved, n in cells if is_solved)
    return Rates((one, two, three, four, five), solved, one + two + three + four + five - solved)


def has_rated(actor: Actor, matter: Matter) -> bool:
    """Whether this neighbour has rated it in the present round."""
    own = Rating.objects.filter(matter=matter, person_id=actor.person_id)
    return own.filter(round=F("matter__rating_window__round")).exists()


def rating_until(matter: Matter) -> date | None:
    """Until when neighbours are asked to rate a matter; None where they are not."""
    window = RatingWindow.objects.filter(matter=matter, until__gte=shown_today()).only("until").first()
    return window.until if window else None


def rating_of(actor: Actor, matter: Matter) -> RatingView | None:
    """The ratings of a matter for this reader; None while nobody was asked yet."""
    window = RatingWindow.objects.filter(matter=matter).first()
    if window is None:
        return None
    is_open = shown_today() <= window.until
    of_round = Rating.objects.filter(matter=matter, round=window.round)
    # In no order of time: a text must not point at a person.
    words = of_round.exclude(text="").order_by("?").values_list("text", flat=True)[:MOST_WORDS]
    return replace(
        _view(rates_of([matter.pk]).get(matter.pk, Rates()), words),
        is_open=is_open,
        until=day_words(window.until),
        may_rate=is_open and has_perm("outcomes.rate", actor, matter),
        mine=of_round.filter(person_id=actor.person_id).first() if actor.person_id else None,
    )


def ratings_filed(matter: Matter) -> list[RatingView]:
    """Each round of ratings of a matter for its file, all words in the order of their letters; one query."""
    rounds: dict[int, list[tuple[int, bool, str]]] = {}
    rows = Rating.objects.filter(matter=matter).values_list("round", "stars", "solved", "text")
    for number, stars, solved, text in rows.order_by("round", "text"):
        rounds.setdefault(number, []).append((stars, solved, text))
    return [
        _view(_rates([(stars, solved, 1) for stars, solved, _text in said]), [text for *_, text in said if text])
        for said in rounds.values()
    ]


def _view(rates: Rates, words: Iterable[str]) -> RatingView:
    """What everybody may know of one round: nothing that tells of fewer than five people."""
    return RatingView(
        n=rates.n,
        is_shown=rates.is_shown,
        average=average(rates) if rates.is_shown else "",
        satisfied=percent(satisfaction_rate(rates)) if rates.satisfied_is_shown else "",
        very_satisfied=percent(strict_rate(rates)) if rates.strict_is_shown else "",
        stars=tuple(reversed(list(enumerate(rates.stars, 1)))) if rates.cells_are_shown else (),
        solved=rates.solved if rates.solved_is_shown else None,
        unsolved=rates.unsolved if rates.solved_is_shown else None,
        words=tuple(mask_phones(text) for text in words) if rates.is_shown else (),
    )


def recently_done(community_id: int) -> list[Done]:
    """Matters whose promises were all verified, newest first, with a photo of before and after; three queries."""
    unfinished = ActionItem.objects.filter(matter=OuterRef("pk")).exclude(state=ItemState.VERIFIED.value)
    rows = Matter.objects.visible_to(NOBODY).filter(community_id=community_id, action_items__isnull=False)
    rows = rows.filter(~Exists(unfinished)).annotate(done_at=Max("action_items__verified_at"))
    matters = list(rows.order_by("-done_at", "-pk")[:MOST_DONE])
    photos = _photos([matter.pk for matter in matters])
    rates = rates_of([matter.pk for matter in matters])
    return [_done(matter, matter.done_at, photos, rates.get(matter.pk, Rates())) for matter in matters]


def _done(matter: Matter, at: datetime, photos: dict[tuple[int, bool], Attachment], rates: Rates) -> Done:
    before, after = photos.get((matter.pk, False)), photos.get((matter.pk, True))
    return Done(
        title=matter.title,
        url=matter.get_absolute_url(),
        number=matter.number,
        when=short_day(at),
        before=photo_of(before) if before else None,
        after=photo_of(after) if after else None,
        satisfaction=_satisfaction(rates),
        n=rates.n,
    )


def _satisfaction(rates: Rates) -> str:
    """满意率86.36%; the mean where the share would tell of fewer than five people; nothing below five raters."""
    if rates.satisfied_is_shown:
        return _("满意率%s") % percent(satisfaction_rate(rates))
    return _("评价平均%s分") % average(rates) if rates.is_shown else ""


def _photos(matters: list[int]) -> dict[tuple[int, bool], Attachment]:
    """Of each matter the first picture that shows how it was and the last that shows it done."""
    through = Progress.photos.through.objects.filter(attachment=OuterRef("pk"))
    rows = Attachment.objects.filter(matter_id__in=matters, post=None, kind=FileKind.PHOTO.value)
    rows = rows.filter(~Exists(Posting.objects.filter(photo=OuterRef("pk"))), circle=Circle.MATTER.value)
    rows = rows.annotate(is_done=Exists(through.filter(progress__kind=ProgressKind.DONE.value)))
    found: dict[tuple[int, bool], Attachment] = {}
    for photo in rows.order_by("pk"):
        if photo.is_done:
            found[photo.matter_id, True] = photo
        else:
            found.setdefault((photo.matter_id, False), photo)
    return found
