"""Doors for bodies and offices."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xieshang.lib.acts import put
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refused, RuleViolation

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


def _body_page(request: HttpRequest, body_id: int, status: int = 200, **more: object) -> HttpResponse:
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

    def again(status: int, refusal: Refused | None = None) -> HttpResponse:
        return _body_page(request, body_id, status, form=form, refusal=refusal)

    write = partial(services.appoint_by_phone, request.actor, body_id)
    return put(request, form, write, again, _("任职登记好了。")) or redirect("community:body", body_id)


@login_required
@require_POST
def end_office(request: HttpRequest, office_id: int) -> HttpResponse:
    """Let a term end."""
    body_id = queries.body_of_office(_place(request), office_id)
    form = EndOfficeForm(request.POST)

    def again(status: int, refusal: Refused | None = None) -> HttpResponse:
        return _body_page(request, body_id, status, end=form, ending=office_id, refusal=refusal)

    write = partial(services.end_office, request.actor, office_id)
    return put(request, form, write, again, _("登记好了，已告诉本人。")) or redirect("community:body", body_id)


@login_required
@require_POST
def ask_to_leave(request: HttpRequest, office_id: int) -> HttpResponse:
    """Somebody wants to leave an office of their own."""
    try:
        services.ask_to_leave(request.actor, office_id)
    except RuleViolation as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, _("已告诉街道。登记任期结束以前，您还在任。"))
    return redirect("accounts:me")
