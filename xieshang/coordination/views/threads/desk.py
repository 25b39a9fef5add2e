"""The desk: the page on which those at the table take their steps, and the raising of a thread."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.community.models import Place
from xieshang.community.queries import community_of, compounds_of
from xieshang.lib.acts import chosen, make, page, put
from xieshang.lib.addresses import whole_address
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refused

from ...forms import threads as f
from ...models import Side, Thread
from ...queries import threads as queries
from ...rules.threads import STEP_LABELS, Step
from ...services import threads as services
from .doors import DOORS

NO_WORK = later("只有在场的各方、居委会和社区党组织可以在这里办事。")


@never_cache
@login_required
@require_GET
def work(request: HttpRequest, thread_id: int) -> HttpResponse:
    """What this reader may do with the thread now."""
    return _worked(request, _workable(request, thread_id))


def _workable(request: HttpRequest, thread_id: int) -> Thread:
    """The thread, if this reader has work with it."""
    thread = queries.visible_thread(request.actor, thread_id)
    if not has_perm("coordination.work", request.actor, thread):
        raise NotAllowed("work", str(NO_WORK))
    return thread


def _worked(
    request: HttpRequest,
    thread: Thread,
    typed: tuple[str, f.ThreadForm] | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """The work page, the form that was sent kept as it was typed."""
    found = queries.work_on(request.actor, thread)
    for panel in found.panels:
        door = DOORS.get(panel.key)
        if door and not panel.is_blocked:
            panel.form = door.form(thread=thread, table=found.table, prefix=panel.key)
        if panel.key == "guest":
            panel.form = f.GuestForm(thread=thread, table=found.table, prefix="guest")
        if typed and panel.key == typed[0]:
            panel.form = typed[1]
    open_key = typed[0] if typed else request.GET.get("step", found.main_key)
    context = {"work": found, "thread": thread, "refusal": refusal, "open_key": open_key}
    return render(request, "coordination/work.html", context, status=status)


@login_required
@require_POST
def do(request: HttpRequest, thread_id: int, step: str) -> HttpResponse:
    """Take one step or act: the form, the verb, and back to the work page."""
    thread = _workable(request, thread_id)
    act = chosen(DOORS, step)
    form = act.form(request.POST, request.FILES, thread=thread, table=_table(request, thread), prefix=step)
    word = STEP_LABELS[Step(step)] if step in set(Step) else queries.ACT_LABELS[step]
    again, write = partial(_worked, request, thread, (step, form)), partial(act.verb, request.actor, thread_id)
    return put(request, form, write, again, _("“%s”已办好。") % word) or _onward(request, thread_id)


def _table(request: HttpRequest, thread: Thread) -> list[Side]:
    """The sides, each marked by whether this reader binds it, for the choices of the form."""
    return queries.work_on(request.actor, thread).table


def _onward(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Back to the thread; to the list where this office no longer sees it."""
    seen = queries.still_visible(request.actor, thread_id)
    return redirect("coordination:thread", thread_id) if seen else redirect("coordination:list")


@never_cache
@login_required
@require_POST
def guest_link(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Make a link for a guest and show it, once."""
    thread = _workable(request, thread_id)
    form = f.GuestForm(request.POST, thread=thread, table=_table(request, thread), prefix="guest")

    def shown(key: str) -> HttpResponse:
        link = whole_address("coordination:guest", key)
        context = {"thread": thread, "link": link, "days": form.cleaned_data["days"]}
        return render(request, "coordination/guest_link.html", context)

    again = partial(_worked, request, thread, ("guest", form))
    return make(request, form, partial(services.make_guest_link, request.actor), again, shown)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def raise_thread(request: HttpRequest) -> HttpResponse:
    """Raise a matter between the sides."""
    office = request.actor.office
    if office is None or not has_perm("coordination.raise", request.actor, office.place_path):
        raise NotAllowed("raise", _("居民的事请从“我要说事”提出，居委会会转来协调。各方由在任的人提出。"))
    form = f.RaiseForm(request.POST or None, places=_places(office.body.place))
    again = page(request, "coordination/raise.html", form=form)

    def onward(thread: Thread) -> HttpResponse:
        messages.success(request, _("已送社区党组织，编号%s。") % thread.matter.number)
        return redirect("coordination:thread", thread.pk)

    return make(request, form, partial(services.raise_thread, request.actor), again, onward)


def _places(place: Place) -> list[Place]:
    """The office's own place, and where that is a community the estates in it."""
    community = community_of(place)
    if community is None:
        return []
    return [place, *compounds_of(community.pk)] if place.is_community else [place]
