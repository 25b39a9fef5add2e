"""The file of a matter for its readers, its package for the offices, the list of archives, and handing over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from xieshang.lib.paging import page_of
from xieshang.lib.paper import pdf_answer, pdf_is_possible
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import RuleViolation

from .. import queries, services
from ..forms import HandOverForm


def _require(request: HttpRequest, verb: str = "home.read_archives") -> None:
    office = request.actor.office
    if office is None or not has_perm(verb, request.actor, office.place_path):
        raise Http404


@require_GET
def file(request: HttpRequest, matter_id: int) -> HttpResponse:
    """The file of a matter: index and papers, as far as this reader may read them."""
    page = queries.file_page(request.actor, matter_id)
    return render(request, "home/file.html", {"page": page, "pdf_is_possible": pdf_is_possible()})


@require_GET
@login_required
def package(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    """The whole file as one zip."""
    made, archive = queries.file_to_take(request.actor, matter_id)
    sheets = services.sheets_of(made, archive)
    if sheets.is_awaited:
        return _wait(matter_id, sheets, "package")
    response = StreamingHttpResponse(queries.package(made, archive, sheets.pdf), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="file-{matter_id}.zip"'
    return response


@require_GET
@login_required
def file_pdf(request: HttpRequest, matter_id: int) -> HttpResponse:
    """The whole file on A4; where this machine cannot make one, the page to print."""
    made, archive = queries.file_to_take(request.actor, matter_id)
    sheets = services.sheets_of(made, archive)
    if sheets.is_awaited:
        return _wait(matter_id, sheets, "pdf")
    otherwise = reverse("home:file", args=[matter_id])
    return pdf_answer(request, sheets.pdf, name=f"file-{matter_id}", otherwise=otherwise)


def _wait(matter_id: int, sheets: services.Sheets, wanted: str) -> HttpResponse:
    return redirect(f"{reverse('home:file_setting', args=[matter_id, sheets.key])}?for={wanted}")


@never_cache
@require_GET
@login_required
def file_setting(request: HttpRequest, matter_id: int, key: str) -> HttpResponse:
    """How far the sheets are; once they are there, the way to them."""
    work = services.setting_of(request.actor, matter_id, key)
    if request.htmx and (work is None or work.is_over):
        return HttpResponseClientRefresh()
    if work is None or work.refusals:
        services.try_again(matter_id, key)
        messages.error(request, work.refusals[0].sentence if work else _("没有做完，请再点一次。"))
        return redirect("home:file", matter_id)
    name = "home:package" if request.GET.get("for") == "package" else "home:file_pdf"
    context = {"work": work, "ready": reverse(name, args=[matter_id]), "is_package": name == "home:package"}
    return render(request, "home/file_setting.html", context | {"matter_id": matter_id})


@require_POST
@login_required
def file_now(request: HttpRequest, matter_id: int) -> HttpResponse:
    """File a matter that is over."""
    try:
        made = services.file_matter(request.actor, matter_id)
    except RuleViolation as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, _("已归档，校验码%s。") % made.short_code)
    return redirect("home:file", matter_id)


@require_POST
@login_required
def check_file(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Make the file again and compare its check code with the one that was filed."""
    made, archive = queries.file_to_take(request.actor, matter_id)
    if archive is None:
        messages.info(request, _("还没有归档，没有可以核对的校验码。"))
    elif archive.content_hash == made.content_hash:
        messages.success(request, _("重新做了一遍，校验码和归档时一样，内容没有变。"))
    else:
        messages.warning(request, _("归档以后内容有变化，校验码对不上。请看清变在哪里，再重新归档。"))
    return redirect("home:file", matter_id)


@require_GET
@login_required
def archives(request: HttpRequest) -> HttpResponse:
    """What was filed, by year and kind."""
    _require(request)
    year, kind = request.GET.get("year", ""), request.GET.get("kind", "")
    page = queries.archives_page(request.actor, year=year, kind=kind, key=request.GET.get("after", ""))
    query = urlencode([(name, value) for name, value in (("year", year), ("kind", kind)) if value])
    context = {"archives": page, "page": page.page, "year": year, "kind": kind, "query": f"{query}&" if query else ""}
    return render(request, "home/archives.html", context)


@require_GET
@login_required
def to_file(request: HttpRequest) -> HttpResponse:
    """Matters that are over and not filed yet."""
    _require(request)
    page = page_of(queries.to_file(request.actor), request.GET.get("after", ""))
    return render(request, "home/to_file.html", {"page": page, "days": queries.FILE_DAYS})


@require_http_methods(["GET", "POST"])
@login_required
def hand_overs(request: HttpRequest) -> HttpResponse:
    """Hand-overs of this body, and giving its files to whoever comes next."""
    _require(request)
    form, refusal = HandOverForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.give(request.actor, **form.cleaned_data))
        except RuleViolation as refused:
            refusal = refused
    path = request.actor.office.place_path if request.actor.office else ""
    may_give = has_perm("home.hand_over", request.actor, path)
    context = {"form": form, "refusal": refusal, "rows": queries.hand_overs_of(request.actor), "may_give": may_give}
    return render(request, "home/hand_overs.html", context, status=409 if refusal else 200)


@require_GET
@login_required
def hand_over(request: HttpRequest, hand_over_id: int) -> HttpResponse:
    """The list of one hand-over, for both sides and for the printer."""
    made = queries.hand_over_at(request.actor, hand_over_id)
    own = request.actor.office is not None and request.actor.office.body_id == made.body_id
    is_giver = made.given_by_id == request.actor.person_id
    return render(request, "home/hand_over.html", {"made": made, "own": own, "is_giver": is_giver})


@require_POST
@login_required
def answer_hand_over(request: HttpRequest, hand_over_id: int, act: str) -> HttpResponse:
    """Receive the files of a hand-over, or take it back."""
    acts = {"receive": services.receive, "take-back": services.take_back}
    if act not in acts:
        raise Http404
    try:
        done = acts[act](request.actor, hand_over_id)
    except RuleViolation as refused:
        messages.error(request, refused.refusal.sentence)
        return redirect("home:hand_overs")
    return redirect(done) if done else redirect("home:hand_overs")
