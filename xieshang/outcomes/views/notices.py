"""The notice for residents, for the board and as a file; boards and corrections for those who work on it."""

import io
from functools import partial

import segno
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xieshang.lib import paper
from xieshang.lib.acts import page, put
from xieshang.lib.addresses import whole_address
from xieshang.lib.clock import shown_today

from .. import queries, services
from ..forms import CorrectionForm, PostingForm


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What was published in the community of the header, newest first."""
    community = queries.community_for(request.actor, request.session.get("place"))
    found = queries.published_in(community, key=request.GET.get("after", "")) if community else None
    return render(request, "outcomes/list.html", {"page": found})


@require_GET
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """One notice, its days, what was objected and answered."""
    found = queries.notice_page(request.actor, notice_id)
    return render(request, "outcomes/notice.html", {"page": found, "pdf_is_possible": paper.pdf_is_possible()})


@require_GET
def version(request: HttpRequest, notice_id: int, version: int) -> HttpResponse:
    """A notice as it read before a correction."""
    found = queries.version_of(request.actor, notice_id, version)
    context = {"version": found, "notice": found.notice, "sheet": queries.version_sheet(found)}
    return render(request, "outcomes/version.html", context)


def _paper_context(request: HttpRequest, notice_id: int) -> dict[str, object]:
    found = queries.notice_page(request.actor, notice_id)
    return {"page": found, "notice": found.notice, "sheet": found.sheet, "svg": paper.code_of(found.short)}


@require_GET
def print_page(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The notice on A4, with its code and the lines for stamp and day of posting."""
    return render(request, "outcomes/print.html", _paper_context(request, notice_id))


@require_GET
def pdf(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The same A4 page as a file; where the machine cannot make one, the page to print."""
    context = _paper_context(request, notice_id)
    made = paper.pdf_of(render_to_string("outcomes/print.html", {**context, "is_file": True}))
    otherwise = reverse("outcomes:print", args=[notice_id])
    return paper.pdf_answer(request, made, name=f"notice-{notice_id}", otherwise=otherwise)


@require_GET
def short(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Lead from the short address on paper to the notice."""
    return redirect(queries.visible_notice(request.actor, notice_id))


@require_GET
def qr(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The short address as a QR picture."""
    found = queries.visible_notice(request.actor, notice_id)
    address = whole_address("outcomes:short", found.pk)
    out = io.BytesIO()
    segno.make(address, micro=False).save(out, kind="svg", scale=6, border=2, svgclass=None, lineclass=None)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@login_required
@require_http_methods(["GET", "POST"])
def boards(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Write down the boards on which a notice hangs, each with its dated photo."""
    services.require("outcomes.record_posting", request.actor, queries.visible_notice(request.actor, notice_id))
    form = PostingForm(request.POST or None, request.FILES or None, initial={"on": shown_today()})
    again = page(request, "outcomes/boards.html", page=queries.notice_page(request.actor, notice_id), form=form)
    write = partial(services.record_posting, request.actor, notice_id)
    return put(request, form, write, again, _("张贴已登记。")) or redirect("outcomes:boards", notice_id)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Publish a corrected version."""
    found = queries.visible_notice(request.actor, notice_id)
    services.require(f"outcomes.publish_{found.kind}", request.actor, found)
    form = CorrectionForm(request.POST or None, initial={"title": found.title, "body": found.source})
    again = page(request, "outcomes/correct.html", notice=found, form=form)
    return put(request, form, partial(services.correct, request.actor, notice_id), again) or redirect(found)
