"""Pages of an owners' result: what came out, and the count itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from xieshang.lib.addresses import whole_address
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.outcomes.queries import items_of, notice_page

from .. import queries, services
from ..forms import CountForm
from ..models import Vote
from ..queries.deciding import witness_of
from ..queries.official import official_document


@require_GET
def owners_result(request: HttpRequest, vote_id: int) -> HttpResponse:
    """The result of an owners' vote, once it may be seen."""
    vote = queries.visible_vote(request.actor, vote_id)
    result = queries.owners_result(request.actor, vote)
    if result is None:
        raise Http404
    short = whole_address("matters:short", vote.matter_id)
    context: dict[str, object] = {"vote": vote, "result": result, "short_url": short}
    context["items"] = items_of(request.actor, vote.matter)
    context["may_plan"] = vote.of_id is None and has_perm("voting.plan_item", request.actor, vote)
    context["annulled"] = queries.annulment_of(result.decision)
    if result.decision.prelim_id and result.is_preliminary:
        context["page"] = notice_page(request.actor, result.decision.prelim_id)
    if result.official:
        document = official_document(request.actor, vote, int(str(result.official["document"])))
        context["may_open_sheet"] = document is not None
    return render(request, "voting/owners_result.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def count(request: HttpRequest, vote_id: int) -> HttpResponse:
    """The page of the tellers: what is still loose, then the count, then a recount with its reason."""
    vote = queries.visible_owners_vote(request.actor, vote_id)
    if not has_perm("voting.count", request.actor, vote):
        raise NotAllowed("voting.count")
    form = CountForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return _counting(request, vote, form)
    try:
        services.count_vote(request.actor, vote_id, reason=form.cleaned_data["reason"])
    except RuleViolation as refused:
        return _counting(request, vote, form, refused)
    return redirect("voting:owners_result", vote_id)


def _counting(request: HttpRequest, vote: Vote, form: CountForm, refused: RuleViolation | None = None) -> HttpResponse:
    page = queries.counting_page(vote)
    form.fields["reason"].required = page.is_recount
    context = {"vote": vote, "page": page, "form": form, "refusal": refused}
    return render(request, "voting/counting.html", context, status=409 if refused else 200)


@never_cache
@require_GET
def count_sheet(request: HttpRequest, vote_id: int) -> HttpResponse:
    """计票单: the figures of the last count to be printed and signed by hand."""
    vote = queries.visible_vote(request.actor, vote_id)
    result = queries.owners_result(request.actor, vote)
    if result is None or not has_perm("voting.count", request.actor, vote):
        raise Http404
    witness = witness_of(vote.decision)
    return render(request, "voting/count_sheet.html", {"vote": vote, "result": result, "witness": witness})
