"""What a neighbour does on the page of a topic: support, say whether it is solved, take back, appeal."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.lib.refusals import RuleViolation

from .. import queries, services
from .pages import show


@require_POST
def support(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Support a matter, or take the support back."""
    if request.actor.person_id is None:
        return redirect_to_login(reverse("topics:detail", args=[topic_id]))
    quiet = bool(request.POST.get("quiet"))
    try:
        (services.unsupport if quiet else services.support)(request.actor, topic_id)
    except RuleViolation as refused:
        return show(request, queries.visible_topic(request.actor, topic_id), refused, 409)
    if request.htmx:
        return show(request, queries.visible_topic(request.actor, topic_id))
    messages.success(request, _("已收回支持。") if quiet else _("已支持，有进展会告诉您。"))
    return redirect("topics:detail", topic_id)


def _solved(request: HttpRequest, topic_id: int, reason: str) -> str:
    services.confirm_solved(request.actor, topic_id)
    return _("谢谢您来确认。")


def _unsolved(request: HttpRequest, topic_id: int, reason: str) -> str:
    services.report_unsolved(request.actor, topic_id, reason=reason)
    return _("已告诉居委会，会重新受理。")


def _withdraw(request: HttpRequest, topic_id: int, reason: str) -> str:
    services.withdraw(request.actor, topic_id, reason=reason)
    return _("已撤回。")


def _appeal(request: HttpRequest, topic_id: int, reason: str) -> str:
    services.appeal(request.actor, topic_id, reason=reason)
    return _("申诉已收到，由另一位工作人员复核。")


ACTS: dict[str, Callable[[HttpRequest, int, str], str]] = {
    "solved": _solved,
    "unsolved": _unsolved,
    "withdraw": _withdraw,
    "appeal": _appeal,
}


@require_POST
def resident_step(request: HttpRequest, topic_id: int, act: str) -> HttpResponse:
    """One of the author's or neighbours' own steps, with a reason where it asks for one."""
    reason = request.POST.get("reason", "").strip()[:800]
    try:
        said = ACTS[act](request, topic_id, reason)
    except RuleViolation as refused:
        return show(request, queries.visible_topic(request.actor, topic_id), refused, 409)
    messages.success(request, said)
    return redirect("topics:detail", topic_id)
