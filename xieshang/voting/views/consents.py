"""住改商一致同意: the list of checks of an estate, and one check owner by owner."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.refusals import RuleViolation
from xieshang.lib.sending import guarded

from ..forms.consents import AnswersForm, OpenConsentForm, OtherPartyForm
from ..queries.consents import checks_of, consent_page, consent_proof
from ..queries.register import kept_area
from ..services import consents as services


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def consents(request: HttpRequest, area_id: int) -> HttpResponse:
    """Checks of an estate, and the form that begins one."""
    area = kept_area(request.actor, area_id)
    form = OpenConsentForm(request.POST or None, label_suffix="")
    page: dict[str, object] = {"area": area, "form": form}
    if request.method == "GET" or not form.is_valid():
        page["checks"] = checks_of(area)
        return render(request, "voting/consents.html", page, status=200 if request.method == "GET" else 422)
    try:
        check = services.open_consent(request.actor, area_id, **form.cleaned_data)
    except RuleViolation as refused:
        return render(
            request, "voting/consents.html", page | {"checks": checks_of(area), "refusal": refused}, status=409
        )
    return redirect("voting:consent", check.pk)


@never_cache
@login_required
@require_GET
def consent(request: HttpRequest, check_id: int) -> HttpResponse:
    """One check: everybody asked, what they said, where it stands."""
    return _page(request, check_id, AnswersForm(label_suffix=""))


def _page(
    request: HttpRequest, check_id: int, form: AnswersForm, refused: RuleViolation | None = None, status: int = 200
) -> HttpResponse:
    other = OtherPartyForm(label_suffix="")
    context = {"page": consent_page(request.actor, check_id), "form": form, "other": other, "refusal": refused}
    return render(request, "voting/consent.html", context, status=status)


@login_required
@require_POST
def keep_answers(request: HttpRequest, check_id: int) -> HttpResponse:
    """Keep what the ticked owners answered."""
    form = AnswersForm(request.POST, request.FILES, label_suffix="")
    if not form.is_valid():
        return _page(request, check_id, form, status=422)
    sent = form.cleaned_data
    given = {"party_ids": sent["party"], "agreed": sent["agreed"] == "yes", "signed_on": sent["signed_on"]}
    try:
        number = services.keep_answers(request.actor, check_id, proof=sent["proof"], **given)
    except RuleViolation as refused:
        return _page(request, check_id, form, refused, 409)
    messages.success(request, _("记下了%s位业主的答复。") % number)
    return redirect("voting:consent", check_id)


@login_required
@require_POST
def add_party(request: HttpRequest, check_id: int) -> HttpResponse:
    """Name an owner of another building."""
    form = OtherPartyForm(request.POST)
    form.is_valid()
    try:
        services.add_party(request.actor, check_id, **{name: form.cleaned_data.get(name, "") for name in form.fields})
    except RuleViolation as refused:
        return _page(request, check_id, AnswersForm(label_suffix=""), refused, 409)
    return redirect("voting:consent", check_id)


@login_required
@require_POST
def close_consent(request: HttpRequest, check_id: int) -> HttpResponse:
    """Close the check with what it came to."""
    try:
        services.close_consent(request.actor, check_id)
    except RuleViolation as refused:
        return _page(request, check_id, AnswersForm(label_suffix=""), refused, 409)
    messages.success(request, _("这次核对结束了，结果留在这里。"))
    return redirect("voting:consent", check_id)


@never_cache
@login_required
@require_GET
def consent_file(request: HttpRequest, check_id: int, party_id: int) -> FileResponse:
    """What an owner signed."""
    file = consent_proof(request.actor, check_id, party_id)
    if file is None:
        raise Http404
    return guarded(file.file, is_photo=file.is_photo)
