"""Reading: the list and one meeting."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import Refused
from xieshang.voting.queries import community_for

from .. import queries
from ..models import Meeting
from ..queries.lists import GROUPS
from ..queries.motions import my_motion


@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of a community."""
    community = community_for(request.actor, request.session.get("place"))
    group = request.GET.get("show", "")
    page = queries.meetings_page(request.actor, community or 0, queries.Shown(group), request.GET.get("after", ""))
    query = urlencode({"show": group}) + "&" if group else ""
    office = request.actor.office
    may_call = office is not None and has_perm("meetings.begin", request.actor, office.place_path)
    context = {"page": page, "tabs": _tabs(group), "query": query, "may_call": may_call}
    context["requests"] = office is not None and has_perm("meetings.request", request.actor, office.place_path)
    context["sets_rules"] = office is not None and has_perm("community.set_rules", request.actor, office.place_path)
    now = page.is_first and group != "held"
    context["open_now"] = queries.open_now(request.actor, community or 0) if now else []
    return render(request, "meetings/list.html", context)


def _tabs(group: str) -> list[dict[str, object]]:
    wanted = [("", _("全部")), *((key, label) for key, (label, _states) in GROUPS.items())]
    return [
        {"label": str(label), "url": f"?show={key}" if key else "?", "current": key == group} for key, label in wanted
    ]


@require_GET
def detail(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """One meeting."""
    return show(request, queries.visible_meeting(request.actor, meeting_id))


def show(request: HttpRequest, meeting: Meeting, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    """The page of a meeting, with a refusal on top where something could not be."""
    page = queries.meeting_page(request.actor, meeting)
    context = {"page": page, "meeting": meeting, "refusal": refusal, "mine": my_motion(request.actor, page)}
    return render(request, "meetings/detail.html", context, status=status)
