"""Small acts: one commitment, what was asked, one entry, measurements, a guest."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.acts import do, page, put
from xieshang.lib.fields import Day
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refused, RuleViolation
from xieshang.lib.sending import guarded

from ...forms import threads as f
from ...models import Thread
from ...queries import threads as queries
from ...rules.threads import COVER_LABELS, CoverKind
from ...rules.threads.sides import NO_OFFICE
from ...services import threads as services


@require_GET
def commitment(request: HttpRequest, commitment_id: int) -> HttpResponse:
    """One commitment, what the others say of it, its days."""
    return _commitment(request, commitment_id)


def _commitment(
    request: HttpRequest,
    commitment_id: int,
    *,
    form: forms.Form | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    found = queries.commitment_page(request.actor, commitment_id)
    context = {"page": found, "refusal": refusal, "move_form": form or _move_form()}
    return render(request, "coordination/commitment.html", context, status=status)


def _move_form(*sent: Any) -> forms.Form:
    return f.PlainForm(*sent, fields={"due": Day(label=_("改到哪天")), "reason": f.reason(_("为什么要改期"))})


@login_required
@require_POST
def judge(request: HttpRequest, commitment_id: int, act: str) -> HttpResponse:
    """Another side accepts a commitment, or says what is lacking; the convenor answers to another day."""
    move_id = queries.open_move(request.actor, commitment_id)
    why = request.POST.get("reason", "").strip()[:300]
    acts: dict[str, tuple[Callable[..., object], int, dict[str, object]]] = {
        "accept": (services.accept_promise, commitment_id, {}),
        "doubt": (services.doubt_promise, commitment_id, {"reason": why}),
        "grant": (services.grant_move, move_id, {}),
        "refuse": (services.refuse_move, move_id, {"reason": why}),
    }
    if act not in acts:
        raise Http404
    verb, thing, words = acts[act]
    again = partial(_commitment, request, commitment_id)
    done = do(request, partial(verb, request.actor, thing, **words), again, _("已记下，各方和居民都看得到。"))
    return done or redirect("coordination:commitment", commitment_id)


@login_required
@require_POST
def ask_move(request: HttpRequest, commitment_id: int) -> HttpResponse:
    """Ask for another day."""
    form = _move_form(request.POST)
    again = partial(_commitment, request, commitment_id, form=form)
    write = partial(services.ask_move, request.actor, commitment_id)
    done = _("已送召集人，答复以前按原来的日子算。")
    return put(request, form, write, again, done) or redirect("coordination:commitment", commitment_id)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, ask_id: int) -> HttpResponse:
    """Answer to what another side asks for: promise it, or say why not."""
    asked = queries.visible_ask(request.actor, ask_id)
    if not has_perm("coordination.speak", request.actor, asked.side):
        raise NotAllowed("speak", NO_OFFICE.sentence)
    form = f.PromiseFields(request.POST or None, initial={"what": asked.what, "due": asked.due})
    again, there = page(request, "coordination/ask.html", ask=asked, form=form), redirect(asked.thread)
    done = _("已答复，各方和居民都看得到。")
    if "decline" in request.POST:
        why = request.POST.get("reason", "").strip()[:300]
        return do(request, lambda: services.decline_ask(request.actor, ask_id, reason=why), again, done) or there

    def write(**words: Any) -> object:
        return services.promise_asked(request.actor, ask_id, word=services.Word(**words))

    return put(request, form, write, again, done) or there


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Cover words of an entry for residents, or open a working one to them."""
    thread, said = _said(request, entry_id)
    again = page(request, "coordination/entry.html", thread=thread, said=said, kinds=COVER_LABELS.items())
    if request.method == "GET":
        return again()
    there = redirect("coordination:entry", entry_id)
    return do(request, lambda: _change(request, entry_id), again, _("已记下。")) or there


@require_GET
def letter(request: HttpRequest, entry_id: int) -> FileResponse:
    """The scan of a stamped letter, for those at the table: stamps and signatures are not shown around."""
    entry = queries.visible_entry(request.actor, entry_id)
    thread = queries.visible_thread(request.actor, entry.thread_id)
    if entry.letter is None or not has_perm("coordination.read_working", request.actor, thread):
        raise Http404
    return guarded(entry.letter.file, is_photo=entry.letter.is_photo)


def _said(request: HttpRequest, entry_id: int) -> tuple[Thread, object]:
    """The entry as this reader may read and change it; what they may not is not there."""
    thread = queries.visible_thread(request.actor, queries.visible_entry(request.actor, entry_id).thread_id)
    seat = queries.seat_of(request.actor, thread, queries.table_of(thread))
    found = next((said for said in queries.said_in(thread, seat) if said.id == entry_id), None)
    if found is None or not (found.may_cover or found.may_open):
        raise Http404
    return thread, found


def _change(request: HttpRequest, entry_id: int) -> object:
    words = request.POST.get("words", "").strip()[:200]
    if "open" in request.POST:
        why = request.POST.get("reason", "").strip()[:300]
        return services.open_entry(request.actor, entry_id, reason=why)
    kind = request.POST.get("kind", "")
    chosen = CoverKind(kind) if kind in set(CoverKind) else CoverKind.PERSONAL
    return services.cover(request.actor, entry_id, kind=chosen, words=words)


@never_cache
@require_http_methods(["GET", "POST"])
def readings(request: HttpRequest, thread_id: int) -> HttpResponse:
    """The table of measurements, and a neighbour's own."""
    thread = queries.visible_thread(request.actor, thread_id)
    homes = queries.homes_in(request.actor, thread)
    form = f.ReadingForm(request.POST or None, homes=homes)
    shown = form if homes and thread.matter.is_open else None
    again = page(request, "coordination/readings.html", form=shown, **_measured(request, thread))
    write = partial(services.add_reading, request.actor, thread_id)
    done = _("已登记。邻居只看得到楼栋，在场各方看得到房号。")
    return put(request, form, write, again, done) or redirect("coordination:readings", thread_id)


def _measured(request: HttpRequest, thread: Thread) -> dict[str, object]:
    """The table as this reader may read it."""
    at_table = has_perm("coordination.read_working", request.actor, thread)
    found = queries.readings_page(request.actor, thread, request.GET.get("after", ""), at_table=at_table)
    return {"thread": thread, "page": found, "summary": queries.summary_of(thread)}


@never_cache
@require_http_methods(["GET", "POST"])
def guest(request: HttpRequest, key: str) -> HttpResponse:
    """A guest of an invited side reads the public part and speaks; an expired link says so and keeps what was typed."""
    form = f.GuestSaysForm(request.POST or None)
    try:
        side = services.guest_side(key)
    except RuleViolation as refused:
        context = {"form": form if form.is_bound else None, "refusal": refused}
        return render(request, "coordination/guest.html", context, status=409 if form.is_bound else 410)
    shown = {"side": side, "thread": side.thread, "form": form, "entries": queries.public_words(side.thread)}
    again = page(request, "coordination/guest.html", **shown)
    write, done = partial(services.guest_says, key), _("已提交，各方和居民都看得到。")
    return put(request, form, write, again, done) or redirect("coordination:guest", key)
