"""The moderation desk, one post at a time, and the public count of its decisions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xieshang.lib.paging import number_in
from xieshang.lib.refusals import NotAllowed, RuleViolation

from .. import services
from ..forms import RulingForm
from ..queries import case_at, rulings_by_month
from ..queries.desk import may_moderate
from ..rules import NO_RULE_AGAINST_CRITICISM, RULES, RulingKind
from .common import quiet


@require_GET
@login_required
def review(request: HttpRequest) -> HttpResponse:
    """The oldest post that waits for this office, or the one asked for."""
    return _desk(request, at=request.GET.get("at", ""))


def _desk(
    request: HttpRequest, *, at: str, form: RulingForm | None = None, refusal: RuleViolation | None = None
) -> HttpResponse:
    if not may_moderate(request.actor):
        raise NotAllowed("review", _("审核由居委会和社区党组织的工作人员办。请先在页首换成您的单位身份。"))
    case = case_at(request.actor, at=at, after=request.GET.get("after", ""))
    rules = [(rule.value, RULES[rule]) for rule in RULES]
    context = {"case": case, "rules": rules, "form": form, "refusal": refusal, "fairness": _(NO_RULE_AGAINST_CRITICISM)}
    return quiet(request, "discussion/review.html", context, 409 if refusal else 422 if form else 200)


@require_POST
@login_required
def rule(request: HttpRequest, post_id: int) -> HttpResponse:
    """Decide about one post, then go on to the next."""
    form = RulingForm(request.POST)
    if not form.is_valid():
        return _desk(request, at=str(post_id), form=form)
    try:
        _decide(request, post_id, form)
    except RuleViolation as refused:
        return _desk(request, at=str(post_id), form=form, refusal=refused)
    messages.success(request, _("记下了，也告诉了作者。"))
    return redirect(f"{reverse('discussion:review')}?after={post_id}")


def _decide(request: HttpRequest, post_id: int, form: RulingForm) -> None:
    verdict, words = form.cleaned_data["verdict"], form.cleaned_data
    if verdict == "approve":
        services.approve(request.actor, post_id)
        return
    if verdict == "hide":
        services.hide(request.actor, post_id, rule=words["rule"], reason=words["reason"])
        return
    appeal_id = number_in(request.POST.get("appeal", "")) or 0
    services.decide_appeal(request.actor, appeal_id, verdict=RulingKind(verdict), reason=words["reason"])


@require_GET
def rulings(request: HttpRequest, community_id: int) -> HttpResponse:
    """How many posts were hidden by which rule, month by month; for everybody."""
    community, months = rulings_by_month(community_id)
    context = {"community": community, "rules": list(RULES.values()), "months": months}
    return render(request, "discussion/rulings.html", context)
