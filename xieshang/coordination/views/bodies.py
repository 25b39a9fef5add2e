"""受指导的组织: the register, one body, and the lines that are written into it."""

from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xieshang.lib.acts import Act, chosen, put
from xieshang.lib.sending import guarded

from ..forms import bodies as f
from ..queries import bodies as queries
from ..services import bodies as services


@never_cache
@login_required
@require_GET
def guided_bodies(request: HttpRequest) -> HttpResponse:
    """The bodies in the place of this office, community by community."""
    page = queries.bodies_page(request.actor, request.GET.get("after", ""))
    return render(request, "coordination/bodies.html", {"page": page})


@never_cache
@login_required
@require_GET
def guided_body(request: HttpRequest, body_id: int) -> HttpResponse:
    """One body with everything kept of it."""
    return _page(request, body_id)


def _page(request: HttpRequest, body_id: int, status: int = 200, **more: object) -> HttpResponse:
    page = queries.body_page(request.actor, body_id)
    shown: dict[str, object] = {
        "page": page,
        "term": f.TermForm(),
        "hand_over": f.HandOverForm(),
        "paper": f.PaperForm(),
        "recusal": f.RecusalForm(offices=page.offices),
    }
    return render(request, "coordination/body.html", shown | more, status=status)


@never_cache
@login_required
@require_GET
def scan(request: HttpRequest, paper_id: int) -> FileResponse:
    """The scan of a filed paper, for those who read the page of its body."""
    paper = queries.visible_paper(request.actor, paper_id)
    return guarded(paper.scan, is_photo=paper.scan_is_photo)


# What can be written down.
KEPT: dict[str, Act[forms.Form]] = {
    "term": Act(f.TermForm, services.enter_term, _("任期已登记，到时候会提醒。")),
    "hand_over": Act(f.HandOverForm, services.hand_over_latest, _("交接已登记。")),
    "paper": Act(f.PaperForm, services.file_paper, _("材料已登记。")),
    "scan": Act(f.ScanForm, services.add_scan, _("扫描件已存好。")),
    "recusal": Act(f.RecusalForm, services.recuse, _("回避已登记。")),
}


@login_required
@require_POST
def keep_body(request: HttpRequest, body_id: int, what: str) -> HttpResponse:
    """Write down a term, a handover, a paper or a recusal."""
    act = chosen(KEPT, what)
    more: dict[str, Any] = {"offices": queries.body_page(request.actor, body_id).offices} if what == "recusal" else {}
    form = act.form(request.POST, request.FILES, **more)
    typed: dict[str, Any] = {"form": form, "opened": what, what: form}
    again = partial(_page, request, body_id, **typed)
    write = partial(act.verb, request.actor, body_id)
    return put(request, form, write, again, act.done) or redirect("coordination:guided_body", body_id)
