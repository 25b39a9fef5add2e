"""One post: read, answer, change, take back, thank, report, appeal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.limits import require_within
from xieshang.lib.refusals import NotAllowed, RuleViolation

from .. import services
from ..forms import AppealForm, ReportForm, SayForm, WordsForm
from ..queries import PostPage, post_page
from .common import quiet, talk_of

REPORTS_A_DAY = 20


@require_GET
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """The post with its answers, its earlier words and what was decided about it."""
    page = post_page(request.actor, post_id, key=request.GET.get("after", "")[:18])
    return quiet(request, "discussion/post.html", {"page": page, "say_form": _reply_form(request)})


def _reply_form(request: HttpRequest) -> SayForm:
    return SayForm(takes_side=False, official=request.actor.office is not None)


@require_GET
@login_required
def reply(request: HttpRequest, post_id: int) -> HttpResponse:
    """The form for an answer: under the post for htmx, else on the post's own page."""
    page = post_page(request.actor, post_id)
    if not request.htmx:
        return redirect(page.post.url + "#reply")
    return quiet(request, "discussion/parts/reply.html", {"page": page, "say_form": _reply_form(request)})


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, post_id: int) -> HttpResponse:
    """Change one's own words."""
    page = post_page(request.actor, post_id)
    if not page.post.mine:
        raise NotAllowed("edit", _("这是别人说的话，只有本人可以修改。"))
    form = _edit_form(request, page)
    if not form.is_valid():
        return quiet(request, "discussion/edit.html", {"page": page, "form": form}, 422 if form.is_bound else 200)
    words = {"text": form.cleaned_data["text"], "position": form.cleaned_data.get("position", "")}
    try:
        services.edit(request.actor, post_id, **words)
    except RuleViolation as refused:
        return quiet(request, "discussion/edit.html", {"page": page, "form": form, "refusal": refused}, 409)
    messages.success(request, _("改好了。"))
    return redirect(page.post.url)


def _edit_form(request: HttpRequest, page: PostPage) -> WordsForm:
    official = page.row.office_id is not None
    sent = request.POST if request.method == "POST" else None
    said = {"text": page.row.text, "position": page.row.position}
    return WordsForm(sent, takes_side=not official and page.row.parent_id is None, official=official, initial=said)


@require_POST
@login_required
def withdraw(request: HttpRequest, post_id: int) -> HttpResponse:
    """Take back one's own post."""
    row = services.withdraw(request.actor, post_id)
    messages.success(request, _("已撤回，别人看不到了。"))
    return redirect(talk_of(row.matter))


@require_POST
@login_required
def thank(request: HttpRequest, post_id: int) -> HttpResponse:
    """Thank for a post, or take the thanks back."""
    verb = services.unthank if request.POST.get("undo") else services.thank
    verb(request.actor, post_id)
    page = post_page(request.actor, post_id)
    if request.htmx:
        return quiet(request, "discussion/parts/thanks.html", {"post": page.post})
    return redirect(page.post.url)


@require_http_methods(["GET", "POST"])
@login_required
def report(request: HttpRequest, post_id: int) -> HttpResponse:
    """Say what is wrong with a post."""
    page = post_page(request.actor, post_id)
    form = ReportForm(request.POST or None)
    if not form.is_valid():
        return quiet(request, "discussion/report.html", {"page": page, "form": form}, 422 if form.is_bound else 200)
    try:
        require_within("report", request.actor.person_id, REPORTS_A_DAY, 86_400)
        services.report(request.actor, post_id, **form.cleaned_data)
    except RuleViolation as refused:
        return quiet(request, "discussion/report.html", {"page": page, "form": form, "refusal": refused}, 409)
    messages.success(request, _("收到举报，社区工作人员看过以后会告诉您结果。"))
    return redirect(talk_of(page.matter))


@require_POST
@login_required
def appeal(request: HttpRequest, post_id: int) -> HttpResponse:
    """Ask that somebody else look at one's hidden post again."""
    page = post_page(request.actor, post_id)
    form = AppealForm(request.POST)
    if not form.is_valid():
        return quiet(request, "discussion/post.html", {"page": page, "appeal_form": form}, 422)
    try:
        services.appeal(request.actor, post_id, grounds=form.cleaned_data["grounds"])
    except RuleViolation as refused:
        return quiet(request, "discussion/post.html", {"page": page, "appeal_form": form, "refusal": refused}, 409)
    messages.success(request, _("申诉收到了，由另一位工作人员答复您。"))
    return redirect(page.post.url)
