"""The page on which a scanned stack of ballots is split, and each paper's own scan."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from xieshang.lib.longwork import Work
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.sending import guarded

from .. import queries
from ..forms.stacks import Mended, StackForm
from ..models import Vote
from ..queries.stacks import scanned, scanned_page
from ..services.stacks import read_stack, reading_of, sort_read, take_stack


@never_cache
@require_http_methods(["GET", "POST"])
def stack(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Send a stack; it is read on a page of its own."""
    vote = _counted(request, vote_id)
    if request.method == "GET":
        return _page(request, vote, StackForm())
    form = StackForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, vote, form, status=422)
    try:
        key = read_stack(request.actor, vote_id, form.cleaned_data["stack"])
    except RuleViolation as refused:
        return _page(request, vote, form, status=409, refusal=refused)
    return redirect("voting:stack_read", vote_id, key)


@never_cache
@require_http_methods(["GET", "POST"])
def stack_read(request: HttpRequest, vote_id: int, key: str) -> HttpResponse:
    """How far it is read, then every page that is not right, and keeping them all."""
    vote = _counted(request, vote_id)
    try:
        work = reading_of(request.actor, vote_id, key)
        if request.htmx and work.is_over:
            return HttpResponseClientRefresh()
        if request.method == "GET" or not work.is_over:
            return _reading(request, vote, work)
        return _kept(request, vote, key)
    except RuleViolation as refused:
        return HttpResponseClientRefresh() if request.htmx else _gone(request, vote, refused)


def _gone(request: HttpRequest, vote: Vote, refused: RuleViolation) -> HttpResponse:
    return _page(request, vote, StackForm(), status=409, refusal=refused)


def _counted(request: HttpRequest, vote_id: int) -> Vote:
    vote = queries.visible_owners_vote(request.actor, vote_id)
    if not has_perm("voting.settle_conflict", request.actor, vote):
        raise NotAllowed("voting.settle_conflict")
    return vote


def _reading(request: HttpRequest, vote: Vote, work: Work) -> HttpResponse:
    found = sort_read(request.actor, vote.pk, work.result) if isinstance(work.result, list) else None
    return render(request, "voting/stack_read.html", {"vote": vote, "work": work, "found": found})


def _kept(request: HttpRequest, vote: Vote, key: str) -> HttpResponse:
    mended = Mended(request.POST)
    found = take_stack(request.actor, vote.pk, key, mended.typed, left_out=mended.left_out)
    if found.is_right:
        messages.success(request, _("%s张票都对上了编号，录票时可以在屏幕上看。") % len(found.placed))
        return redirect("voting:keying", vote.pk)
    context = {"vote": vote, "found": found, "typed": mended.typed, "left_out": mended.left_out, "was_tried": True}
    return render(request, "voting/stack_read.html", context, status=409)


def _page(request: HttpRequest, vote: Vote, form: StackForm, *, status: int = 200, **more: object) -> HttpResponse:
    done, whole = scanned(vote)
    context = {"vote": vote, "form": form, "done": done, "whole": whole} | more
    return render(request, "voting/stack.html", context, status=status)


@never_cache
@require_GET
def scan(request: HttpRequest, vote_id: int, paper_id: int) -> FileResponse:
    """The scan of one paper, for those who read it."""
    vote = queries.visible_owners_vote(request.actor, vote_id)
    file = scanned_page(request.actor, vote, paper_id)
    if file is None:
        raise Http404
    return guarded(file.file, is_photo=file.is_photo)
