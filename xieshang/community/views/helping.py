"""Doors for acting for a neighbour."""

import time

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.lib.refusals import RuleViolation

from .. import services
from ..forms import HelpForm
from ..rules import HELPING_MINUTES
from .people import _person_page


@login_required
@require_POST
def start_helping(request: HttpRequest, person_id: int) -> HttpResponse:
    """Act for this neighbour from now on, for half an hour at most."""
    form = HelpForm(request.POST)
    if not form.is_valid():
        return _person_page(request, person_id, form=form)
    try:
        helping = services.help_neighbour(request.actor, person_id, consent=form.cleaned_data["consent"])
    except RuleViolation as refused:
        return _person_page(request, person_id, form=form, refusal=refused)
    request.session["helping"] = {
        "person": helping.person_id,
        "office": request.actor.office.id if request.actor.office else None,
        "consent": helping.consent,
        "until": time.time() + HELPING_MINUTES * 60,
    }
    messages.success(request, _("现在起，您做的每一步都记在这位居民名下，并写明由您代办。"))
    return redirect("/")


@login_required
@require_POST
def stop_helping(request: HttpRequest) -> HttpResponse:
    """Act for oneself again."""
    services.stop_helping(request.actor)
    request.session.pop("helping", None)
    messages.success(request, _("代办已结束，现在是您自己。"))
    return redirect("community:people")
