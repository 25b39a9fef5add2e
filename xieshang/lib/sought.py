"""Whom somebody looks for: a name or a number, kept with the sign-in and never in an address that logs keep."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

KEPT = "sought"
LONGEST = 40
# In the address of what was found; pages of a list keep it.
FOUND = "found=1"


def seek(request: HttpRequest, name: str = "q") -> HttpResponse:
    """Keep the words that were sent under this name, and lead to what they find; earlier words are forgotten."""
    request.session[KEPT] = {request.path: request.POST.get(name, "").strip()[:LONGEST]}
    return redirect(f"{request.path}?{FOUND}")


def sought(request: HttpRequest) -> str:
    """The words looked for on this page, empty where it was opened anew."""
    words: str = request.session.get(KEPT, {}).get(request.path, "") if "found" in request.GET else ""
    return words
