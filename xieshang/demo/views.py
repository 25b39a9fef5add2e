"""Doors of the demo: what it is, one-click roles, its clock, its text messages, the parts on one page."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xieshang.accounts.models import Person
from xieshang.community.queries import offices_of
from xieshang.lib.clock import shown_now
from xieshang.lib.days import SHANGHAI

from . import services
from .models import OutboxText, TrusteeSheet
from .queries import next_deadline, samples
from .rules import PARTS, Guest

View = Callable[..., HttpResponse]
BACKEND = "xieshang.accounts.adapter.SignedIn"


def only_in_demo(view: View) -> View:
    """Outside the demo these pages are not there."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **kwargs)

    return guarded


@require_GET
@only_in_demo
def start(request: HttpRequest) -> HttpResponse:
    """What this is, and as whom one may try it."""
    deadline = next_deadline()
    return render(request, "demo/start.html", {"parts": PARTS, "now": shown_now(), "deadline": deadline})


@require_POST
@only_in_demo
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people, in the office that goes with the role."""
    part = next((part for part in PARTS if part.guest == request.POST.get("person")), None)
    if part is None:
        raise Http404
    person = Person.objects.filter(phone=f"+86{part.phone}", shares_phone=False).first()
    if person is None:
        # Whoever tried to close the account, or to change the number.
        messages.warning(request, _("这个人试用时注销了账号或者换了号码，进不去了。换一个人看看吧。"))
        return redirect("demo:start")
    logout(request)
    login(request, person, backend=BACKEND)
    office = next((office for office in offices_of(person.pk) if office.role == part.role), None)
    if office:
        request.session["office"] = office.pk
    response = redirect("/")
    response.set_cookie("elder", "1" if part.guest == Guest.ELDER else "0", samesite="Lax", httponly=True)
    return response


@require_POST
@only_in_demo
def leave(request: HttpRequest) -> HttpResponse:
    """Go on as a visitor who is not signed in."""
    logout(request)
    return redirect("/")


@require_POST
@only_in_demo
def clock(request: HttpRequest) -> HttpResponse:
    """Move the demo's clock forward, by a day or to the next deadline."""
    moved = services.move_a_day() if request.POST.get("to") == "day" else services.move_to_next_deadline()
    if moved is None:
        messages.info(request, _("眼下没有正在走的期限。"))
    else:
        day = date_format(moved.astimezone(SHANGHAI), "n月j日 H:i")
        messages.success(request, _("时钟拨到了%(day)s，到期的事都办了。") % {"day": day})
    return redirect("demo:start")


@require_GET
@only_in_demo
def outbox(request: HttpRequest) -> HttpResponse:
    """The text messages that would have been sent, newest first."""
    return render(request, "demo/outbox.html", {"texts": OutboxText.objects.order_by("-pk")[:50]})


@require_GET
@only_in_demo
def sheets(request: HttpRequest) -> HttpResponse:
    """The trustees' key sheets, which nobody but the trustees has on a real site."""
    rows = TrusteeSheet.objects.select_related("vote").order_by("-vote_id", "seat")
    return render(request, "demo/sheets.html", {"rows": rows})


@require_GET
def design(request: HttpRequest) -> HttpResponse:
    """Every part in every state; in the demo and in development only."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    return render(request, "design/index.html", samples())
