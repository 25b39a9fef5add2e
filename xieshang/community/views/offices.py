"""Doors for bodies and offices."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation

from .. import queries, services
from ..forms import AppointForm, EndOfficeForm
from ..models import Place
from ..rules import OFFICER_ROLES, ROLES_OF, BodyKind


def _place(request: HttpRequest) -> Place:
    office = request.actor.office
    if office is None or request.actor.role not in OFFICER_ROLES:
        raise NotAllowed("community.bodies", _("组织和任职由居委会、党组织和街道查看。"))
    return office.body.place


@login_required
@require_GET
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies of one's own place, who holds office in them, and the tree of Party organisations."""
    place = _place(request)
    page = {"place": place, "rows": queries.bodies_in(place), "tree": queries.party_tree(place)}
    return render(request, "community/bodies.html", page)


def _body_page(request: HttpRequest, body_id: int, **more: object) -> HttpResponse:
    place = _place(request)
    here = queries.body_at(place, body_id)
    roles = sorted(ROLES_OF[BodyKind(here.kind)])
    page: dict[str, object] = {
        "body": here,
        "terms": queries.terms_of(here),
        "may": has_perm("community.appoint", request.actor, here.place.path),
        "form": AppointForm(roles=roles),
        "end": EndOfficeForm(),
    }
    status = 409 if more.get("refusal") else 422 if more else 200
    return render(request, "community/body.html", {**page, **more}, status=status)


@login_required
@require_GET
def body(request: HttpRequest, body_id: int) -> HttpResponse:
    """One body: terms past and running; appointing and ending, for the street."""
    return _body_page(request, body_id)


@login_required
@require_POST
def appoint(request: HttpRequest, body_id: int) -> HttpResponse:
    """Let a person hold a role from a day on."""
    kind = queries.body_at(_place(request), body_id).kind
    form = AppointForm(request.POST, roles=sorted(ROLES_OF[BodyKind(kind)]))
    if not form.is_valid():
        return _body_page(request, body_id, form=form)
    try:
        office = services.appoint_by_phone(request.actor, body_id, **form.cleaned_data)
    except RuleViolation as refused:
        return _body_page(request, body_id, form=form, refusal=refused)
    messages.success(request, _("已登记：%(title)s。") % {"title": office.title})
    return redirect("community:body", body_id)


@login_required
@require_POST
def end_office(request: HttpRequest, office_id: int) -> HttpResponse:
    """Let a term end."""
    form = EndOfficeForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["on"])))
        return redirect("community:bodies")
    try:
        office = services.end_office(request.actor, office_id, **form.cleaned_data)
    except RuleViolation as refused:
        messages.error(request, refused.refusal.sentence)
        return redirect("community:bodies")
    messages.success(request, _("任期到%(day)s结束。") % {"day": office.ends})
    return redirect("community:body", office.body_id)
