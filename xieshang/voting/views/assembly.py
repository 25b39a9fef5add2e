"""Where the street's officers set the rules of owners' decisions, two of them together."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.community.models import Place
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation

from .. import queries, services
from ..forms import LABELS, AssemblyForm, said


@never_cache
@require_GET
def rules_places(request: HttpRequest) -> HttpResponse:
    """The places for which this office may set rules."""
    return render(request, "voting/rules_places.html", {"places": queries.places_of_rules(request.actor)})


@never_cache
@require_http_methods(["GET", "POST"])
def place_rules(request: HttpRequest, place_id: int) -> HttpResponse:
    """What holds at a place, where it comes from, and a change to be confirmed by another person."""
    place = get_object_or_404(Place, pk=place_id)
    if not has_perm("community.set_rules", request.actor, place.path):
        raise NotAllowed("community.set_rules")
    form = AssemblyForm(request.POST if request.method == "POST" else None, now_holds=queries.rules_at(place))
    if request.method == "GET" or not form.is_valid():
        return _page(request, place, form)
    given = {"effective_from": form.cleaned_data["effective_from"], "source": form.cleaned_data["source"]}
    try:
        services.write_rules(request.actor, place_id, values=form.changes, **given)
    except RuleViolation as refused:
        return _page(request, place, form, refused)
    return redirect("voting:place_rules", place_id)


@require_POST
def answer_rules(request: HttpRequest, place_id: int, draft_id: int) -> HttpResponse:
    """Confirm a draft, or take it back."""
    verb = services.confirm_rules if request.POST.get("answer") == "confirm" else services.drop_rules
    try:
        verb(request.actor, draft_id)
    except RuleViolation as refused:
        place = get_object_or_404(Place, pk=place_id)
        return _page(request, place, AssemblyForm(now_holds=queries.rules_at(place)), refused)
    return redirect("voting:place_rules", place_id)


def _page(request: HttpRequest, place: Place, form: AssemblyForm, refused: RuleViolation | None = None) -> HttpResponse:
    draft = queries.waiting_rules(place)
    lines = [
        {"label": LABELS[key], "value": said(key, value), "note": said(key, form.now_holds[key])}
        for key, value in (draft.values.items() if draft else ())
    ]
    context = {"place": place, "form": form, "refusal": refused, "draft": draft, "lines": lines}
    context["sets"] = queries.rule_sets_of(place)
    is_own = draft is not None and draft.written_by_id == request.actor.person_id
    return render(request, "voting/place_rules.html", context | {"is_own": is_own}, status=409 if refused else 200)
