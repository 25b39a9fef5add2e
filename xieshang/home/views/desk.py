"""What waits."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xieshang.lib.clock import shown_today
from xieshang.lib.waiting import Filter, Queue

from ..queries import days_of, desk_of, doors_of, queues_of, waiting_for


@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that waits for me."""
    found = waiting_for(request.actor)
    return render(request, "home/mine.html", {"count": len(found), "days": days_of(found, shown_today())})


@require_GET
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """The work desk: queues at the left, everything that waits for this office by the day it is due."""
    queues = queues_of(request.actor)
    if not queues:
        return render(request, "home/desk_none.html", {"doors": doors_of(request.actor)})
    context = {"groups": _groups(request, queues), "desk": desk_of(request.actor, queues)}
    return render(request, "home/day.html", context)


@require_GET
@login_required
def queue(request: HttpRequest, key: str) -> HttpResponse:
    """The work desk: queues at the left, one of them as a list."""
    queues = queues_of(request.actor)
    chosen = next((queue for queue in queues if queue.key == key), None)
    if chosen is None:
        raise Http404
    if chosen.url:
        return redirect(chosen.url)
    part = next((one for one in chosen.filters if one.key == request.GET.get("show")), None)
    page = (part or chosen).rows(request.GET.get("after", ""))
    context = {
        "groups": _groups(request, queues, chosen),
        "chosen": chosen,
        "page": page,
        "filters": _filters(chosen, part),
        "filtered": part,
    }
    return render(request, "home/desk.html", context | {"query": f"show={part.key}&" if part else ""})


def _groups(request: HttpRequest, queues: list[Queue], chosen: Queue | None = None) -> list[dict[str, object]]:
    """The left of the desk: everything by day, the queues in which something waits, and what else is this office's."""
    whole = {"label": _("按日子看全部"), "url": reverse("home:desk"), "current": chosen is None}
    doors = doors_of(request.actor)
    full = [_door(queue, chosen) for queue in queues if queue.count or queue is chosen]
    groups: list[dict[str, object]] = [{"title": _("等我处理"), "items": [whole, *full]}]
    return [*groups, {"title": _("一览"), "items": doors}] if doors else groups


def _door(queue: Queue, chosen: Queue | None) -> dict[str, object]:
    url = queue.url or reverse("home:queue", args=[queue.key])
    return {"label": queue.label, "count": queue.count, "url": url, "current": queue is chosen}


def _filters(chosen: Queue, part: Filter | None) -> list[dict[str, object]]:
    """The queue as a whole and its parts, as links; nothing where there is nothing to choose."""
    url = reverse("home:queue", args=[chosen.key])
    whole: dict[str, object] = {"label": _("全部"), "url": url, "current": part is None}
    parts = [{"label": f.label, "url": f"{url}?show={f.key}", "current": f is part} for f in chosen.filters]
    return [whole, *parts] if parts and chosen.count else []
