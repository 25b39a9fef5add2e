"""Doors to the record of a vote: what can be downloaded, and by whom."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xieshang.lib.refusals import RuleViolation

from .. import queries, services
from ..forms import ReasonForm
from ..models import Vote
from ..queries import Depth


@require_GET
def record(request: HttpRequest, vote_id: int) -> HttpResponse:
    """What the record of a vote is, how to check it, and what this reader may download."""
    return _page(request, queries.visible_vote(request.actor, vote_id))


def _page(request: HttpRequest, vote: Vote, refused: RuleViolation | None = None) -> HttpResponse:
    page = queries.record_page(request.actor, vote)
    context = {"vote": vote, "page": page, "refusal": refused, "form": ReasonForm(request.POST or None)}
    return render(request, "voting/record.html", context, status=409 if refused else 200)


@never_cache
@require_GET
def bundle(request: HttpRequest, vote_id: int, depth: str) -> HttpResponseBase:
    """The bundle, public or for the owners on this roll."""
    vote = queries.visible_vote(request.actor, vote_id)
    try:
        queries.require_bundle(request.actor, vote, Depth(depth))
    except RuleViolation as refused:
        return _page(request, vote, refused)
    return _sent(vote, Depth(depth))


@never_cache
@require_POST
def named_bundle(request: HttpRequest, vote_id: int) -> HttpResponseBase:
    """The bundle with names, once it is written down who took it and why."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        vote = services.look_at_names(request.actor, vote_id, reason=reason)
    except RuleViolation as refused:
        return _page(request, queries.visible_vote(request.actor, vote_id), refused)
    return _sent(vote, Depth.NAMED)


def _sent(vote: Vote, depth: Depth) -> HttpResponseBase:
    """The zip, piece by piece, so that a large vote needs no memory."""
    name = f"vote-{vote.pk}-{depth.value}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(queries.bundle(vote, depth), content_type="application/zip", headers=headers)
