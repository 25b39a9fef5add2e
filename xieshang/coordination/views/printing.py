"""A thread, and the whole way of 四议两公开, on A4: a page for the browser's printing, and the same as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET

from xieshang.lib import paper
from xieshang.lib.clock import shown_today
from xieshang.lib.days import full_day

from ..queries import fourtwo as fourtwos
from ..queries import threads

SHEETS = (paper.NOTICE, "coordination-print.css")
THREAD, FOURTWO = "coordination/thread_print.html", "coordination/fourtwo_print.html"


def _foot(short: str) -> dict[str, object]:
    day = shown_today()
    return {"svg": paper.code_of(short), "printed_on": full_day(day)}


def _thread(request: HttpRequest, thread_id: int) -> dict[str, object]:
    """What is printed is what every reader of the thread reads: paper is handed on."""
    thread = threads.visible_thread(request.actor, thread_id)
    page, steps = threads.printed_page(thread)
    return {"page": page, "thread": thread, "steps": steps, **_foot(page.short)}


def _fourtwo(request: HttpRequest, flow_id: int) -> dict[str, object]:
    flow = fourtwos.visible_flow(request.actor, flow_id)
    page = fourtwos.fourtwo_page(request.actor, flow)
    earlier = [(draft, page.earlier_records[draft.pk]) for draft in page.earlier]
    return {"page": page, "flow": flow, "steps": page.entries[::-1], "earlier": earlier, **_foot(page.short)}


@require_GET
def print_thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    """A thread on A4."""
    return render(request, THREAD, _thread(request, thread_id))


@require_GET
def thread_pdf(request: HttpRequest, thread_id: int) -> HttpResponse:
    """The same as a file."""
    made = paper.pdf_of(render_to_string(THREAD, {**_thread(request, thread_id), "is_file": True}), *SHEETS)
    otherwise = reverse("coordination:print_thread", args=[thread_id])
    return paper.pdf_answer(request, made, name=f"thread-{thread_id}", otherwise=otherwise)


@require_GET
def print_fourtwo(request: HttpRequest, flow_id: int) -> HttpResponse:
    """The whole way on A4, with its index."""
    return render(request, FOURTWO, _fourtwo(request, flow_id))


@require_GET
def fourtwo_pdf(request: HttpRequest, flow_id: int) -> HttpResponse:
    """The same as a file."""
    made = paper.pdf_of(render_to_string(FOURTWO, {**_fourtwo(request, flow_id), "is_file": True}), *SHEETS)
    otherwise = reverse("coordination:print_fourtwo", args=[flow_id])
    return paper.pdf_answer(request, made, name=f"fourtwo-{flow_id}", otherwise=otherwise)
