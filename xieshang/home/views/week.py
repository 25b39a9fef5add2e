"""本周简报 and what is late below."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from .. import queries


@never_cache
@login_required
@require_GET
def week(request: HttpRequest) -> HttpResponse:
    """The sheet of one week."""
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        day = None
    return render(request, "home/week.html", {"week": queries.week_of(request.actor, day)})


@never_cache
@login_required
@require_GET
def below(request: HttpRequest) -> HttpResponse:
    """What is late in the communities of this office."""
    places, is_more = queries.below(request.actor)
    return render(request, "home/below.html", {"places": places, "is_more": is_more})
