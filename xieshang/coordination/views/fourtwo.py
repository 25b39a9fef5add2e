"""四议两公开: the list, beginning one, the page of the whole way with the step in hand."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.acts import make, page, put
from xieshang.lib.fields import PlainForm
from xieshang.lib.paper import pdf_is_possible
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.matters.queries import named
from xieshang.voting.queries import community_for

from ..forms import fourtwo as f
from ..models import FourTwo
from ..queries import fourtwo as queries
from ..rules.fourtwo import value
from ..services import fourtwo as services


@never_cache
@require_GET
def fourtwos(request: HttpRequest) -> HttpResponse:
    """The procedures of the community of the header, newest first."""
    community = community_for(request.actor, request.session.get("place"))
    found = queries.fourtwos_page(request.actor, community or 0, request.GET.get("after", ""))
    path = request.actor.office.place_path if request.actor.office else ""
    may = has_perm("coordination.begin_fourtwo", request.actor, path)
    return render(request, "coordination/fourtwos.html", {"page": found, "may_begin": may})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def begin_fourtwo(request: HttpRequest) -> HttpResponse:
    """Begin one for the place of the office, by itself or out of a topic (`?of=`)."""
    office = request.actor.office
    if office is None or not has_perm("coordination.begin_fourtwo", request.actor, office.place_path):
        raise NotAllowed("coordination.begin_fourtwo", str(_("四议两公开由党组织、村委会、居委会发起。")))
    about = named(request.actor, request.GET.get("of", ""))
    sent = request.POST if request.method == "POST" else None
    form = f.BeginForm(sent, initial={"title": about.title if about else ""})
    again = page(request, "coordination/begin_fourtwo.html", form=form, about=about)

    def onward(begun: FourTwo) -> HttpResponse:
        messages.success(request, _("发起了，先由党支部提议。"))
        return redirect(begun)

    begin = partial(services.begin, request.actor, office.body.place, of_matter=about)
    return make(request, form, begin, again, onward)


@never_cache
@require_GET
def fourtwo(request: HttpRequest, flow_id: int) -> HttpResponse:
    """The whole way of one."""
    return _show(request, queries.visible_flow(request.actor, flow_id))


def _show(request: HttpRequest, flow: FourTwo, status: int = 200, **more: Any) -> HttpResponse:
    found = queries.fourtwo_page(request.actor, flow)
    shown = {act: form_for(act, found) for act in VERBS if found.may.get(act)}
    opened = more.pop("act", "") or _in_hand(found)
    context = {"page": found, "flow": flow, "forms": shown | more.pop("bound", {}), "opened": opened, **more}
    context["pdf_is_possible"] = pdf_is_possible()
    return render(request, "coordination/fourtwo.html", context, status=status)


def _in_hand(found: queries.FourTwoPage) -> str:
    """The act by which it goes on, where it is this reader's turn: its form stands open."""
    if found.may.get("draft") and not queries.drafted(found.flow):
        return "draft"
    return next((act for act in ("record", "publish") if found.may.get(act)), "")


SHAPES: dict[str, type[PlainForm]] = {
    "redraft": f.DraftForm,
    "draft": f.NoticeForm,
    "publish": f.PublishForm,
    "start": PlainForm,
    "account": f.AccountForm,
    "check": f.CheckForm,
    "result": f.ResultForm,
    "withdraw": f.ReasonForm,
}
# What each act is called, and what is said when it is done; the fields of its form are the verb's keywords.
VERBS: dict[str, tuple[Callable[..., object], str | Promise]] = {
    "record": (services.record_meeting, _("会议已记下，页面上写着结果和下一步。")),
    "redraft": (services.redraft, _("方案已保存。")),
    "draft": (services.draft_resolution, _("决议公告已写好，请书记签发。")),
    "publish": (services.publish_resolution, _("决议已公开，请到公告栏张贴并拍照登记。")),
    "items": (services.set_item, _("要办的事已记下。")),
    "start": (services.start, _("开始实施。")),
    "account": (services.enter_account, _("收支已填报，请监督委员会审核。")),
    "check": (services.check, _("审核意见已记下。")),
    "result": (services.publish_result, _("结果已公开，六步走完了。")),
    "withdraw": (services.withdraw, _("已撤回。")),
}


def form_for(act: str, page: queries.FourTwoPage, *sent: Any) -> forms.Form:
    """The form of an act on this page: with its first values, or with what was sent."""
    if act == "record":
        if page.stage is None or page.stage not in f.MEETING_FORMS:
            raise Http404
        return f.MEETING_FORMS[page.stage](*sent, flow=page.flow, meetings=page.meetings)
    if act == "items":
        return f.PromiseForm(*sent, bodies=list(page.flow.matter.community.bodies.order_by("pk")))
    return SHAPES[act](*sent, initial={} if sent else _first_values(act, page))


def _first_values(act: str, page: queries.FourTwoPage) -> dict[str, object]:
    if act == "redraft":
        return {"text": page.draft.text if page.draft else ""}
    if act == "publish":
        return {"days": value(page.flow.values, "publicity_days")}
    if act != "draft":
        return {}
    draft = queries.drafted(page.flow)
    title, body = (draft.title, draft.source) if draft else queries.resolution_words(page.flow)
    return {"title": title, "body": body, "boards": "\n".join(draft.boards if draft else queries.boards_of(page.flow))}


@login_required
@require_POST
def act_on_fourtwo(request: HttpRequest, flow_id: int, act: str) -> HttpResponse:
    """Do one thing on the page; what was typed stays when it could not be done."""
    if act not in VERBS:
        raise Http404
    flow = queries.visible_flow(request.actor, flow_id)
    found = queries.fourtwo_page(request.actor, flow)
    if act == "record" and request.POST.get("asked", found.stage) != found.stage:
        messages.info(request, _("这一步的会议已经记下了，没有再记一遍。"))
        return redirect("coordination:fourtwo", flow_id)
    form = form_for(act, found, request.POST, request.FILES)
    verb, done = VERBS[act]

    def write(**words: object) -> object:
        given = {"held": form.held(), "asked": found.stage} if isinstance(form, f.MeetingForm) else words
        return verb(request.actor, flow_id, **given)

    again = partial(_show, request, flow, bound={act: form}, form=form, act=act)
    return put(request, form, write, again, done) or redirect("coordination:fourtwo", flow_id)
