"""Small acts: one commitment, what was asked, one entry, measurements, a guest, a company's reply."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.fields import Day
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.sending import guarded

from ...forms import threads as f
from ...models import Thread
from ...queries import threads as queries
from ...rules.threads import COVER_LABELS, CoverKind
from ...rules.threads.sides import NO_OFFICE
from ...services import threads as services

Refused = RuleViolation | NotAllowed


def attempt(verb: Callable[..., object], *args: object, **words: object) -> Refused | None:
    """Call a verb; what stands in its way, if anything does."""
    try:
        verb(*args, **words)
    except (RuleViolation, NotAllowed) as refused:
        return refused
    return None


def _status(refusal: Refused | None) -> int:
    return 403 if isinstance(refusal, NotAllowed) else 409 if refusal else 422


@require_GET
def commitment(request: HttpRequest, commitment_id: int) -> HttpResponse:
    """One commitment, what the others say of it, its days."""
    return _commitment(request, commitment_id)


def _commitment(
    request: HttpRequest, commitment_id: int, refusal: Refused | None = None, form: forms.Form | None = None
) -> HttpResponse:
    page = queries.commitment_page(request.actor, commitment_id)
    fields = {"due": Day(label=_("改到哪天")), "reason": f.reason(_("为什么要改期"))}
    context = {"page": page, "refusal": refusal, "move_form": form or f.PlainForm(fields=fields)}
    status = _status(refusal) if refusal or form else 200
    return render(request, "coordination/commitment.html", context, status=status)


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
    refusal = attempt(verb, request.actor, thing, **words)
    if refusal:
        return _commitment(request, commitment_id, refusal)
    messages.success(request, _("已记下，各方和居民都看得到。"))
    return redirect("coordination:commitment", commitment_id)


@login_required
@require_POST
def ask_move(request: HttpRequest, commitment_id: int) -> HttpResponse:
    """Ask for another day."""
    fields = {"due": Day(label=_("改到哪天")), "reason": f.reason(_("为什么要改期"))}
    form = f.PlainForm(request.POST, fields=fields)
    if not form.is_valid():
        return _commitment(request, commitment_id, form=form)
    refusal = attempt(services.ask_move, request.actor, commitment_id, **form.cleaned_data)
    if refusal:
        return _commitment(request, commitment_id, refusal, form)
    messages.success(request, _("已送召集人，答复以前按原来的日子算。"))
    return redirect("coordination:commitment", commitment_id)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, ask_id: int) -> HttpResponse:
    """Answer to what another side asks for: promise it, or say why not."""
    asked = queries.visible_ask(request.actor, ask_id)
    if not has_perm("coordination.speak", request.actor, asked.side):
        raise NotAllowed("speak", NO_OFFICE.sentence)
    form = f.PromiseFields(request.POST or None, initial={"what": asked.what, "due": asked.due})
    refusal = None
    if request.method == "POST" and "decline" in request.POST:
        why = request.POST.get("reason", "").strip()[:300]
        refusal = attempt(services.decline_ask, request.actor, ask_id, reason=why)
    elif form.is_bound and form.is_valid():
        word = services.Word(**form.cleaned_data)
        refusal = attempt(services.promise_asked, request.actor, ask_id, word=word)
    if request.method == "POST" and not refusal and ("decline" in request.POST or form.is_valid()):
        messages.success(request, _("已答复，各方和居民都看得到。"))
        return redirect("coordination:thread", asked.thread_id)
    status = 200 if request.method == "GET" else _status(refusal)
    return render(request, "coordination/ask.html", {"ask": asked, "form": form, "refusal": refusal}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Cover words of an entry for residents, or open a working one to them."""
    thread, said = _said(request, entry_id)
    refusal = None
    if request.method == "POST":
        refusal = _change(request, entry_id)
        if refusal is None:
            messages.success(request, _("已记下。"))
            return redirect("coordination:entry", entry_id)
    context = {"thread": thread, "said": said, "refusal": refusal, "kinds": COVER_LABELS.items()}
    return render(request, "coordination/entry.html", context, status=_status(refusal) if refusal else 200)


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


def _change(request: HttpRequest, entry_id: int) -> Refused | None:
    words = request.POST.get("words", "").strip()[:200]
    if "open" in request.POST:
        why = request.POST.get("reason", "").strip()[:300]
        return attempt(services.open_entry, request.actor, entry_id, reason=why)
    kind = request.POST.get("kind", "")
    chosen = CoverKind(kind) if kind in set(CoverKind) else CoverKind.PERSONAL
    return attempt(services.cover, request.actor, entry_id, kind=chosen, words=words)


@never_cache
@require_http_methods(["GET", "POST"])
def readings(request: HttpRequest, thread_id: int) -> HttpResponse:
    """The table of measurements, and a neighbour's own."""
    thread = queries.visible_thread(request.actor, thread_id)
    homes = queries.homes_in(request.actor, thread)
    form = f.ReadingForm(request.POST or None, homes=homes)
    refusal = None
    if form.is_bound and form.is_valid():
        refusal = attempt(services.add_reading, request.actor, thread_id, **form.cleaned_data)
        if refusal is None:
            messages.success(request, _("已登记。邻居只看得到楼栋，在场各方看得到房号。"))
            return redirect("coordination:readings", thread_id)
    context = _measured(request, thread) | {"refusal": refusal}
    context["form"] = form if homes and thread.matter.is_open else None
    return render(request, "coordination/readings.html", context, status=_status(refusal) if form.is_bound else 200)


def _measured(request: HttpRequest, thread: Thread) -> dict[str, object]:
    """The table as this reader may read it."""
    at_table = has_perm("coordination.read_working", request.actor, thread)
    page = queries.readings_page(request.actor, thread, request.GET.get("after", ""), at_table=at_table)
    return {"thread": thread, "page": page, "summary": queries.summary_of(thread)}


@never_cache
@require_http_methods(["GET", "POST"])
def guest(request: HttpRequest, key: str) -> HttpResponse:
    """A guest of an invited side reads the public part and speaks; an expired link says so and keeps what was typed."""
    form = f.GuestSaysForm(request.POST or None)
    context: dict[str, object] = {"form": form if form.is_bound else None}
    try:
        side = services.guest_side(key)
        if form.is_bound and form.is_valid():
            services.guest_says(key, **form.cleaned_data)
            messages.success(request, _("已提交，各方和居民都看得到。"))
            return redirect("coordination:guest", key)
    except RuleViolation as refused:
        context["refusal"] = refused
        return render(request, "coordination/guest.html", context, status=410 if not form.is_bound else 409)
    context |= {"side": side, "thread": side.thread, "form": form, "entries": queries.public_words(side.thread)}
    return render(request, "coordination/guest.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def reply(request: HttpRequest, body_id: int) -> HttpResponse:
    """A company answers to its record."""
    refusal = attempt(services.reply_to_record, request.actor, body_id, text=request.POST.get("text", "")[:2000])
    if refusal:
        messages.error(request, _(_sentence(refusal)))
    else:
        messages.success(request, _("答复已公开，和记录放在一起。"))
    return redirect("coordination:record", body_id)


def _sentence(refusal: Refused) -> str:
    return refusal.refusal.sentence if isinstance(refusal, RuleViolation) else refusal.sentence
