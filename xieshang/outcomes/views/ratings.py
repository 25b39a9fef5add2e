"""Rating a matter."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from xieshang.lib.acts import page, put
from xieshang.matters.queries import visible_matter

from .. import queries, services
from ..forms import RatingForm
from ..models import Rating


@require_GET
def ratings(request: HttpRequest, matter_id: int) -> HttpResponse:
    """What residents say of what was done, for everybody who may know of the matter."""
    matter = visible_matter(request.actor, matter_id)
    rating = queries.rating_of(request.actor, matter)
    if rating is None:
        raise Http404
    return render(request, "outcomes/ratings.html", {"matter": matter, "rating": rating})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Rate a matter, or change one's rating."""
    matter = visible_matter(request.actor, matter_id)
    rating = queries.rating_of(request.actor, matter)
    if rating is None:
        raise Http404
    form = RatingForm(request.POST or None, initial=_given(rating.mine))
    again = page(request, "outcomes/rate.html", matter=matter, rating=rating, form=form)
    write = partial(services.rate, request.actor, matter_id)
    return put(request, form, write, again, _("谢谢，评价已收到。截止前可以改。")) or redirect(matter)


def _given(mine: Rating | None) -> dict[str, object]:
    """What this person said before, for the form."""
    return {"solved": "yes" if mine.solved else "no", "stars": mine.stars, "text": mine.text} if mine else {}
