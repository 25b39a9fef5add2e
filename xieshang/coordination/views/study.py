"""定期研究: the communities' studies, one study, and what is done to it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.acts import Act, chosen, make, page, put
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed

from ..forms import study as f
from ..models import Study
from ..queries import study as queries
from ..services import study as services


@never_cache
@login_required
@require_GET
def studies(request: HttpRequest) -> HttpResponse:
    """The communities of this office with their studies."""
    found = queries.studies_page(request.actor, request.GET.get("after", ""))
    return render(request, "coordination/studies.html", {"page": found})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def set_rhythm(request: HttpRequest, community_id: int) -> HttpResponse:
    """How often a community studies."""
    return _begin(request, community_id, f.RhythmForm, services.set_rhythm)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def call_study(request: HttpRequest, community_id: int) -> HttpResponse:
    """Call the study of a period."""
    return _begin(request, community_id, f.CallForm, services.call_study)


def _begin(
    request: HttpRequest, community_id: int, shape: type[forms.Form], verb: Callable[..., object]
) -> HttpResponse:
    community, calls = queries.visible_community(request.actor, community_id), shape is f.CallForm
    if not has_perm("coordination.call_study", request.actor, community.path):
        raise NotAllowed("coordination.call_study", str(_("定期研究由党组织来定、来开。")))
    form = shape(request.POST or None)
    again = page(request, "coordination/begin_study.html", community=community, form=form, calls=calls)

    def onward(made: object) -> HttpResponse:
        messages.success(request, _("议程已经汇总好，请看一看。") if calls else _("已定下，到时候会提醒。"))
        return redirect(made) if isinstance(made, Study) else redirect("coordination:studies")

    return make(request, form, partial(verb, request.actor, community_id), again, onward)


@never_cache
@login_required
@require_GET
def study(request: HttpRequest, study_id: int) -> HttpResponse:
    """One study with its table and its record."""
    return _page(request, study_id)


def _page(request: HttpRequest, study_id: int, status: int = 200, **more: object) -> HttpResponse:
    found = queries.study_page(request.actor, study_id)
    shown: dict[str, object] = {
        "page": found,
        "point": f.PointForm(),
        "record": f.RecordForm(initial={"present": found.present}),
        "call": f.MeetingForm(initial=found.first_hour),
        "decide": f.DecideForm(bodies=found.bodies),
        "help": f.HelpForm(),
    }
    return render(request, "coordination/study.html", shown | more, status=status)


# What is done to a study.
ACTS: dict[str, Act[forms.Form]] = {
    "gather": Act(f.Plain, services.gather_again, _("议程已补齐。")),
    "call": Act(f.MeetingForm, services.call_meeting, _("会已召集，通知已发出，可以签到。")),
    "point": Act(f.PointForm, services.add_point, _("已加进议程。")),
    "drop": Act(f.DropForm, services.drop_point, _("已从议程去掉。")),
    "record": Act(f.RecordForm, services.record_study, _("记录已归档。")),
    "decide": Act(f.DecideForm, services.decide, _("已交办，到期会提醒。")),
    "help": Act(f.HelpForm, services.answer_help, _("答复已送出。")),
}


@login_required
@require_POST
def act_on_study(request: HttpRequest, study_id: int, step: str) -> HttpResponse:
    """Arrange the table, record, decide, answer what was asked."""
    act = chosen(ACTS, step)
    more: dict[str, Any] = {"bodies": queries.study_page(request.actor, study_id).bodies} if step == "decide" else {}
    form = act.form(request.POST, **more)
    typed: dict[str, Any] = {"form": form, "opened": step, step: form}
    again = partial(_page, request, study_id, **typed)
    write = partial(act.verb, request.actor, study_id)
    return put(request, form, write, again, act.done) or redirect("coordination:study", study_id)
