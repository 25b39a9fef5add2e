"""The desk: the page on which an office takes its steps, the draft of a notice, and the publishing desk."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.acts import chosen, page, put
from xieshang.lib.paging import number_in
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.outcomes.models import Notice

from .. import queries, services
from ..forms.base import ReasonForm, StepForm
from ..forms.steps import DraftForm
from ..models import Topic
from ..rules import State
from .doors import DOORS


def workable(request: HttpRequest, topic_id: int, verb: str = "work") -> Topic:
    """The topic, if this office has work with it."""
    topic = queries.visible_topic(request.actor, topic_id)
    _require(request, topic, verb)
    return topic


def _require(request: HttpRequest, topic: Topic, verb: str) -> None:
    if not has_perm(f"topics.{verb}", request.actor, topic):
        raise NotAllowed(verb)


@never_cache
@login_required
@require_GET
def work(request: HttpRequest, topic_id: int) -> HttpResponse:
    """What this office may do with the topic now."""
    return _worked(request, workable(request, topic_id))


def _worked(
    request: HttpRequest,
    topic: Topic,
    typed: tuple[str, StepForm] | None = None,
    refusal: RuleViolation | None = None,
    status: int = 200,
) -> HttpResponse:
    """The work page, for whoever has work with it, the form that was sent kept as it was typed."""
    _require(request, topic, "work")
    found = queries.work_on(request.actor, topic)
    _give_forms(found.panels, topic, typed)
    open_key = typed[0] if typed else request.GET.get("step", found.main_key)
    page = queries.desk_page(request.actor, topic, found.file.draft)
    context = {"work": found, "topic": topic, "page": page, "refusal": refusal, "open_key": open_key}
    context["unsaid"] = queries.unsaid(topic, found.file, found.file.draft)
    return render(request, "topics/work.html", context, status=status)


def _give_forms(panels: list[queries.Panel], topic: Topic, typed: tuple[str, StepForm] | None) -> None:
    """A fresh form for every step that can be taken, and the one that was sent as it was typed."""
    for panel in panels:
        door = DOORS.get(panel.key)
        if door and not panel.is_blocked:
            panel.form = door.form(topic=topic, prefix=panel.key)
        if typed and panel.key == typed[0]:
            panel.form = typed[1]


@login_required
@require_POST
def do(request: HttpRequest, topic_id: int, step: str) -> HttpResponse:
    """Take one step: the form, the verb, and back to the work page."""
    topic = queries.visible_topic(request.actor, topic_id)
    act = chosen(DOORS, step)
    form = act.form(request.POST, request.FILES, topic=topic, prefix=step)
    again, write = partial(_worked, request, topic, (step, form)), partial(act.verb, request.actor, topic_id)
    done = _("“%(step)s”已办好。") % {"step": queries.word_of(step)}
    return put(request, form, write, again, done) or _onward(request, topic_id)


def _onward(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Back to the work page; to the desk or the topic where this office's part is over."""
    topic = queries.still_visible(request.actor, topic_id)
    if topic is None:
        return redirect("home:desk")
    return redirect("topics:work" if has_perm("topics.work", request.actor, topic) else "topics:detail", topic_id)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The committee writes the notice of the outcome; the facts stand in it already."""
    topic = workable(request, topic_id, "draft_notice")
    draft = queries.draft_notice_of(topic)
    renews = draft is not None and "renew" in request.GET
    form = DraftForm(request.POST or None, topic=topic, initial=_first_words(topic, draft, renews=renews))
    unsaid = [] if renews else queries.draft_gaps(topic, draft)
    again = page(request, "topics/notice.html", form=form, topic=topic, draft=draft, renews=renews, unsaid=unsaid)
    write = partial(services.draft_notice, request.actor, topic_id)
    return put(request, form, write, again, _("稿子已交给书记。")) or redirect("topics:work", topic_id)


def _first_words(topic: Topic, draft: Notice | None, *, renews: bool) -> dict[str, object]:
    """The draft as it stands, or with what the record holds since; or a new one from the record."""
    if draft is not None:
        body = queries.renewed_words(topic, draft) if renews else draft.body
        return {"title": draft.title, "body": body, "boards": "\n".join(draft.boards)}
    title, body = queries.notice_words(topic)
    return {"title": title, "body": str(body)}


@never_cache
@login_required
@require_GET
def publish(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The publishing desk: the notice as residents will see it, and what the rules ask."""
    return _published(request, workable(request, topic_id, "publish_notice"))


def _published(
    request: HttpRequest, topic: Topic, refusal: RuleViolation | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "desk": queries.publishing_desk(request.actor, topic),
        "topic": topic,
        "refusal": refusal,
        "return_form": ReasonForm(topic=topic),
    }
    return render(request, "topics/publish.html", context, status=status)


@login_required
@require_POST
def publish_now(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The secretary publishes what lies on the desk."""
    topic = workable(request, topic_id, "publish_notice")
    days = number_in(request.POST.get("days", "")) or 0
    try:
        if topic.state == State.PUBLICITY:
            services.adopt(request.actor, topic_id)
        else:
            services.publish_notice(request.actor, topic_id, days=days)
    except RuleViolation as refused:
        return _published(request, topic, refused, 409)
    messages.success(request, _("已发布。"))
    return redirect("topics:detail", topic_id)


@login_required
@require_POST
def return_draft(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The secretary gives the draft back."""
    topic = workable(request, topic_id, "return_draft")
    try:
        services.return_draft(request.actor, topic_id, reason=request.POST.get("reason", "").strip()[:300])
    except RuleViolation as refused:
        return _published(request, topic, refused, 409)
    messages.success(request, _("已退回居委会修改。"))
    return redirect("home:desk")


@login_required
@require_POST
def from_thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    """The committee makes a topic out of what the sides could not settle between them."""
    topic = services.raise_from_thread(request.actor, thread_id)
    messages.success(request, _("已转成议题%s，大家可以一起商量。") % topic.matter.number)
    return redirect("topics:detail", topic.pk)
