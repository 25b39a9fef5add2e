"""Reading: the list, one thread, its history, the board of commitments, a company's record and its reply."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xieshang.community.queries import compounds_of
from xieshang.lib.acts import do
from xieshang.lib.paging import number_in
from xieshang.lib.paper import pdf_is_possible
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refused, RuleViolation
from xieshang.voting.queries import community_for

from ...models import Thread
from ...queries import threads as queries
from ...services import threads as services


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
    page = queries.thread_page(request.actor, thread, number_in(request.GET.get("side", "")))
    context = {"page": page, "thread": thread, "refusal": refusal, "pdf_is_possible": pdf_is_possible()}
    return render(request, "coordination/thread.html", context, status=status)


@require_GET
def history(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Every step, every version of every position, and what hangs together with it."""
    thread = queries.visible_thread(request.actor, thread_id)
    context = {"thread": thread, "history": queries.history_of(request.actor, thread)}
    return render(request, "coordination/history.html", context)


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Every commitment of a community or one of its estates, first due first."""
    community = community_for(request.actor, request.session.get("place")) or 0
    estate, chosen = number_in(request.GET.get("place", "")), request.GET.get("show", "")
    chosen = chosen if chosen in queries.SHOWN else ""
    tail = f"&place={estate}" if estate else ""
    context = {
        "page": queries.board_page(request.actor, community, estate, chosen, request.GET.get("after", "")),
        "overdue": queries.overdue_words(request.actor, community, estate),
        "places": compounds_of(community),
        "companies": queries.companies_of(community),
        "chosen": estate,
        "shown": chosen,
        "query": "".join(f"{part}&" for part in (f"show={chosen}" if chosen else "", tail.lstrip("&")) if part),
        "tabs": [
            {"label": str(label), "url": f"?show={key}{tail}", "current": key == chosen}
            for key, label in queries.SHOWN.items()
        ],
    }
    return render(request, "coordination/board.html", context)


@require_GET
def record(request: HttpRequest, body_id: int) -> HttpResponse:
    """What a property company promised and kept, and what it says to it."""
    return _record(request, body_id)


def _record(request: HttpRequest, body_id: int, *, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    year = number_in(request.GET.get("year", ""))
    found = queries.company_record(request.actor, body_id, year, request.GET.get("after", ""))
    context = {
        "record": found,
        "query": f"year={found.year}&",
        "refusal": refusal,
        "typed": request.POST.get("text", ""),
    }
    return render(request, "coordination/record.html", context, status=status)


@login_required
@require_POST
def reply(request: HttpRequest, body_id: int) -> HttpResponse:
    """A company answers to its record."""
    words = request.POST.get("text", "")[:2000]
    write = partial(services.reply_to_record, request.actor, body_id, text=words)
    there = redirect("coordination:record", body_id)
    return do(request, write, partial(_record, request, body_id), _("答复已公开，和记录放在一起。")) or there
