"""Opening a matter to rating, and rating it."""

from datetime import date

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.community.models import Office
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import short_day
from xieshang.matters.models import Matter
from xieshang.matters.services import tell_followers

from .. import hooks, rules
from ..models import Rating, RatingVersion, RatingWindow
from .doing import hands, refuse_unless, require, write_down


@transaction.atomic
def open_rating(matter: Matter, until: date) -> RatingWindow:
    """Ask residents to rate a matter until a day, that day included; asked again, a new round begins."""
    window = RatingWindow.objects.select_for_update().filter(matter=matter).first()
    if window is None:
        window = RatingWindow(matter=matter, community_id=matter.community_id, round=0)
    window.round, window.opened_at, window.until = window.round + 1, now(), until
    window.save()
    day = short_day(until)
    tell_followers(matter, body=_("办得怎么样？请您评一评，%s截止。") % day)
    return window


@transaction.atomic
def rate(actor: Actor, matter_id: int, *, stars: int, solved: bool, text: str = "") -> Rating:
    """Rate a matter, or change one's rating before the window ends; every version is kept. Stars from 1 to 5."""
    matter = get_object_or_404(Matter.objects.visible_to(actor).select_related("place"), pk=matter_id)
    require("outcomes.rate", actor, matter, _why_not(actor))
    window = RatingWindow.objects.select_for_update().filter(matter=matter).first()
    _refuse_rating(actor, matter, window, stars)
    round_now = window.round if window else 1
    fields = {
        "community_id": matter.community_id,
        "stars": stars,
        "solved": solved,
        "text": text.strip(),
        "at": now(),
        **actor.assisted,
    }
    rating, _made = Rating.objects.update_or_create(
        matter=matter, person_id=actor.person_id or 0, round=round_now, defaults=fields
    )
    version = RatingVersion(rating=rating, stars=stars, solved=solved, text=rating.text, at=rating.at)
    version.by_id = hands(actor)
    version.save()
    # What was said stays in the ledger of ratings: the record would show it to those who are rated.
    write_down(actor, "outcomes.rate", matter)
    for hook in hooks.on_rated:
        hook(matter)
    return rating


def _refuse_rating(actor: Actor, matter: Matter, window: RatingWindow | None, stars: int) -> None:
    refuse_unless(stars in range(1, 6), rules.STARS_UNKNOWN)
    refuse_unless(window is not None, rules.RATING_NOT_OPEN)
    refuse_unless(window is not None and today() <= window.until, rules.RATING_OVER)
    own = Office.objects.running(today()).filter(person_id=actor.person_id or 0, body__action_items__matter=matter)
    refuse_unless(not own.exists(), rules.OWN_WORK)


def _why_not(actor: Actor) -> str:
    if actor.person_id is None:
        return _("评价要先登录，并认证过房屋。")
    if actor.office is not None:
        return _("评价是住户自己的事。请先在页首把身份换成您本人。")
    return _(rules.NOT_IN_SCOPE.sentence)
