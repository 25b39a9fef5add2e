"""Saying something about the platform and answering it; the editor's one door; pictures of the public pages."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_safe
from wagtail.models import Page

from xieshang.lib.addresses import whole_address
from xieshang.lib.limits import require_within
from xieshang.lib.paper import code_of
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import RuleViolation

from . import services
from .forms import AnswerForm, SuggestionForm
from .models import CommunityPage, HomePage, Suggestion
from .rules import MOST_SUGGESTIONS, SUGGESTIONS_SPAN

PICTURE_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
}


ROBOTS = """User-agent: *
Disallow: /account/
Disallow: /admin/
Disallow: /cms/
Disallow: /demo/
Disallow: /desk/
Disallow: /mine/
Disallow: /files/
Disallow: /search/
Sitemap: {site}/sitemap.xml
"""


@require_safe
def first_page(request: HttpRequest) -> HttpResponse:
    """The first page of the site: there is one, so neither the site nor its kind is asked for at each visit."""
    return get_object_or_404(HomePage.objects.live()).serve(request)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What machines may read: the public pages; people's words carry their own noindex."""
    return HttpResponse(ROBOTS.format(site=settings.SITE_URL), content_type="text/plain; charset=utf-8")


@require_http_methods(["GET", "POST"])
def suggest(request: HttpRequest, community_id: int) -> HttpResponse:
    """The form, and sending it."""
    page = get_object_or_404(CommunityPage, place_id=community_id)
    form = SuggestionForm(request.POST or None)
    context = {"form": form, "page": page, "list_url": f"/{page.slug}/suggestions/"}
    if request.method != "POST" or not form.is_valid():
        return render(request, "cms/suggest.html", context, status=200 if request.method == "GET" else 422)
    try:
        _require_calm(request)
        services.suggest(request.actor, page.place_id, text=form.cleaned_data["text"])
    except RuleViolation as refused:
        return render(request, "cms/suggest.html", context | {"refusal": refused}, status=409)
    messages.success(request, _("收到了，谢谢您。答复会公布在“意见建议”页。"))
    return redirect(str(context["list_url"]))


def _require_calm(request: HttpRequest) -> None:
    who = request.actor.person_id or get_adapter().get_client_ip(request)
    require_within("suggest", who, MOST_SUGGESTIONS, SUGGESTIONS_SPAN)


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    """One suggestion, for those who answer; for all others it is not there."""
    suggestion = get_object_or_404(Suggestion.objects.select_related("community"), pk=suggestion_id)
    if not has_perm("cms.answer_suggestion", request.actor, suggestion.community.path):
        raise Http404
    form = AnswerForm(request.POST or None)
    context = {"form": form, "suggestion": suggestion}
    if request.method != "POST" or not form.is_valid():
        return render(request, "cms/answer.html", context, status=200 if request.method == "GET" else 422)
    try:
        services.answer_suggestion(request.actor, suggestion.pk, answer=form.cleaned_data["answer"])
    except RuleViolation as refused:
        return render(request, "cms/answer.html", context | {"refusal": refused}, status=409)
    messages.success(request, _("已公开答复。"))
    return redirect("home:queue", "suggestions")


@require_safe
def short(request: HttpRequest, page_id: int) -> HttpResponse:
    """Lead from the short address to a page of the public site."""
    url = get_object_or_404(Page.objects.live(), pk=page_id).url
    if url is None:
        # The root under which the pages of all sites stand is no page to read.
        raise Http404
    return redirect(str(url))


@require_safe
def qr(request: HttpRequest, page_id: int) -> HttpResponse:
    """The short address as a QR picture."""
    page = get_object_or_404(Page.objects.live(), pk=page_id)
    address = whole_address("cms:short", page.pk)
    return HttpResponse(code_of(address), content_type="image/svg+xml")


@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """The editor has no door of its own: whoever is not signed in goes through the site's one door."""
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.GET.get("next", "/"))


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """The editor has no account page of its own either."""
    return redirect("accounts:me")


@require_GET
@cache_control(max_age=86400, public=True)
def picture(request: HttpRequest, name: str) -> FileResponse:
    """A drawn version of a picture of the public pages; originals are not served at all."""
    kind = PICTURE_TYPES.get(name.rpartition(".")[2].lower())
    path = f"images/{name}"
    if kind is None or not default_storage.exists(path):
        raise Http404
    return FileResponse(default_storage.open(path), content_type=kind)
