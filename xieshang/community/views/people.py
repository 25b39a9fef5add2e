"""Doors of the committee's desk for people."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.paging import number_in
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.sought import seek, sought

from .. import queries, services
from ..forms import ConfirmForm, HelpForm, RegisterForm, ShareForm


def _require_desk(request: HttpRequest) -> None:
    office = request.actor.office
    if office is None or not has_perm("community.keep_register", request.actor, office.place_path):
        raise NotAllowed("community.keep_register", _("居民名册由居委会和网格员管理。"))


@login_required
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Find people of one's own place, or a home to look into."""
    _require_desk(request)
    if request.method == "POST":
        return seek(request)
    words = sought(request)
    found = queries.find_people(request.actor, words)
    return render(request, "community/people.html", {"q": words, "found": found, "most": queries.ROWS_MOST})


def _person_page(request: HttpRequest, person_id: int, **more: object) -> HttpResponse:
    _require_desk(request)
    found = queries.found_person(request.actor, person_id)
    if found is None:
        raise Http404
    office = request.actor.office
    may_end = office is not None and has_perm("community.confirm_home", request.actor, office.place_path)
    page = {"found": found, "may_end": may_end, "form": HelpForm(), "minor": ConfirmForm(), **more}
    status = 409 if more.get("refusal") else 422 if more else 200
    return render(request, "community/person.html", page, status=status)


@login_required
@require_GET
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person of one's own place: act for them, mark them as under age."""
    return _person_page(request, person_id)


@login_required
@require_POST
def mark_minor(request: HttpRequest, person_id: int) -> HttpResponse:
    """Under age until a birthday; an empty birthday takes the mark away."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _person_page(request, person_id, minor=form)
    services.mark_minor(request.actor, person_id, until=form.cleaned_data["minor_until"])
    messages.success(request, _("已记下。"))
    return redirect("community:person", person_id)


def _home_page(request: HttpRequest, at: int | None, **more: object) -> HttpResponse:
    _require_desk(request)
    office = request.actor.office
    place = queries.step_of(at or (office.body.place_id if office else None))
    if office is None or place.here is None or not place.here.path.startswith(office.place_path):
        raise Http404
    home = queries.register_of(request.actor, place.here.pk) if place.is_home else None
    page = {"step": place, "home": home, "form": RegisterForm(), "share": ShareForm(), **more}
    status = 409 if more.get("refusal") else 422 if more else 200
    return render(request, "community/register.html", page, status=status)


@login_required
def register(request: HttpRequest) -> HttpResponse:
    """The register: find a home step by step, see who is written down there, write somebody down."""
    place = number_in(request.GET.get("at", ""))
    if request.method != "POST" or place is None:
        return _home_page(request, place)
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return _home_page(request, place, form=form)
    try:
        row = services.register_resident(request.actor, place, **form.cleaned_data)
    except RuleViolation as refused:
        return _home_page(request, place, form=form, refusal=refused)
    messages.success(request, _("%(name)s已写进名册。") % {"name": row.name})
    return redirect(f"{request.path}?at={place}")


def _back_home(request: HttpRequest) -> HttpResponse:
    at = number_in(request.POST.get("at", ""))
    return redirect("community:people" if at is None else f"{reverse('community:register')}?at={at}")


@login_required
@require_POST
def strike(request: HttpRequest, registered_id: int) -> HttpResponse:
    """Somebody moved away."""
    services.strike_resident(request.actor, registered_id)
    messages.success(request, _("已从名册里划去。"))
    return _back_home(request)


@login_required
@require_POST
def let_in(request: HttpRequest, registered_id: int) -> HttpResponse:
    """Make an account for somebody without a phone."""
    try:
        made = services.let_in(request.actor, registered_id)
    except RuleViolation as refused:
        messages.error(request, refused.refusal.sentence)
        return _back_home(request)
    messages.success(request, _("账号建好了，可以代他办理。"))
    return redirect("community:person", made.pk)


@login_required
@require_POST
def let_share(request: HttpRequest, registered_id: int) -> HttpResponse:
    """Let somebody sign in by a housemate's number; a number that does not do stays in its field, with why."""
    form = ShareForm(request.POST)
    more: dict[str, object] = {"share": form, "share_of": registered_id}
    at = number_in(request.POST.get("at", ""))
    if not form.is_valid():
        return _home_page(request, at, **more)
    try:
        services.let_share(request.actor, registered_id, phone=form.cleaned_data["phone"])
    except RuleViolation as refused:
        return _home_page(request, at, **more, refusal=refused)
    messages.success(request, _("办好了。用这个号码登录时，会问是哪一位。"))
    return _back_home(request)
