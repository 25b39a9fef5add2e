"""The page on which a scanned stack of ballots is split, and each paper's own scan."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.sending import guarded

from .. import queries
from ..forms.stacks import StackForm
from ..models import Vote
from ..queries.stacks import scanned, scanned_page
from ..services.stacks import Taken, take_stack


@never_cache
@require_http_methods(["GET", "POST"])
def stack(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Send a stack; what is wrong with it comes back page by page, and then nothing was kept."""
    vote = queries.visible_owners_vote(request.actor, vote_id)
    if not has_perm("voting.settle_conflict", request.actor, vote):
        raise NotAllowed("voting.settle_conflict")
    if request.method == "GET":
        return _page(request, vote, StackForm())
    form = StackForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, vote, form, status=422)
    try:
        taken = _taken(request, vote_id, form)
    except RuleViolation as refused:
        return _page(request, vote, form, status=409, refusal=refused)
    if not taken.found.is_right:
        more = {"found": taken.found, "kept": taken.kept, "typed": form.typed, "left_out": form.left_out}
        return _page(request, vote, form, status=409, **more)
    messages.success(request, _("%s张票都对上了编号，录票时可以在屏幕上看。") % len(taken.found.placed))
    return redirect("voting:keying", vote_id)


def _taken(request: HttpRequest, vote_id: int, form: StackForm) -> Taken:
    """A new stack, or the one that waits with what was written about its pages."""
    files, kept = form.cleaned_data["stack"], form.cleaned_data["kept"]
    if files:
        # What was written about the pages of another stack says nothing of this one.
        return take_stack(request.actor, vote_id, files, {} if kept else form.typed)
    return take_stack(request.actor, vote_id, [], form.typed, kept=kept, left_out=form.left_out)


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
