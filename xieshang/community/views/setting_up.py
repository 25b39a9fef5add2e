"""Doors for setting up real communities from one workbook."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation

from .. import services
from ..forms import WorkbookForm, template_workbook
from ..rules import Sheet
from ..services import SetUpReport

FAULTS_SHOWN = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _require_street(request: HttpRequest) -> None:
    office = request.actor.office
    if office is None or not has_perm("community.set_up", request.actor, office.place_path):
        raise NotAllowed("community.set_up", _("批量建社区由街道（乡镇）或区里办。"))


@login_required
def set_up(request: HttpRequest) -> HttpResponse:
    """Send a workbook: it is looked over first, nothing changes."""
    _require_street(request)
    form, refusal = WorkbookForm(), None
    if request.method == "POST":
        form = WorkbookForm(request.POST, request.FILES)
        if form.is_valid():
            file, ticket = form.cleaned_data["file"], _ticket(request)
            try:
                key = services.look_over(request.actor, file, name=file.name, ticket=ticket)
                return redirect("community:set_up_report", key)
            except RuleViolation as refused:
                refusal = refused
    status = 409 if refusal else 422 if form.errors else 200
    page = {"form": form, "refusal": refusal, "ticket": get_random_string(16)}
    return render(request, "community/set_up.html", page, status=status)


def _ticket(request: HttpRequest) -> str:
    return request.POST.get("ticket", "")[:32]


@login_required
@never_cache
def set_up_report(request: HttpRequest, key: str) -> HttpResponse:
    """What was found in the workbook, and the import itself."""
    _require_street(request)
    found = services.kept(request.actor, key)
    if found is None:
        messages.info(request, services.GONE.sentence)
        return redirect("community:set_up")
    if request.method == "POST":
        services.import_kept(request.actor, key, ticket=_ticket(request))
        return redirect("community:set_up_report", key)
    report = found.report
    page = {"found": found, "report": report, "key": key, "counts": _counts(report)}
    page |= {"faults": report.faults[:FAULTS_SHOWN], "ticket": get_random_string(16)}
    return render(request, "community/set_up_report.html", page)


def _counts(report: SetUpReport) -> list[tuple[str, int, int, int]]:
    """Each sheet with its rows that are new, that change something, that say nothing new."""
    names = [sheet.value for sheet in Sheet]
    return [(n, report.added.get(n, 0), report.updated.get(n, 0), report.unchanged.get(n, 0)) for n in names]


@login_required
@never_cache
@require_GET
def set_up_progress(request: HttpRequest, ticket: str) -> HttpResponse:
    """How far the look or the import is that was sent with this ticket, for the page that waits for it."""
    _require_street(request)
    return JsonResponse({"percent": services.percent_of(request.actor, ticket)})


@login_required
@require_GET
def set_up_template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    _require_street(request)
    response = HttpResponse(template_workbook(), content_type=_XLSX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=_("建社区模板.xlsx"))
    return response
