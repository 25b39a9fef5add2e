"""The opinion that the discussion came to: written part by part, looked at as residents will see it, then put."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xieshang.lib.acts import put
from xieshang.lib.officialtext import shown
from xieshang.lib.refusals import RuleViolation

from .. import queries, services
from ..forms.steps import OpinionForm
from ..models import Topic
from ..rules import State
from .desk import workable

VERBS = {State.DELIBERATING: services.form_opinion, State.OPINION_FORMED: services.revise_opinion}


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The form; what is sent is shown first, and put when it is sent again from there."""
    topic = workable(request, topic_id, "form_opinion")
    if State(topic.state) not in VERBS:
        return redirect("topics:work", topic_id)
    form = OpinionForm(request.POST or None, topic=topic, initial=queries.opinion_words(topic))
    if request.method == "GET" or "again" in request.POST:
        return _written(request, topic, form)
    if not form.is_valid():
        return _written(request, topic, form, status=422)
    return _put(request, topic, form) if "put" in request.POST else _written(request, topic, form, looks=True)


def _put(request: HttpRequest, topic: Topic, form: OpinionForm) -> HttpResponse:
    write = partial(VERBS[State(topic.state)], request.actor, topic.pk)
    done = _("协商意见记下了，请参加协商的各方确认。")
    return put(request, form, write, partial(_written, request, topic, form), done) or redirect("topics:work", topic.pk)


def _written(
    request: HttpRequest,
    topic: Topic,
    form: OpinionForm,
    *,
    looks: bool = False,
    refusal: RuleViolation | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page: parts to write in, or how they will read; what was typed goes with both."""
    context = {
        "topic": topic,
        "form": form,
        "refusal": refusal,
        "sessions": queries.sessions_of(topic),
        "look": shown(form.cleaned_data["text"]) if looks else "",
    }
    return render(request, "topics/opinion.html", context, status=status)
