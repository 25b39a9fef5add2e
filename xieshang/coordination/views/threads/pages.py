"""Reading: the list, one thread."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.voting.queries import community_for

from ...models import Thread
from ...queries import threads as queries


@require_GET
def threads(request: HttpRequest) -> HttpResponse:
    """The tab 协调: what the sides of a community settle between them."""
    community = community_for(request.actor, request.session.get("place"))
    group = request.GET.get("show", "")
    page = queries.threads_page(request.actor, community or 0, group, request.GET.get("after", ""))
    office = request.actor.office
    context = {
        "page": page,
        "tabs": _tabs(group),
        "query": f"show={group}&" if group else "",
        "may_raise": office is not None and has_perm("coordination.raise", request.actor, office.place_path),
    }
    return render(request, "coordination/list.html", context)


def _tabs(group: str) -> list[dict[str, object]]:
    """The groups of states as choices kept in the address."""
    wanted = [("", _("全部")), *((key, label) for key, (label, _states) in queries.GROUPS.items())]
    return [
        {"label": str(label), "url": f"?show={key}" if key else "?", "current": key == group} for key, label in wanted
    ]


@require_GET
def thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    """One thread, or its parts anew for a page that heard it move."""
    return show(request, queries.visible_thread(request.actor, thread_id))


def show(
    request: HttpRequest, thread: Thread, refusal: RuleViolation | NotAllowed | None = None, status: int = 200
) -> HttpResponse:
    """The page of a thread, with a refusal on top where something could not be."""
    page = queries.thread_page(request.actor, thread)
    context = {"page": page, "thread": thread, "refusal": refusal}
    return render(request, "coordination/thread.html", context, status=status)
