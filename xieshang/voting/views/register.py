"""Doors of an estate's list: the list, its import in three steps, its questions, who asks to be an owner."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from xieshang.lib.acts import page, put
from xieshang.lib.paging import number_in
from xieshang.lib.refusals import RuleViolation
from xieshang.lib.sought import FOUND, seek, sought

from ..forms import CLAIM_WAYS, ClaimForm, DecideClaimForm, EstateFileForm, SamenessForm
from ..models import Register
from ..queries import register as queries
from ..rules.estate import ClaimWay
from ..services import register as services

FAULTS_SHOWN = 200
CHANGES_SHOWN = 50
IMPORT_STEPS = ["选文件", "认列", "试算", "导入"]


@login_required
@require_GET
def registers(request: HttpRequest) -> HttpResponse:
    """The estates around here: the lists for those who keep them, 我是业主 for everybody else."""
    rows = queries.estates_for(request.actor, request.session.get("place"))
    return render(request, "voting/register/estates.html", {"rows": rows})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, area_id: int) -> HttpResponse:
    """The list of an estate, page by page."""
    area = queries.kept_area(request.actor, area_id)
    if request.method == "POST":
        return seek(request)
    found = queries.register_of(area)
    building, words = request.GET.get("building"), sought(request)
    asked = urlencode({"building": building}) if building is not None else FOUND if words else ""
    page: dict[str, object] = {"area": area, "words": words, "query": f"{asked}&" if asked else ""}
    if found:
        key = request.GET.get("after", "")
        page |= {
            "page": queries.units_page(found, key, building=building, words=words),
            "tabs": _tabs(found, building, words),
            "questions": queries.open_questions(found),
            "claims": queries.waiting_claims(area).count(),
            "last": queries.last_import(found),
        }
    return render(request, "voting/register/list.html", page)


def _tabs(found: Register, building: str | None, words: str) -> list[dict[str, object]]:
    """The buildings of a list, each a tab."""
    every = {"label": _("全部"), "count": "", "url": "?", "current": building is None and not words}
    return [every] + [
        {
            "label": name or _("不分楼"),
            "count": number,
            "url": f"?{urlencode({'building': name})}",
            "current": name == building,
        }
        for name, number in queries.buildings_in(found)
    ]


# Import ---------------------------------------------------------------------------------------------------------


@login_required
def import_file(request: HttpRequest, area_id: int) -> HttpResponse:
    """Step 1: choose a file."""
    area = queries.kept_area(request.actor, area_id)
    form, refusal = EstateFileForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return redirect(
                "voting:import_columns", area_id, services.keep_file(request.actor, area_id, file, file.name)
            )
        except RuleViolation as refused:
            refusal = refused
    status = 409 if refusal else 422 if form.errors else 200
    page = {"area": area, "form": form, "refusal": refusal, "steps": IMPORT_STEPS}
    return render(request, "voting/register/import_file.html", page, status=status)


def _gone(request: HttpRequest, area_id: int) -> HttpResponse:
    messages.info(request, services.GONE.sentence)
    return redirect("voting:import_file", area_id)


@login_required
@never_cache
def import_columns(request: HttpRequest, area_id: int, key: str) -> HttpResponse:
    """Step 2: say what each column is; remembered for this estate's next file."""
    area = queries.kept_area(request.actor, area_id)
    kept = services.kept_file(request.actor, area_id, key)
    if kept is None or not kept.file.sheets:
        return _gone(request, area_id)
    if request.method == "POST":
        said = queries.said_of_columns(
            list(zip(request.POST.getlist("word"), request.POST.getlist("field"), strict=False))
        )
        services.try_kept(request.actor, area_id, key, columns=said, ticket=_ticket(request))
        return redirect("voting:import_report", area_id, key)
    found = queries.register_of(area)
    columns = queries.columns_of(kept.file.sheets, {**(found.columns if found else {}), **kept.columns})
    page = {"area": area, "key": key, "file": kept.file, "columns": columns, "choices": queries.CHOICES}
    page |= {"steps": IMPORT_STEPS, "ticket": get_random_string(16)}
    return render(request, "voting/register/import_columns.html", page)


def _ticket(request: HttpRequest) -> str:
    return request.POST.get("ticket", "")[:32]


