"""办理事项 of an owners' decision: what is done, by whom, by when."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.outcomes.queries import items_of

from ..forms.promises import PlanItemForm
from ..models import Decision
from ..queries.deciding import decision_of
from ..services.promises import against_planning, plan_item


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, vote_id: int) -> HttpResponse:
    """What is to be done so far, and the form for one more."""
    decision = decision_of(request.actor, vote_id)
    if not has_perm("voting.plan_item", request.actor, decision):
        raise NotAllowed("voting.plan_item")
    form = PlanItemForm(request.POST or None, decision=decision, label_suffix="")
    if request.method == "GET" or not form.is_valid():
        return _page(request, decision, form, status=200 if request.method == "GET" else 422)
    try:
        plan_item(request.actor, decision.pk, **form.cleaned_data)
    except RuleViolation as refused:
        return _page(request, decision, form, refused, 409)
    messages.success(request, _("已写上，业主在结果页能看到。"))
    return redirect("voting:plan", vote_id)


def _page(
    request: HttpRequest,
    decision: Decision,
    form: PlanItemForm,
    refused: RuleViolation | None = None,
    status: int = 200,
) -> HttpResponse:
    items, closed = items_of(request.actor, decision.vote.matter), against_planning(decision)
    context = {"vote": decision.vote, "form": form, "items": items, "closed": closed, "refusal": refused}
    return render(request, "voting/plan.html", context, status=status)
