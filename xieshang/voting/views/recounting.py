"""自己算一遍: a count file is counted in the reader's own browser, or here for whoever has no script."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xieshang.lib.limits import line_of, require_within
from xieshang.lib.paging import number_in
from xieshang.lib.refusals import RuleViolation

from .. import queries
from ..forms import RecountForm
from ..models import Vote
from ..rules.countfile import result_of_file

MOST, SECONDS = 30, 600


@never_cache
@require_http_methods(["GET", "POST"])
def recount(request: HttpRequest) -> HttpResponse:
    """The page; with ?vote= filled in with the published figures of that vote."""
    if request.method == "GET":
        vote, text = _brought(request)
        return _page(request, RecountForm(initial={"text": text}), vote=vote)
    form = RecountForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        require_within("recount", line_of(get_adapter().get_client_ip(request)), MOST, SECONDS)
    except RuleViolation as refused:
        return _page(request, form, status=429, refusal=refused)
    told = queries.told_of(result_of_file(form.cleaned_data["text"].encode(errors="surrogatepass")))
    return _page(request, form, status=422 if told.faults else 200, told=told)


def _brought(request: HttpRequest) -> tuple[Vote | None, str]:
    """The vote that the reader came from, and its figures."""
    wanted = number_in(request.GET.get("vote", ""))
    if wanted is None:
        return None, ""
    vote = queries.visible_vote(request.actor, wanted)
    return vote, queries.count_file_of(request.actor, vote)


def _page(request: HttpRequest, form: RecountForm, *, status: int = 200, **more: object) -> HttpResponse:
    context = {"form": form, "words": queries.page_words(), "head": queries.HEAD, "told": None, "vote": None} | more
    return render(request, "voting/recount.html", context, status=status)
