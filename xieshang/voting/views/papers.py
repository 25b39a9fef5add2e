"""Doors of paper ballots: the desk, printing, taking in, reading, settling."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation

from .. import queries, services
from ..forms import ReadingForm, SerialForm, SerialsForm, StandsForm, WhyForm
from ..models import PaperBallot, Vote
from ..rules.paperwork import Stands


def _owners_vote(request: HttpRequest, vote_id: int, permission: str) -> Vote:
    """A vote of owners that this actor works on; others get a page that says so."""
    vote = queries.visible_owners_vote(request.actor, vote_id)
    if not has_perm(permission, request.actor, vote):
        raise NotAllowed(permission)
    return vote


@never_cache
@require_GET
def papers(request: HttpRequest, vote_id: int) -> HttpResponse:
    """The desk of what is handed in beside the phone: deliveries, papers, proxies, the door, conflicts, disputes."""
    return _desk(request, _owners_vote(request, vote_id, "voting.record_delivery"))


def _desk(request: HttpRequest, vote: Vote, refused: RuleViolation | None = None) -> HttpResponse:
    context = {"vote": vote, "desk": queries.hand_desk(request.actor, vote), "refusal": refused}
    return render(request, "voting/papers.html", context, status=409 if refused else 200)


@require_POST
def issue_papers(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Give everybody who has none a ballot to print."""
    vote = _owners_vote(request, vote_id, "voting.issue_papers")
    try:
        made = services.issue_papers(request.actor, vote_id)
    except RuleViolation as refused:
        return _desk(request, vote, refused)
    messages.success(request, _("编好了%s张纸质票，可以按楼打印。") % made)
    return redirect("voting:papers", vote_id)


@never_cache
@require_GET
def print_papers(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Letters and ballots of one building on A4, for the browser's own printing."""
    vote = _owners_vote(request, vote_id, "voting.issue_papers")
    building = request.GET.get("building", "")
    context = {
        "vote": vote,
        "sheets": queries.sheets_to_print(vote, building, services.letter_code),
        "building": building,
    }
    return render(request, "voting/papers_print.html", context | queries.print_facts(vote))


@never_cache
@require_http_methods(["GET", "POST"])
def receive_paper(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Take in one paper by its serial: typed, or brought here by the phone's camera."""
    vote = _owners_vote(request, vote_id, "voting.receive_paper")
    if request.method == "GET":
        serial = request.GET.get("serial", "")
        return _receiving(request, vote, SerialForm(initial={"serial": queries.tidy_serial(serial)}))
    form = SerialForm(request.POST, request.FILES)
    if not form.is_valid():
        return _receiving(request, vote, form, status=422)
    try:
        paper = services.receive_paper(request.actor, vote_id, **form.cleaned_data)
    except RuleViolation as refused:
        return _receiving(request, vote, form, refused, status=409)
    messages.success(request, _("编号%s已收下，请原样放进票箱，不要看票面。") % paper.serial)
    return redirect("voting:receive_paper", vote_id)


def _receiving(
    request: HttpRequest, vote: Vote, form: SerialForm, refused: RuleViolation | None = None, status: int = 200
) -> HttpResponse:
    known = queries.paper_by_serial(vote, str(form["serial"].value() or "")) if not refused else None
    context = {"vote": vote, "form": form, "known": known, "refusal": refused, "desk": True}
    return render(request, "voting/receive.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def receive_list(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Take in several papers of a building from a list; each is answered by itself."""
    vote = _owners_vote(request, vote_id, "voting.receive_paper")
    building = request.GET.get("building", "")
    answers = []
    if request.method == "POST":
        form = SerialsForm(request.POST)
        form.is_valid()
        answers = [_taken_in(request, vote, serial) for serial in form.cleaned_data.get("serial", [])]
    papers_out = queries.papers_out(vote, building)
    context = {"vote": vote, "building": building, "rows": papers_out, "answers": answers}
    return render(request, "voting/receive_list.html", context | {"buildings": queries.buildings_voting(vote)})


def _taken_in(request: HttpRequest, vote: Vote, serial: str) -> dict[str, object]:
    try:
        paper = services.receive_paper(request.actor, vote.pk, serial=serial)
    except RuleViolation as refused:
        return {"serial": serial, "ok": False, "words": refused.refusal.sentence}
    return {"serial": paper.serial, "ok": True, "words": _("已收下")}


@require_POST
def reissue_paper(request: HttpRequest, vote_id: int, paper_id: int) -> HttpResponse:
    """A ballot lost or spoilt: a new serial instead."""
    vote = _owners_vote(request, vote_id, "voting.issue_papers")
    form = WhyForm(request.POST)
    form.is_valid()
    try:
        fresh = services.reissue_paper(request.actor, paper_id, reason=form.cleaned_data.get("reason", ""))
    except RuleViolation as refused:
        return _desk(request, vote, refused)
    messages.success(request, _("旧票已作废，新票编号%s，请打印后交给业主。") % fresh.serial)
    return redirect("voting:receive_list", vote_id)


@never_cache
@require_GET
def keying(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Papers that this person may read next."""
    vote = _owners_vote(request, vote_id, "voting.key_paper")
    may_scan = has_perm("voting.settle_conflict", request.actor, vote)
    context = {"vote": vote, "rows": queries.papers_to_key(request.actor, vote), "may_scan": may_scan}
    return render(request, "voting/keying.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def key_paper(request: HttpRequest, vote_id: int, paper_id: int) -> HttpResponse:
    """Write down what stands on one paper, blind of what the other reader wrote; then the next one."""
    vote = _owners_vote(request, vote_id, "voting.key_paper")
    paper = queries.paper_at(vote, paper_id)
    if request.method == "GET":
        return _reading(request, vote, paper)
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return _reading(request, vote, paper, form)
    try:
        options, unreadable = form.cleaned_data["option"], form.cleaned_data["unreadable"]
        services.key_paper(request.actor, paper_id, option_ids=options, unreadable=unreadable)
    except RuleViolation as refused:
        return _reading(request, vote, paper, form, refused)
    waiting = queries.papers_to_key(request.actor, vote)
    return redirect("voting:key_paper", vote_id, waiting[0].id) if waiting else redirect("voting:keying", vote_id)


def _reading(
    request: HttpRequest,
    vote: Vote,
    paper: PaperBallot,
    form: ReadingForm | None = None,
    refused: RuleViolation | None = None,
) -> HttpResponse:
    ticked = form.cleaned_data.get("option", []) if form else []
    context = {"vote": vote, "paper": paper, "form": form, "refusal": refused, "ticked": ticked}
    context["done"] = queries.keyed_by(request.actor, paper)
    status = 409 if refused else 422 if form else 200
    return render(request, "voting/key_paper.html", context, status=status)


@require_POST
def settle_conflict(request: HttpRequest, vote_id: int, conflict_id: int) -> HttpResponse:
    """Say what stands; the second person who says the same settles it."""
    vote = _owners_vote(request, vote_id, "voting.settle_conflict")
    form = StandsForm(request.POST)
    if not form.is_valid():
        return redirect("voting:papers", vote_id)
    try:
        found = services.settle_conflict(request.actor, conflict_id, stands=Stands(form.cleaned_data["stands"]))
    except RuleViolation as refused:
        return _desk(request, vote, refused)
    done = _("两个人都确认了，已定下来。") if found.settled_at else _("已记下，还要另一个人确认。")
    messages.success(request, done)
    return redirect("voting:papers", vote_id)
