"""The discussion of a matter, and speaking in it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xieshang.lib.limits import require_within
from xieshang.lib.paging import number_in
from xieshang.lib.refusals import RuleViolation
from xieshang.matters.models import Matter

from .. import services
from ..forms import SayForm
from ..models import Post
from ..queries import own_post, terms, thread_page
from ..rules import PostState
from .common import matter_for, quiet, talk_of

SAYS_IN_TEN_MINUTES = 12


def form_for(request: HttpRequest, reply_to: int | None = None) -> SayForm:
    """The form for this speaker: for a body without a position, for an answer without one too."""
    official = request.actor.office is not None
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return SayForm(*sent, takes_side=not official and reply_to is None, official=official)


@require_GET
def thread(request: HttpRequest, matter_id: int) -> HttpResponse:
    """The discussion on a page of its own; for a request by htmx only its section, with what was `said` just now."""
    matter, said = matter_for(request, matter_id), number_in(request.GET.get("said", ""))
    return answer(request, matter, said=own_post(request.actor, matter, said) if said else None)


def answer(
    request: HttpRequest,
    matter: Matter,
    *,
    form: SayForm | None = None,
    refusal: RuleViolation | None = None,
    said: Post | None = None,
) -> HttpResponse:
    """The section or the whole page, with what was typed kept."""
    page = thread_page(request.actor, matter, **terms(request.GET))
    context = {"thread": page, "matter": matter, "say_form": form, "refusal": refusal, "said": said}
    status = 409 if refusal else 422 if form else 200
    return quiet(request, f"discussion/{'parts/' if request.htmx else ''}thread.html", context, status)


@require_POST
@login_required
def say(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Take in a post or an answer."""
    matter = matter_for(request, matter_id)
    reply_to = number_in(request.POST.get("reply_to", ""))
    form = form_for(request, reply_to)
    if not form.is_valid():
        return answer(request, matter, form=form)
    try:
        post = _say(request, matter, form, reply_to)
    except RuleViolation as refused:
        return answer(request, matter, form=form, refusal=refused)
    if request.htmx:
        return redirect(f"{talk_of(matter)}?said={post.pk}")
    waiting = post.state == PostState.WAITING
    messages.success(request, _("收到了，审核以后显示。") if waiting else _("说好了，大家都能看到。"))
    return redirect(post.parent if post.parent else f"{talk_of(matter)}#post-{post.pk}")


def _say(request: HttpRequest, matter: Matter, form: SayForm, reply_to: int | None) -> Post:
    require_within("say", request.actor.person_id, SAYS_IN_TEN_MINUTES, 600)
    words = {"text": form.cleaned_data["text"], "position": form.cleaned_data.get("position", "")}
    return services.say(request.actor, matter.pk, reply_to=reply_to, photos=form.cleaned_data["photos"], **words)
