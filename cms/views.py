"""Saying something about the platform, and answering it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import RuleViolation

from . import services
from .forms import AnswerForm, SuggestionForm
from .models import CommunityPage, Suggestion


@require_http_methods(["GET", "POST"])
def suggest(request: HttpRequest, community_id: int) -> HttpResponse:
    """The form, and sending it."""
    page = get_object_or_404(CommunityPage, place_id=community_id)
    form = SuggestionForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            services.suggest(request.actor, page.place_id, text=form.cleaned_data["text"])
        except RuleViolation as refused:
            refusal = refused.refusal
        else:
            messages.success(request, _("收到了，谢谢您。答复会公布在“意见建议”页。"))
            return redirect(f"/{page.slug}/suggestions/")
    status = 200 if request.method == "GET" else 422
    return render(request, "cms/suggest.html", {"form": form, "page": page, "refusal": refusal}, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    """One suggestion, for those who answer."""
    rows = Suggestion.objects.select_related("community")
    suggestion = get_object_or_404(rows, pk=suggestion_id)
    if not has_perm("cms.answer_suggestion", request.actor, suggestion.community.path):
        get_object_or_404(rows.none())
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.answer_suggestion(request.actor, suggestion.pk, answer=form.cleaned_data["answer"])
        messages.success(request, _("已答复。"))
        return redirect("home:queue", key="suggestions")
    return render(request, "cms/answer.html", {"form": form, "suggestion": suggestion})
