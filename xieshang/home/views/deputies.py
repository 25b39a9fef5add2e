"""交接与代理: what waits, and who stands in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xieshang.community.queries import DeputyPage, deputy_page, office_of_deputy
from xieshang.community.services import end_deputy as end
from xieshang.community.services import name_deputy
from xieshang.lib.refusals import RuleViolation

from ..forms import DeputyForm
from ..queries import waiting_for


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def deputy(request: HttpRequest, office_id: int | None = None) -> HttpResponse:
    """Who stands in for an office, and the form that names somebody."""
    page = deputy_page(request.actor, office_id)
    form = DeputyForm(request.POST or None, colleagues=page.colleagues)
    if request.method == "GET" or not form.is_valid():
        return _page(request, page, form, 200 if request.method == "GET" else 422)
    try:
        name_deputy(request.actor, page.office.pk, **form.cleaned_data)
    except RuleViolation as refused:
        return _page(request, page, form, 409, refusal=refused)
    messages.success(request, _("已安排，双方都收到了消息。"))
    return redirect("home:deputy_of", page.office.pk)


def _page(request: HttpRequest, page: DeputyPage, form: DeputyForm, status: int, **more: object) -> HttpResponse:
    """What waits is handed over with it, where the office is one's own."""
    office = request.actor.office
    items = waiting_for(request.actor) if office and office.id == page.office.pk else []
    return render(request, "home/deputy.html", {"page": page, "form": form, "items": items, **more}, status=status)


@login_required
@require_POST
def end_deputy(request: HttpRequest, deputy_id: int) -> HttpResponse:
    """Let a deputyship end today's morning."""
    office = office_of_deputy(deputy_id)
    try:
        end(request.actor, deputy_id)
    except RuleViolation as refused:
        messages.error(request, refused.refusal.sentence)
    else:
        messages.success(request, _("代理已结束。"))
    return redirect("home:deputy_of", office)
