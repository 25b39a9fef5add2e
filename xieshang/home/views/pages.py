"""Search, help, the telephone, and whether the site is well."""

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xieshang.community.queries import committee_of

from .. import hooks, queries


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Find matters by words."""
    words = request.GET.get("q", "")[:60].strip()
    page = queries.found(request.actor, words, request.GET.get("after", "")) if words else None
    community = queries.frame_of(request).community
    hits = [hit for find in hooks.search for hit in find(words, community.pk)] if words and community else []
    return render(request, "home/search.html", {"words": words, "page": page, "hits": hits})


@require_GET
def guides(request: HttpRequest) -> HttpResponse:
    """All guides."""
    return render(request, "home/guides.html", {"guides": queries.guides()})


@require_GET
def guide(request: HttpRequest, name: str) -> HttpResponse:
    """One guide."""
    found = queries.guide(name)
    if found is None:
        raise Http404
    return render(request, "home/guide.html", {"guide": found})


@require_GET
def phone(request: HttpRequest) -> HttpResponse:
    """Whom to call: the committee of this place."""
    community = queries.frame_of(request).community
    committee = committee_of(community) if community else None
    return render(request, "home/phone.html", {"committee": committee})


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


@require_GET
def healthz_time(request: HttpRequest) -> HttpResponse:
    """Whether time is at work: what falls due by itself waits for it, a vote that should open among it."""
    seconds = queries.since_tick()
    works = seconds is not None and seconds <= queries.SILENT
    return JsonResponse({"ok": works, "seconds": seconds}, status=200 if works else 503)
