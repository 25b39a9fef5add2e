"""物业合同到期日历: when the contracts run out, and the form that enters one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation

from ..forms.contracts import ContractForm
from ..queries.contracts import contracts_page
from ..queries.register import any_area
from ..services.contracts import set_contract


@never_cache
@login_required
@require_GET
def contracts(request: HttpRequest) -> HttpResponse:
    """The calendar of this office's estates."""
    return render(request, "voting/contracts.html", {"rows": contracts_page(request.actor)})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def contract(request: HttpRequest, area_id: int) -> HttpResponse:
    """Enter the running contract of an estate."""
    area = any_area(area_id)
    if not has_perm("voting.set_contract", request.actor, area):
        raise NotAllowed("voting.set_contract")
    form = ContractForm(request.POST or None, label_suffix="")
    page = {"area": area, "form": form}
    if request.method == "GET" or not form.is_valid():
        return render(request, "voting/contract.html", page, status=200 if request.method == "GET" else 422)
    try:
        set_contract(request.actor, area_id, **form.cleaned_data)
    except RuleViolation as refused:
        return render(request, "voting/contract.html", page | {"refusal": refused}, status=409)
    messages.success(request, _("已记下，到时候会提醒业委会、居委会和街道。"))
    return redirect("voting:contracts")