@login_required
@never_cache
def import_report(request: HttpRequest, area_id: int, key: str) -> HttpResponse:
    """Steps 3 and 4: every fault, what would change, and the import itself."""
    area = queries.kept_area(request.actor, area_id)
    kept, refusal = services.kept_file(request.actor, area_id, key), None
    if kept is None or kept.report is None:
        return _gone(request, area_id)
    if request.method == "POST":
        try:
            services.import_kept(request.actor, area_id, key, ticket=_ticket(request))
            return redirect("voting:import_report", area_id, key)
        except RuleViolation as refused:
            refusal = refused
    report = kept.report
    page = {"area": area, "key": key, "file": kept.file, "report": report, "refusal": refusal, "steps": IMPORT_STEPS}
    page |= {"faults": report.faults[:FAULTS_SHOWN], "shown": CHANGES_SHOWN, "ticket": get_random_string(16)}
    return render(request, "voting/register/import_report.html", page, status=409 if refusal else 200)


@login_required
@never_cache
@require_GET
def import_progress(request: HttpRequest, area_id: int, ticket: str) -> HttpResponse:
    """How far the trial or the import is that was sent with this ticket."""
    queries.kept_area(request.actor, area_id)
    return JsonResponse({"percent": services.percent_of(request.actor, area_id, ticket)})


# Questions and claims -------------------------------------------------------------------------------------------


def _tried(act: Callable[[], object]) -> RuleViolation | None:
    """Do it; what refused it, if anything did."""
    try:
        act()
    except RuleViolation as refused:
        return refused
    return None


@login_required
@never_cache
def same_names(request: HttpRequest, area_id: int) -> HttpResponse:
    """Names that several bear without a number: one person or two? With the answers given."""
    area = queries.kept_area(request.actor, area_id)
    refusal = _answer(request) if request.method == "POST" else None
    if request.method == "POST" and refusal is None:
        return redirect("voting:same_names", area_id)
    found = queries.register_of(area)
    page: dict[str, object] = {"area": area, "refusal": refusal, "wrong": request.POST.get("question", "")}
    if found:
        page |= {
            "open": queries.questions_in_words(found, answered=False),
            "answered": queries.questions_in_words(found, answered=True),
            "number": queries.open_questions(found),
        }
    return render(request, "voting/register/same_names.html", page, status=409 if refusal else 200)


def _answer(request: HttpRequest) -> RuleViolation | None:
    form = SamenessForm(request.POST)
    form.is_valid()
    given, question = form.cleaned_data, number_in(request.POST.get("question", "")) or 0
    same, basis = given.get("same") == "yes", given.get("basis", "")
    return _tried(lambda: services.answer_same_name(request.actor, question, same=same, basis=basis))


@login_required
@never_cache
def claims(request: HttpRequest, area_id: int) -> HttpResponse:
    """The desk: who says to be an owner and comes with papers."""
    area = queries.kept_area(request.actor, area_id)
    refusal = _decide(request) if request.method == "POST" else None
    if request.method == "POST" and refusal is None:
        return redirect("voting:claims", area_id)
    rows = queries.claims_in_words(area)
    page = {"area": area, "rows": rows, "refusal": refusal, "wrong": request.POST.get("claim", "")}
    return render(request, "voting/register/claims.html", page, status=409 if refusal else 200)


def _decide(request: HttpRequest) -> RuleViolation | None:
    form = DecideClaimForm(request.POST)
    form.is_valid()
    given, claim = form.cleaned_data, number_in(request.POST.get("claim", "")) or 0
    confirm, reason = given.get("confirm") == "yes", given.get("reason", "")
    return _tried(lambda: services.decide_claim(request.actor, claim, confirm=confirm, reason=reason))


@login_required
@never_cache
def claim(request: HttpRequest, area_id: int) -> HttpResponse:
    """我是业主: first the way is chosen, by number, by the letter's code, or at the desk; then what it asks for."""
    area, chosen = queries.any_area(area_id), request.POST.get("way") or request.GET.get("way", "")
    form = ClaimForm(request.POST or None, way=ClaimWay(chosen)) if chosen in ClaimWay else None
    mine = queries.claims_of(request.actor, area)
    again = page(request, "voting/register/claim.html", area=area, mine=mine, ways=CLAIM_WAYS.items(), form=form)

    def write(*, way: str, **given: str) -> None:
        services.claim_owner(request.actor, area_id, way=ClaimWay(way), **given)

    if form is None:
        return again()
    return put(request, form, write, again) or redirect("voting:claim", area_id)
