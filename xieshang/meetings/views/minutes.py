"""Doors of minutes: reading, writing, signing, printing."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib import paper
from xieshang.lib.acts import do, put
from xieshang.lib.acts import page as written_page
from xieshang.lib.refusals import NotAllowed, Refused
from xieshang.lib.sending import guarded

from .. import services
from ..forms.minutes import AddendumForm, MinutesForm, RefuseForm, ScopeForm, SheetForm, SignForm
from ..queries.minutes import minutes_page
from ..rules.minutes import SIGNED_ALREADY

STEPS: dict[str, Callable[..., object]] = {
    "send": services.send_minutes,
    "take-back": services.take_back_minutes,
    "redraw": services.redraw_minutes,
    "conclude": services.conclude_minutes,
}


@require_GET
def minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The minutes of a meeting, and what this reader may do with them."""
    return _page(request, meeting_id)


def _page(
    request: HttpRequest,
    meeting_id: int,
    *,
    refusal: Refused | None = None,
    status: int = 200,
    **forms: object,
) -> HttpResponse:
    page = minutes_page(request.actor, meeting_id)
    context = {"page": page, "minutes": page.minutes, "meeting": page.meeting, "held": page.minutes.held}
    more = {"refusal": refusal, "pdf_is_possible": paper.pdf_is_possible(), **_empty_forms(), **forms}
    return render(request, "meetings/minutes.html", context | more, status=status)


def _empty_forms() -> dict[str, object]:
    return {
        "refuse_form": RefuseForm(),
        "sheet_form": SheetForm(),
        "scope_form": ScopeForm(),
        "addendum_form": AddendumForm(),
    }


def _tried(
    request: HttpRequest, meeting_id: int, verb: Callable[[], object], done: str = "", **forms: Any
) -> HttpResponse:
    """Do it and say so, or show the page with the reason and what was typed."""
    again = partial(_page, request, meeting_id, **forms)
    return do(request, verb, again, done) or redirect("meetings:minutes", meeting_id)


@login_required
@require_http_methods(["GET", "POST"])
def edit_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Write the words of a draft."""
    page = minutes_page(request.actor, meeting_id)
    if not page.keeps:
        raise NotAllowed("meetings.edit_minutes")
    if request.method == "GET" and not page.is_draft:
        # An old address, or the back button: what is laid before the sides is read, not written.
        return redirect("meetings:minutes", meeting_id)
    form = MinutesForm(request.POST or None, minutes=page.minutes)
    context = {"page": page, "minutes": page.minutes, "meeting": page.meeting, "form": form}
    again = written_page(request, "meetings/minutes_edit.html", **context)

    def write(**_given: object) -> None:
        services.edit_minutes(request.actor, meeting_id, **form.words())

    return put(request, form, write, again, _("纪要已保存。")) or redirect("meetings:minutes", meeting_id)


@login_required
@require_POST
def step_minutes(request: HttpRequest, meeting_id: int, step: str) -> HttpResponse:
    """Lay before the sides, take back, draw anew, conclude."""
    if step not in STEPS:
        raise Http404
    return _tried(request, meeting_id, partial(STEPS[step], request.actor, meeting_id))


@login_required
@require_POST
def sign_minutes(request: HttpRequest, meeting_id: int, signature_id: int) -> HttpResponse:
    """Sign for one's side."""
    form = SignForm(request.POST)
    code = form.cleaned_data["code"] if form.is_valid() else ""
    verb = partial(services.sign_minutes, request.actor, signature_id, code=code)
    there = redirect("meetings:minutes", meeting_id)

    def again(status: int, refusal: Refused) -> HttpResponse:
        if refusal.refusal != SIGNED_ALREADY:
            return _page(request, meeting_id, refusal=refusal, status=status)
        # Pressed twice: nothing went wrong.
        messages.info(request, refusal.refusal.sentence)
        return there

    return do(request, verb, again, _("签好了。")) or there


@login_required
@require_POST
def refuse_minutes(request: HttpRequest, meeting_id: int, signature_id: int) -> HttpResponse:
    """Say why one's side does not sign."""
    form = RefuseForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    verb = partial(services.refuse_minutes, request.actor, signature_id, reason=reason)
    return _tried(request, meeting_id, verb, _("记下了，理由写进纪要。"), refuse_form=form)


@login_required
@require_POST
def sign_on_paper(request: HttpRequest, meeting_id: int, signature_id: int) -> HttpResponse:
    """Enter a signature on the printed sheet."""
    form = SheetForm(request.POST, request.FILES)
    sheet = form.cleaned_data["sheet"] if form.is_valid() else None
    verb = partial(services.sign_on_paper, request.actor, signature_id, sheet=sheet)
    return _tried(request, meeting_id, verb, _("登记好了。"), sheet_form=form)


@login_required
@require_GET
def signed_sheet(request: HttpRequest, meeting_id: int, signature_id: int) -> FileResponse:
    """The photo of a signed sheet, for whoever keeps the meeting."""
    page = minutes_page(request.actor, meeting_id)
    found = next((one.row.sheet for one in page.signatures if one.row.pk == signature_id), None)
    if found is None or not page.keeps:
        raise Http404
    return guarded(found.file, is_photo=found.is_photo)


@login_required
@require_POST
def publish_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Publish in the chosen scope."""
    form = ScopeForm(request.POST)
    write = partial(services.publish_minutes, request.actor, meeting_id)
    again = partial(_page, request, meeting_id, scope_form=form)
    return put(request, form, write, again, _("公布了。")) or redirect("meetings:minutes", meeting_id)


@login_required
@require_POST
def add_to_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Add a correction."""
    form = AddendumForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    verb = partial(services.add_to_minutes, request.actor, meeting_id, text=text)
    return _tried(request, meeting_id, verb, _("补上了。"), addendum_form=form)


@require_GET
def print_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The minutes on A4, with lines for signature and stamp."""
    page = minutes_page(request.actor, meeting_id)
    return render(request, "meetings/minutes_print.html", {"page": page, "held": page.minutes.held})


@require_GET
def minutes_pdf(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The same as a file; where the machine cannot make one, the page to print."""
    page = minutes_page(request.actor, meeting_id)
    context = {"page": page, "held": page.minutes.held, "is_file": True}
    made = paper.pdf_of(render_to_string("meetings/minutes_print.html", context))
    otherwise = reverse("meetings:print_minutes", args=[meeting_id])
    return paper.pdf_answer(request, made, name=f"minutes-{meeting_id}", otherwise=otherwise)
