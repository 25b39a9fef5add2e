"""我要说事 in three steps, each a page of its own; the draft lives on the server."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.community.queries import homes_of
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.voting.queries import community_for

from .. import queries, services
from ..forms import EditForm, TellForm

STEPS = [_("说清楚"), _("有没有一样的"), _("核对提交")]


def _community(request: HttpRequest) -> int | None:
    return community_for(request.actor, request.session.get("place"))


def _form(request: HttpRequest, typed: object = None) -> TellForm:
    """The form of step one over the places of the community, one's own on top, filled from the draft."""
    homes = homes_of(request.actor.person_id or 0)
    places = queries.place_choices(_community(request), homes[0].unit.path if homes else "")
    words = queries.draft_words(queries.draft_of(request.actor))
    return TellForm(typed, places=places, initial=words, label_suffix="")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Step one: one sentence, the story, pictures, the place."""
    form = _form(request, request.POST or None)
    if request.method == "GET":
        return _told(request, form)
    _keep(request)
    refused = _take_photos(request)
    if not form.is_valid() or refused:
        return _told(request, form, refused, 409 if refused else 422)
    return redirect("topics:raise" if request.POST.get("more") else "topics:raise_similar")


def _told(
    request: HttpRequest, form: TellForm, refusal: RuleViolation | None = None, status: int = 200
) -> HttpResponse:
    draft = queries.draft_of(request.actor)
    photos = list(draft.photos.all()) if draft else []
    context = {"form": form, "photos": photos, "steps": STEPS, "refusal": refusal}
    return render(request, "topics/raise_tell.html", context, status=status)


def _keep(request: HttpRequest) -> None:
    words = {key: request.POST.get(key, "") for key in ("title", "text", "place")}
    services.save_draft(request.actor, words={**words, "danger": bool(request.POST.get("danger"))})


def _take_photos(request: HttpRequest) -> RuleViolation | None:
    """Keep each picture; the refusals of those that are none, together."""
    refusals: list[Refusal] = []
    for upload in request.FILES.getlist("photos"):
        try:
            services.add_draft_photo(request.actor, upload=upload)
        except RuleViolation as refused:
            refusals += refused.refusals
    return RuleViolation(*refusals) if refusals else None


@login_required
@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed, for the browser's own saving."""
    _keep(request)
    return HttpResponse(status=204)


@login_required
@require_GET
def photo(request: HttpRequest, photo_id: int) -> FileResponse:
    """A picture of one's own draft."""
    found = queries.draft_photo(request.actor, photo_id)
    response = FileResponse(found.thumb.open(), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private"
    return response


@login_required
@require_POST
def remove_photo(request: HttpRequest, photo_id: int) -> HttpResponse:
    """Take a picture out of one's own draft."""
    services.remove_draft_photo(request.actor, photo_id)
    return redirect("topics:raise")


@never_cache
@login_required
@require_GET
def similar(request: HttpRequest) -> HttpResponse:
    """Step two: matters that may be the same; joining instead of repeating. None: straight on."""
    words = queries.draft_words(queries.draft_of(request.actor))
    if not words.get("title"):
        return redirect("topics:raise")
    told = {"title": str(words["title"]), "story": str(words.get("text", ""))}
    found = queries.similar_to(request.actor, _community(request) or 0, **told)
    if not found:
        return redirect("topics:raise_check")
    return render(request, "topics/raise_similar.html", {"matters": found, "steps": STEPS, "words": words})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Step three: a last look, then it is sent."""
    draft = queries.draft_of(request.actor)
    form = _form(request, queries.draft_words(draft))
    if draft is None and request.method == "POST":
        raise RuleViolation(services.SENT_ALREADY)
    if draft is None or not form.is_valid():
        return redirect("topics:raise")
    context = {"form": form, "words": form.cleaned_data, "photos": draft.photos.all(), "steps": STEPS}
    context["place"] = form.place_name()
    if request.method == "GET":
        return render(request, "topics/raise_check.html", context)
    return _send(request, form.cleaned_data)


def _send(request: HttpRequest, words: dict[str, Any]) -> HttpResponse:
    topic = services.raise_draft(
        request.actor, title=words["title"], text=words["text"], place_id=words["place"], danger=words["danger"]
    )
    return redirect("topics:raise_done", topic.pk)


@login_required
@require_GET
def raise_done(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The number, who takes it, and by when."""
    topic = queries.visible_topic(request.actor, topic_id)
    context = {"topic": topic, "strip": queries.strip_of(topic)}
    context["waits_for_home"] = queries.waits_for_home(request.actor, topic)
    return render(request, "topics/raise_done.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, topic_id: int) -> HttpResponse:
    """The author's words anew; what was returned is sent in again."""
    topic = queries.visible_topic(request.actor, topic_id)
    if not has_perm("topics.edit", request.actor, topic):
        raise NotAllowed("edit")
    form = EditForm(request.POST or None, initial={"title": topic.title, "text": topic.text}, label_suffix="")
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "topics/edit.html", {"form": form, "topic": topic}, status=status)
    verb = services.resend if topic.state == "returned" else services.edit
    try:
        verb(request.actor, topic_id, title=form.cleaned_data["title"], text=form.cleaned_data["text"])
    except RuleViolation as refused:
        return render(request, "topics/edit.html", {"form": form, "topic": topic, "refusal": refused}, status=409)
    messages.success(request, _("已保存。"))
    return redirect("topics:detail", topic_id)
