"""Where the street's officers set the rules that differ by place, two of them together."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation

from .. import hooks, queries, services
from ..forms.rulebooks import RulesForm, said
from ..models import Place
from ..rules import RuleBook


@never_cache
@login_required
@require_GET
def rule_books(request: HttpRequest) -> HttpResponse:
    """Which kinds of rules there are."""
    return render(request, "community/rule_books.html", {"books": list(hooks.rule_books.values())})


def _book(kind: str) -> RuleBook:
    book = hooks.rule_books.get(kind)
    if book is None:
        raise Http404
    return book


@never_cache
@login_required
@require_GET
def rules_places(request: HttpRequest, kind: str) -> HttpResponse:
    """The places for which this office may set rules of one kind."""
    context = {"book": _book(kind), "places": queries.places_of_rules(request.actor)}
    return render(request, "community/rules_places.html", context)


def _place(request: HttpRequest, place_id: int) -> Place:
    place = queries.any_place(place_id)
    if not has_perm("community.set_rules", request.actor, place.path):
        raise NotAllowed("community.set_rules", _("规则由街道（乡镇）的工作人员设定。"))
    return place


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def place_rules(request: HttpRequest, kind: str, place_id: int) -> HttpResponse:
    """What holds at a place, where it comes from, and a change to be confirmed by another person."""
    place = _place(request, place_id)
    book = queries.book_at(place, _book(kind))
    form = RulesForm(request.POST or None, book=book, now_holds=queries.rules_at(place, book))
    if request.method == "GET" or not form.is_valid():
        return _page(request, place, form, status=200 if request.method == "GET" else 422)
    given = {name: form.cleaned_data[name] for name in ("effective_from", "source")}
    try:
        services.write_rules(request.actor, place_id, book=book, values=form.changes, **given)
    except RuleViolation as refused:
        return _page(request, place, form, refused, 409)
    messages.success(request, _("写好了，请另一位街道工作人员复核。"))
    return redirect("community:place_rules", kind, place_id)


@login_required
@require_POST
def answer_rules(request: HttpRequest, kind: str, place_id: int, draft_id: int) -> HttpResponse:
    """Confirm a draft, or take it back."""
    place = _place(request, place_id)
    book = queries.book_at(place, _book(kind))
    confirms = request.POST.get("answer") == "confirm"
    try:
        (services.confirm_rules if confirms else services.drop_rules)(request.actor, draft_id)
    except RuleViolation as refused:
        return _page(request, place, RulesForm(book=book, now_holds=queries.rules_at(place, book)), refused, 409)
    messages.success(request, _("已确认，到那天起照新的办。") if confirms else _("已收回。"))
    return redirect("community:place_rules", kind, place_id)


def _page(
    request: HttpRequest, place: Place, form: RulesForm, refused: RuleViolation | None = None, status: int = 200
) -> HttpResponse:
    book = form.book
    draft = queries.waiting_draft(place, book.kind)
    context = {
        "place": place,
        "book": book,
        "form": form,
        "refusal": refused,
        "draft": draft,
        "lines": _lines(book, draft.values if draft else {}, form.now_holds),
        "sets": [
            {"rules": one, "lines": _lines(book, one.values, {})} for one in queries.rule_sets_of(place, book.kind)
        ],
        "is_own": draft is not None and draft.written_by_id == request.actor.person_id,
    }
    return render(request, "community/place_rules.html", context, status=status)


def _lines(book: RuleBook, values: dict[str, object], now_holds: object) -> list[dict[str, str]]:
    """Values in words: what each is called, what it was, what it is to be."""
    held = now_holds if isinstance(now_holds, dict) else {}
    return [
        {
            "label": rule.label,
            "value": said(rule, values[rule.key]),
            "note": said(rule, held[rule.key]) if rule.key in held else "",
        }
        for rule in book.rules
        if rule.key in values
    ]
