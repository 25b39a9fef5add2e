"""One promise: its history, reports, the look at what was done, a moved day."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xieshang.lib.acts import page, put

from .. import queries, services
from ..forms import MoveForm, ReportForm, VerifyForm


@require_GET
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """One promise with its history."""
    return render(request, "outcomes/item.html", {"page": queries.item_page(request.actor, item_id)})


def _asked(request: HttpRequest, name: str, item_id: int, form: forms.Form) -> Callable[..., HttpResponse]:
    """The page of this name with the promise and the form."""
    return page(request, f"outcomes/{name}.html", page=queries.item_page(request.actor, item_id), form=form)


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, item_id: int) -> HttpResponse:
    """Say how far it is, or that it is done, with photos."""
    services.require("outcomes.report", request.actor, queries.visible_item(request.actor, item_id))
    form = ReportForm(request.POST or None, request.FILES or None)
    again, write = _asked(request, "report", item_id, form), partial(_report, request, item_id)
    done = _("已记下，关注这件事的邻居会收到消息。")
    return put(request, form, write, again, done) or redirect("outcomes:item", item_id)


def _report(request: HttpRequest, item_id: int, *, text: str, photos: list[UploadedFile], done: bool) -> None:
    verb = services.report_done if done else services.report_progress
    verb(request.actor, item_id, text=text, photos=photos)


@login_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, item_id: int) -> HttpResponse:
    """Look at what was reported as done."""
    services.require("outcomes.verify_item", request.actor, queries.visible_item(request.actor, item_id))
    form = VerifyForm(request.POST or None)
    again, write = _asked(request, "verify", item_id, form), partial(_verify, request, item_id)
    return put(request, form, write, again, _("核实结果已公开。")) or redirect("outcomes:item", item_id)


def _verify(request: HttpRequest, item_id: int, *, verdict: str, text: str) -> None:
    if verdict == "done":
        services.verify_item(request.actor, item_id, text=text)
    else:
        services.reopen_item(request.actor, item_id, reason=text)


@login_required
@require_http_methods(["GET", "POST"])
def move_due(request: HttpRequest, item_id: int) -> HttpResponse:
    """Move the promised day, with a reason that everybody reads."""
    services.require("outcomes.move_due", request.actor, queries.visible_item(request.actor, item_id))
    form = MoveForm(request.POST or None)
    again, write = _asked(request, "move", item_id, form), partial(services.move_due, request.actor, item_id)
    done = _("期限已改，原来的期限和原因都留着。")
    return put(request, form, write, again, done) or redirect("outcomes:item", item_id)
