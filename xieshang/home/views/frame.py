"""Doors of the frame: how large, where, as whom."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.accounts import services as accounts
from xieshang.community.queries import offices_of
from xieshang.lib.paging import number_in

from ..queries import is_elder


def _back(request: HttpRequest) -> HttpResponse:
    """Back to the page one came from, if it is ours."""
    came_from = request.POST.get("next") or request.headers.get("Referer", "/")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return redirect(came_from if ours else "/")


@require_POST
def elder(request: HttpRequest) -> HttpResponse:
    """Switch between the normal and the large version; remembered."""
    wanted = not is_elder(request)
    response = _back(request)
    if request.actor.person_id is not None:
        accounts.read_large(request.actor, wanted=wanted)
    response.set_cookie("elder", "1" if wanted else "0", max_age=31536000, samesite="Lax", httponly=True)
    return response


@require_POST
def choose_place(request: HttpRequest) -> HttpResponse:
    """Choose which place the pages are about."""
    place = number_in(request.POST.get("place", ""))
    if place is not None:
        request.session["place"] = place
    return _back(request)


@require_POST
def choose_office(request: HttpRequest) -> HttpResponse:
    """Choose in which office one acts from now on; 0 means as oneself."""
    wanted = number_in(request.POST.get("office", ""))
    mine = {office.pk for office in offices_of(request.actor.person_id or 0)}
    if wanted in mine:
        request.session["office"] = wanted
    else:
        request.session.pop("office", None)
    messages.success(request, _("已换好身份。"))
    return redirect("/")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long: say what to do, lose nothing that the browser still holds."""
    return render(request, "errors/csrf.html", status=403)
