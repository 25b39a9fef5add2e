"""The page on which the result of the authorities' own platform is entered by one person and confirmed by another."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.sending import guarded

from .. import queries
from ..forms.official import OfficialForm
from ..models import Decision
from ..queries.deciding import decision_of
from ..queries.official import counts_silence, is_official, official_document, roll_words, waiting_sheet
from ..rules.deciding import State
from ..services import deciding


def _entering(request: HttpRequest, vote_id: int) -> Decision:
    """A decision counted by the official platform, for those who may enter its result."""
    decision = decision_of(request.actor, vote_id)
    if not has_perm("voting.enter_result", request.actor, decision):
        raise NotAllowed("voting.enter_result")
    if not is_official(decision):
        raise Http404
    return decision


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def official_result(request: HttpRequest, vote_id: int) -> HttpResponse:
    """Type in the sheet; what waits for the second person is shown with every row instead."""
    decision = _entering(request, vote_id)
    silence = counts_silence(decision)
    if request.method == "GET":
        return _page(request, decision, OfficialForm(decision=decision, counts_silence=silence))
    form = OfficialForm(request.POST, request.FILES, decision=decision, counts_silence=silence)
    if not form.is_valid():
        return _page(request, decision, form, status=422)
    try:
        deciding.enter_result(request.actor, decision.pk, *form.typed())
    except RuleViolation as refused:
        return _page(request, decision, form, refused, status=409)
    messages.success(request, _("已录入，等另一位对照结果单逐项核对、确认。"))
    return redirect("voting:work", vote_id)


def _page(
    request: HttpRequest,
    decision: Decision,
    form: OfficialForm,
    refused: RuleViolation | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"vote": decision.vote, "form": form, "refusal": refused, "roll": roll_words(decision.vote)}
    context |= {"waiting": waiting_sheet(request.actor, decision), "is_now": decision.state == State.COUNTING}
    return render(request, "voting/official_result.html", context, status=status)


@never_cache
@login_required
@require_GET
def official_sheet(request: HttpRequest, vote_id: int, attachment_id: int) -> FileResponse:
    """The platform's sheet, for those who count and, once published, the owners on the roll."""
    vote = queries.visible_owners_vote(request.actor, vote_id)
    file = official_document(request.actor, vote, attachment_id)
    if file is None:
        raise Http404
    return guarded(file.file, is_photo=file.is_photo)
