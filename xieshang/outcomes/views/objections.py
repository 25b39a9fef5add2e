"""Objecting, answering, and the street's second look."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xieshang.lib.refusals import NotAllowed

from .. import queries, services
from ..forms import AnswerForm, AppealAnswerForm, AppealForm, ObjectionForm
from .trying import attempt


@login_required
@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Object to a notice; what was typed stays when it cannot be taken."""
    form = ObjectionForm(request.POST or None)
    tried = attempt(form, partial(services.object_to, request.actor, notice_id))
    page = queries.notice_page(request.actor, notice_id)
    if tried.done:
        messages.success(request, _("异议已收到，答复以后会通知您，也会公开。"))
        return redirect(f"{page.notice.get_absolute_url()}#objections")
    context = {"page": page, "notice": page.notice, "form": form, "refusal": tried.refusal}
    return render(request, "outcomes/object.html", context, status=tried.status)


@login_required
@require_http_methods(["GET", "POST"])
def objections(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The committee answers one objection, or several with the same grounds together; the street its appeals."""
    notice, rows, may = queries.objection_desk(request.actor, notice_id)
    if not any(may.values()):
        raise NotAllowed("outcomes.answer_objections")
    waiting = [row for row in rows if row["waits"]]
    form = AnswerForm(request.POST or None, ids=[int(str(row["id"])) for row in waiting])
    tried = attempt(form, partial(_answer, request))
    if tried.done:
        messages.success(request, _("已答复，答复已公开。"))
        return redirect("outcomes:objections", notice_id)
    context = {"notice": notice, "rows": rows, "waiting": waiting, "may": may, "form": form, "refusal": tried.refusal}
    context["appeal_form"] = AppealAnswerForm()
    return render(request, "outcomes/objections.html", context, status=tried.status)


def _answer(request: HttpRequest, *, ids: list[int], answer: str, sustained: bool) -> None:
    services.answer_objections(request.actor, ids, answer=answer, sustained=sustained)


@login_required
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Ask the street to look again at an answer to one's own objection."""
    notice, row = queries.objection_for(request.actor, objection_id)
    if request.method == "GET" and not row["may_appeal"]:
        return redirect(f"{notice.get_absolute_url()}#objections")
    form = AppealForm(request.POST or None)
    tried = attempt(form, partial(services.appeal_objection, request.actor, objection_id))
    if tried.done:
        messages.success(request, _("已请街道复核，有结果会通知您。"))
        return redirect(f"{notice.get_absolute_url()}#objections")
    context = {"notice": notice, "row": row, "form": form, "refusal": tried.refusal}
    return render(request, "outcomes/appeal.html", context, status=tried.status)


@login_required
@require_http_methods(["GET", "POST"])
def answer_appeal(request: HttpRequest, objection_id: int) -> HttpResponse:
    """The street's second look."""
    notice, row = queries.objection_for(request.actor, objection_id)
    services.require("outcomes.answer_appeal", request.actor, notice)
    form = AppealAnswerForm(request.POST or None)
    tried = attempt(form, partial(services.answer_appeal, request.actor, objection_id))
    if tried.done:
        messages.success(request, _("复核结论已公开。"))
        return redirect("outcomes:objections", notice.pk)
    context = {"notice": notice, "row": row, "form": form, "refusal": tried.refusal}
    return render(request, "outcomes/answer_appeal.html", context, status=tried.status)
