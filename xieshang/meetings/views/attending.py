"""In the room with one's own phone: signing in, raising a hand, leaving."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xieshang.lib.actor import Actor
from xieshang.lib.acts import do, make, page
from xieshang.lib.refusals import Refused

from .. import queries, services
from ..forms.meetings import CodeForm
from ..models import Attendance, Meeting
from .pages import show


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with the digits on the screen."""
    form = CodeForm(request.POST or None)
    again = page(request, "meetings/sign_in.html", form=form)

    def write(*, code: str) -> Attendance:
        return services.sign_in_by_code(request.actor, code)

    return make(request, form, write, again, lambda seat: _welcome(request, seat.meeting, counts=seat.counts))


@never_cache
@require_http_methods(["GET", "POST"])
def by_key(request: HttpRequest, key: str) -> HttpResponse:
    """Where the QR code on the screen leads: which meeting it is; who is signed in to the site is one button away."""
    meeting = queries.meeting_by_key(key)
    again = page(request, "meetings/by_key.html", meeting=meeting, key=key)
    if request.method == "GET":
        return again()
    if request.actor.person_id is None:
        return redirect_to_login(request.path)
    seats: list[Attendance] = []
    back = do(request, lambda: seats.append(services.sign_in_by_key(request.actor, key)), again)
    return back or _welcome(request, meeting, counts=seats[0].counts)


def _welcome(request: HttpRequest, meeting: Meeting, *, counts: bool) -> HttpResponse:
    messages.success(request, _("签到成功。") if counts else _("签到成功，您是列席，不算到会人数。"))
    return redirect(meeting)


def _done(request: HttpRequest, meeting_id: int, act: Callable[[Actor, int], object], said: str) -> HttpResponse:
    meeting = queries.visible_meeting(request.actor, meeting_id)

    def again(status: int, refusal: Refused) -> HttpResponse:
        return show(request, meeting, refusal, status)

    return do(request, partial(act, request.actor, meeting_id), again, said) or redirect(meeting)


@login_required
@require_POST
def raise_hand(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Ask to speak on the item in hand."""
    return _done(request, meeting_id, services.raise_hand, _("已举手，请等主持人点名。"))


@login_required
@require_POST
def lower_hand(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Take the hand down, or say that one has finished."""
    return _done(request, meeting_id, services.lower_hand, _("好的，已放下。"))


@login_required
@require_POST
def leave(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Leave before the end."""
    return _done(request, meeting_id, services.leave, _("已记下您离场。回来时再签一次到就行。"))
