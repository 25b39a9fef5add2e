"""Doors of what is handed in beside the phone: deliveries, the door, proxies, disputes, and their closed files."""

import secrets
from pathlib import Path
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.clock import shown_now
from xieshang.lib.days import SHANGHAI
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.sending import guarded

from .. import queries, services
from ..forms import DeliveryForm, DisputeForm, DoorForm, ProxyForm, WhyForm
from ..models import Right, Vote
from ..rules.paperwork import DeliveryWay, TakenBy


def _at_work(request: HttpRequest, vote_id: int, permission: str) -> Vote:
    vote = queries.visible_owners_vote(request.actor, vote_id)
    if not has_perm(permission, request.actor, vote):
        raise NotAllowed(permission)
    return vote


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script that opens kept work lists without a signal; it comes from here because of its scope, /votes/."""
    found = finders.find("worker/lists.js")
    if not isinstance(found, str):
        raise Http404
    response = HttpResponse(Path(found).read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@never_cache
@require_GET
def deliveries(request: HttpRequest, vote_id: int) -> HttpResponse:
    """The work list of one building; it goes on working on the phone without a signal, and prints."""
    vote = _at_work(request, vote_id, "voting.record_delivery")
    return _work_list(request, vote, DeliveryForm())


def _work_list(
    request: HttpRequest, vote: Vote, form: DeliveryForm, refused: RuleViolation | None = None
) -> HttpResponse:
    buildings = queries.deliveries_by_building(vote)
    wanted = request.GET.get("building", "")
    # The one asked for, else the first where somebody is left.
    shown = next((one for one in buildings if one.building == wanted), None)
    shown = shown or next((one for one in buildings if one.left), buildings[0] if buildings else None)
    context = {"vote": vote, "form": form, "buildings": buildings, "shown": shown, "refusal": refused}
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "voting/deliveries.html", context | _fresh(), status=status)


def _fresh() -> dict[str, str]:
    """A key for the next record, and the time of day as the field for it writes it."""
    at = shown_now().astimezone(SHANGHAI)
    return {"key": secrets.token_hex(10), "now": at.strftime("%Y-%m-%dT%H:%M")}


@require_POST
def record_delivery(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Take one record from the page or, as JSON answers, from a phone that has its signal back."""
    vote = _at_work(request, vote_id, "voting.record_delivery")
    form = DeliveryForm(request.POST, request.FILES)
    if not form.is_valid():
        return _not_recorded(request, vote, form, None)
    try:
        made = services.record_delivery(request.actor, vote_id, _visit(vote, form), proof=form.cleaned_data["proof"])
    except RuleViolation as refused:
        return _not_recorded(request, vote, form, refused)
    if _asks_json(request):
        return JsonResponse({"new": made})
    messages.success(request, _("已登记%s户。") % made if made else _("这一条以前登记过了。"))
    building = urlencode({"building": request.POST.get("building", "")})
    return redirect(f"{reverse('voting:deliveries', args=[vote_id])}?{building}")


def _asks_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _not_recorded(request: HttpRequest, vote: Vote, form: DeliveryForm, refused: RuleViolation | None) -> HttpResponse:
    """Why a record was not taken: to a phone that has its signal back in one sentence, else on the page."""
    if not _asks_json(request):
        return _work_list(request, vote, form, refused)
    words = str(refused.refusal.sentence) if refused else str(next(iter(form.errors.values()))[0])
    return JsonResponse({"why": words}, status=409 if refused else 422)


def _visit(vote: Vote, form: DeliveryForm) -> services.Visit:
    sent = form.cleaned_data
    units = {*sent["unit"], *queries.unreached(vote, sent["building"], sent["stairwell"])}
    way, taken_by = DeliveryWay(sent["way"]), TakenBy(sent["taken_by"])
    return services.Visit(sent["key"], sorted(units), way, sent["at"], taken_by, sent["note"])


@require_POST
def acknowledge(request: HttpRequest, vote_id: int) -> HttpResponse:
    """An owner says that the notice has reached them."""
    services.acknowledge(request.actor, vote_id)
    messages.success(request, _("已记下：您收到了会议公告。"))
    return redirect("voting:vote", vote_id)


# At the door ----------------------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Find the home, then hand in what its owner chose and signed."""
    vote = _at_work(request, vote_id, "voting.cast_at_door")
    unit = _unit(request)
    right = queries.right_at(vote, unit) if unit else None
    if request.method == "GET":
        return _door(request, vote, right, DoorForm(initial={"key": secrets.token_hex(16)}))
    form = DoorForm(request.POST, request.FILES)
    if not form.is_valid() or right is None:
        return _not_handed_in(request, vote, right, form)
    try:
        version = services.cast_at_door(request.actor, vote_id, right_id=right.pk, **form.given)
    except RuleViolation as refused:
        return _not_handed_in(request, vote, right, form, refused)
    if _asks_json(request):
        return JsonResponse({"receipt": version.receipt})
    return redirect("voting:receipt", vote_id, version.receipt)


