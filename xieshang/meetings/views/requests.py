"""Demands for a meeting of the homeowners' committee: raising one, signing it, taking one's name back."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.acts import do, make
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import Refused

from .. import services
from ..forms.requests import RequestForm
from ..models import MeetingRequest
from ..queries.requests import request_page, requests_of
from ..rules.requests import SIGNED_ALREADY


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def requests(request: HttpRequest) -> HttpResponse:
    """The demands this office may know of; a member writes a new one."""
    form = RequestForm(request.POST or None)

    def onward(raised: MeetingRequest) -> HttpResponse:
        messages.success(request, _("写好了，您是第一个联名的。别的委员会收到消息。"))
        return redirect(raised)

    return make(request, form, partial(services.raise_request, request.actor), partial(_listed, request, form), onward)


def _listed(request: HttpRequest, form: RequestForm, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    found, office = requests_of(request.actor), request.actor.office
    own = office is not None and has_perm("meetings.request", request.actor, office.place_path)
    stands = any(one.stands for one in found if office and one.body_id == office.body_id)
    context = {"found": found, "form": form if own and not stands else None, "refusal": refusal}
    return render(request, "meetings/requests.html", context, status=status)


@never_cache
@login_required
@require_GET
def request_detail(request: HttpRequest, request_id: int) -> HttpResponse:
    """One demand: who has signed, how many are wanted, by when the chair calls."""
    return _shown(request, request_id)


def _shown(request: HttpRequest, request_id: int, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    context = {"page": request_page(request.actor, request_id), "refusal": refused}
    return render(request, "meetings/request.html", context, status=status)


def _done(request: HttpRequest, request_id: int, act: Callable[..., MeetingRequest], said: str) -> HttpResponse:
    there = redirect("meetings:request", request_id)

    def again(status: int, refusal: Refused) -> HttpResponse:
        # Pressed twice: it is done.
        return there if refusal.refusal == SIGNED_ALREADY else _shown(request, request_id, refusal, status)

    return do(request, partial(act, request.actor, request_id), again, said) or there


@login_required
@require_POST
def sign_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """Sign a demand."""
    return _done(request, request_id, services.sign_request, _("您联名了。"))


@login_required
@require_POST
def unsign_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """Take one's name back."""
    return _done(request, request_id, services.unsign_request, _("您的联名撤回了。"))
