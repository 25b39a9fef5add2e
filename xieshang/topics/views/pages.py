"""Reading: the list, one topic, its history, what it still lacks."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xieshang.community.queries import compounds_of
from xieshang.lib.refusals import RuleViolation
from xieshang.voting.queries import community_for

from .. import queries
from ..models import Topic


@require_GET
def topics(request: HttpRequest) -> HttpResponse:
    """The tab 议事: what a community talks over, publishes, does and has done."""
    community = community_for(request.actor, request.session.get("place"))
    group = request.GET.get("show", "")
    chosen = request.GET.get("place", "")
    places = compounds_of(community) if community else []
    path = next((place.path for place in places if str(place.pk) == chosen), "")
    shown = queries.Shown(group, path)
    page = queries.topics_page(request.actor, community or 0, shown, request.GET.get("after", ""))
    query = urlencode({key: value for key, value in (("show", group), ("place", chosen)) if value})
    context = {
        "page": page,
        "tabs": _tabs(request, group, chosen),
        "places": places,
        "chosen": chosen,
        "group": group,
        "query": f"{query}&" if query else "",
    }
    return render(request, "topics/list.html", context)


def _tabs(request: HttpRequest, group: str, place: str) -> list[dict[str, object]]:
    """The groups of states as choices kept in the address."""
    wanted = [("", _("全部")), *((key, label) for key, (label, _states) in queries.GROUPS.items())]
    if request.actor.person_id is not None:
        wanted.append(("mine", _("和我有关")))
    tail = f"&place={place}" if place else ""
    return [
        {"label": str(label), "url": f"?show={key}{tail}" if key else f"?{tail.lstrip('&')}", "current": key == group}
        for key, label in wanted
    ]


@require_GET
def detail(request: HttpRequest, topic_id: int) -> HttpResponse:
    """One topic, or its parts anew for a page that heard it move."""
    return show(request, queries.visible_topic(request.actor, topic_id))


def show(request: HttpRequest, topic: Topic, refusal: RuleViolation | None = None, status: int = 200) -> HttpResponse:
    """The page of a topic, with a refusal on top where something could not be."""
    page = queries.topic_page(request.actor, topic)
    icon, tone = queries.look_of(topic)
    context = {"page": page, "topic": topic, "refusal": refusal, "icon": icon, "tone": tone}
    return render(request, "topics/detail.html", context, status=status)


@require_GET
def history(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Every step with its documents, and what hangs together with it."""
    topic = queries.visible_topic(request.actor, topic_id)
    context = {
        "topic": topic,
        "entries": queries.history_of(request.actor, topic),
        "related": queries.related_to(request.actor, topic),
    }
    return render(request, "topics/history.html", context)


@require_GET
def missing(request: HttpRequest, topic_id: int) -> HttpResponse:
    """What the next step still asks for, and who can supply it."""
    topic = queries.visible_topic(request.actor, topic_id)
    context = {"topic": topic, "blocked": queries.what_is_missing(request.actor, topic)}
    name = "topics/missing.html#lines" if request.htmx else "topics/missing.html"
    return render(request, name, context)