def _unit(request: HttpRequest) -> str:
    """The home: asked for first, or sent together with what was written down without a signal."""
    return (request.GET.get("unit") or request.POST.get("unit", "")).strip()


def _not_handed_in(
    request: HttpRequest, vote: Vote, right: Right | None, form: DoorForm, refused: RuleViolation | None = None
) -> HttpResponse:
    """Why it was not taken: to a phone that has its signal back in one sentence, else on the page."""
    if not _asks_json(request):
        return _door(request, vote, right, form, refused)
    if refused or right is None:
        words = refused.refusal.sentence if refused else _("名册上没有找到“%s”，请核对写法。") % _unit(request)
        return JsonResponse({"why": str(words)}, status=409)
    return JsonResponse({"why": str(next(iter(form.errors.values()))[0])}, status=422)


def _door(
    request: HttpRequest, vote: Vote, right: Right | None, form: DoorForm, refused: RuleViolation | None = None
) -> HttpResponse:
    unit = _unit(request)
    stands_for = queries.labels_of([right])[right.pk] if right else ""
    ticked = form.cleaned_data.get("option", []) if form.is_bound else []
    context = {"vote": vote, "unit": unit, "right": right, "form": form, "refusal": refused, "ticked": ticked}
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "voting/door.html", context | {"stands_for": stands_for} | _fresh(), status=status)


# Proxies --------------------------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "POST"])
def proxy(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Hand in a written proxy; what I gave and what I act by."""
    vote = queries.visible_owners_vote(request.actor, vote_id)
    if request.method == "GET":
        return _proxy(request, vote, ProxyForm())
    form = ProxyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _proxy(request, vote, form)
    try:
        services.offer_proxy(request.actor, vote_id, **form.cleaned_data)
    except RuleViolation as refused:
        return _proxy(request, vote, form, refused)
    messages.success(request, _("委托书已交，等召集人看过就可以代投。"))
    return redirect("voting:proxy", vote_id)


def _proxy(request: HttpRequest, vote: Vote, form: ProxyForm, refused: RuleViolation | None = None) -> HttpResponse:
    given, acting = queries.my_proxies(request.actor, vote), queries.proxies_by_me(request.actor, vote)
    context = {"vote": vote, "form": form, "refusal": refused, "given": given, "acting": acting}
    return render(request, "voting/proxy.html", context, status=409 if refused else 422 if form.errors else 200)


@require_POST
def accept_proxy(request: HttpRequest, vote_id: int, proxy_id: int) -> HttpResponse:
    """The organiser accepts a document."""
    services.accept_proxy(request.actor, proxy_id)
    messages.success(request, _("已接受这份委托。"))
    return redirect("voting:papers", vote_id)


@require_POST
def refuse_proxy(request: HttpRequest, vote_id: int, proxy_id: int) -> HttpResponse:
    """The organiser says why a document does not do."""
    form = WhyForm(request.POST)
    form.is_valid()
    services.refuse_proxy(request.actor, proxy_id, reason=form.cleaned_data.get("reason", ""))
    messages.success(request, _("已答复代理人。"))
    return redirect("voting:papers", vote_id)


@require_POST
def withdraw_proxy(request: HttpRequest, vote_id: int, proxy_id: int) -> HttpResponse:
    """The owner takes the proxy back."""
    services.withdraw_proxy(request.actor, proxy_id)
    messages.success(request, _("委托已撤回。"))
    return redirect("voting:proxy", vote_id)


@never_cache
@require_GET
def proxy_file(request: HttpRequest, vote_id: int, proxy_id: int) -> FileResponse:
    """The document of a proxy, for the organiser and for those it is between."""
    vote = queries.visible_owners_vote(request.actor, vote_id)
    file = queries.proxy_document(request.actor, vote, proxy_id)
    if file is None:
        raise Http404
    return guarded(file.file, is_photo=file.is_photo)


# Disputes -------------------------------------------------------------------------------------------------------------


@require_POST
def dispute(request: HttpRequest, vote_id: int) -> HttpResponse:
    """A co-owner disputes a ballot."""
    queries.visible_owners_vote(request.actor, vote_id)
    form = DisputeForm(request.POST)
    if form.is_valid():
        sent = form.cleaned_data
        services.dispute(request.actor, vote_id, ballot_id=sent["ballot"], text=sent["text"])
        messages.success(request, _("异议已交给计票人，截止后计票前会答复您。"))
    return redirect("voting:vote", vote_id)


@require_POST
def settle_dispute(request: HttpRequest, vote_id: int, dispute_id: int) -> HttpResponse:
    """The tellers answer a dispute."""
    form = WhyForm(request.POST)
    form.is_valid()
    reason, upheld = form.cleaned_data.get("reason", ""), request.POST.get("upheld") == "yes"
    services.settle_dispute(request.actor, dispute_id, upheld=upheld, reason=reason)
    messages.success(request, _("已答复。"))
    return redirect("voting:papers", vote_id)
