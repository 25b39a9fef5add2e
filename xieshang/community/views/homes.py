"""Doors for belonging to a home."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xieshang.lib.paging import number_in
from xieshang.lib.refusals import NotAllowed, RuleViolation

from .. import queries, services
from ..forms import ConfirmForm, JoinForm, ReasonForm
from ..rules import COMMITTEE_ROLES, ResidenceState


@login_required
@require_GET
def join(request: HttpRequest) -> HttpResponse:
    """Find one's home: community, compound, building, stairwell, unit, one small step at a time."""
    return _join_page(request, number_in(request.GET.get("at", "")), JoinForm(), first="first" in request.GET)


def _join_page(request: HttpRequest, at: int | None, form: JoinForm, **more: object) -> HttpResponse:
    page = {"step": queries.step_of(at), "form": form, **more}
    status = 409 if more.get("refusal") else 422 if form.errors else 200
    return render(request, "community/join.html", page, status=status)


@login_required
@require_POST
def ask(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Ask to be verified in this home."""
    form = JoinForm(request.POST)
    if not form.is_valid():
        return _join_page(request, unit_id, form)
    try:
        home = services.ask_for_home(request.actor, unit_id, **form.cleaned_data)
    except RuleViolation as refused:
        return _join_page(request, unit_id, form, refusal=refused)
    if home.state == ResidenceState.CONFIRMED:
        messages.success(request, _("认证好了：%(home)s。现在可以说事、支持、投票了。") % {"home": home.unit})
    else:
        messages.success(request, _("已交给居委会核实，一般3个工作日内有结果，会发消息告诉您。"))
    return redirect("accounts:me")


@login_required
@require_POST
def end_home(request: HttpRequest, residence_id: int) -> HttpResponse:
    """Moved away, or asked for the wrong home; said by themselves or by the committee."""
    residence = services.end_residence(request.actor, residence_id)
    if residence.person_id != request.actor.person_id:
        messages.success(request, _("已结束，也告诉了本人。"))
        return redirect("community:people")
    messages.success(request, _("已结束。以后搬回来，可以再认证。"))
    return redirect("accounts:me")


@login_required
@require_GET
def residences(request: HttpRequest) -> HttpResponse:
    """The committee's list of those who ask to be verified."""
    return _residences_page(request)


def _residences_page(request: HttpRequest, **more: object) -> HttpResponse:
    if request.actor.role not in COMMITTEE_ROLES:
        raise NotAllowed("community.confirm_home", _("核实住房由居委会办。"))
    page = queries.asked_at(request.actor, request.GET.get("after", ""))
    shown = {"page": page, "form": ConfirmForm(), "reason": ReasonForm(), **more}
    status = 409 if more.get("refusal") else 422 if more else 200
    return render(request, "community/residences.html", shown, status=status)


@login_required
@require_POST
def confirm(request: HttpRequest, residence_id: int) -> HttpResponse:
    """This person belongs to this home."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _residences_page(request, form=form, wrong=residence_id)
    try:
        home = services.confirm_home(request.actor, residence_id, **form.cleaned_data)
    except RuleViolation as refused:
        return _residences_page(request, refusal=refused)
    messages.success(request, _("已确认：%(home)s。") % {"home": home.unit})
    return redirect("community:residences")


@login_required
@require_POST
def give_back(request: HttpRequest, residence_id: int) -> HttpResponse:
    """Not like this: with the reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _residences_page(request, reason=form, wrong=residence_id)
    try:
        home = services.return_home(request.actor, residence_id, **form.cleaned_data)
    except RuleViolation as refused:
        return _residences_page(request, refusal=refused)
    messages.success(request, _("已退回：%(home)s，原因已告诉申请人。") % {"home": home.unit})
    return redirect("community:residences")
