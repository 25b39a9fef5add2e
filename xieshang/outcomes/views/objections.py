"""Objecting, answering, and the street's second look."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xieshang.lib.acts import page, put
from xieshang.lib.refusals import NotAllowed

from .. import queries, services
from ..forms import AnswerForm, AppealAnswerForm, AppealForm, ObjectionForm


@login_required
@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Object to a notice; what was typed stays when it cannot be taken."""
    form = ObjectionForm(request.POST or None)
    found = queries.notice_page(request.actor, notice_id)
    again = page(request, "outcomes/object.html", page=found, notice=found.notice, form=form)
    done = _("异议已收到，答复以后会通知您，也会公开。")
    write = partial(services.object_to, request.actor, notice_id)
    return put(request, form, write, again, done) or redirect(f"{found.notice.get_absolute_url()}#objections")


@login_required
@require_http_methods(["GET", "POST"])
def objections(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The committee answers one objection, or several with the same grounds together; the street its appeals."""
    notice, rows, may = queries.objection_desk(request.actor, notice_id)
    if not any(may.values()):
        raise NotAllowed("outcomes.answer_objections")
    waiting = [row for row in rows if row["waits"]]
    ids = [int(str(row["id"])) for row in waiting]
    form = AnswerForm(request.POST or None, ids=ids, initial={"ids": [str(pk) for pk in ids] if len(ids) == 1 else []})
    shown: dict[str, object] = {"notice": notice, "rows": rows, "waiting": waiting, "may": may, "form": form}
    again = page(request, "outcomes/objections.html", **shown, appeal_form=AppealAnswerForm())
    done = _("已答复，答复已公开。")
    return put(request, form, partial(_answer, request), again, done) or redirect("outcomes:objections", notice_id)


def _answer(request: HttpRequest, *, ids: list[int], answer: str, sustained: bool) -> None:
    services.answer_objections(request.actor, ids, answer=answer, sustained=sustained)


@login_required
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Ask the street to look again at an answer to one's own objection."""
    notice, row = queries.objection_for(request.actor, objection_id)
    there = redirect(f"{notice.get_absolute_url()}#objections")
    if request.method == "GET" and not row["may_appeal"]:
        return there
    form = AppealForm(request.POST or None)
    again = page(request, "outcomes/appeal.html", notice=notice, row=row, form=form)
    write = partial(services.appeal_objection, request.actor, objection_id)
    return put(request, form, write, again, _("已请街道复核，有结果会通知您。")) or there


@login_required
@require_http_methods(["GET", "POST"])
def answer_appeal(request: HttpRequest, objection_id: int) -> HttpResponse:
    """The street's second look."""
    notice, row = queries.objection_for(request.actor, objection_id)
    services.require("outcomes.answer_appeal", request.actor, notice)
    form = AppealAnswerForm(request.POST or None)
    again = page(request, "outcomes/answer_appeal.html", notice=notice, row=row, form=form)
    write = partial(services.answer_appeal, request.actor, objection_id)
    return put(request, form, write, again, _("复核结论已公开。")) or redirect("outcomes:objections", notice.pk)
