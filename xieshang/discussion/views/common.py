"""What the doors share: finding a matter, the way back, a page that search engines leave alone."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from xieshang.matters.models import Matter
from xieshang.matters.queries import visible_matter


def matter_for(request: HttpRequest, matter_id: int) -> Matter:
    """The matter, if this reader may know of it."""
    return visible_matter(request.actor, matter_id)


def talk_of(matter: Matter) -> str:
    """The page on which what is said about a matter stands; the page of the matter shows only the best of it."""
    return reverse("discussion:thread", args=[matter.pk])


def quiet(request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    """A page with people's words: search engines are told to leave it alone."""
    response = render(request, template, dict(context), status=status)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
