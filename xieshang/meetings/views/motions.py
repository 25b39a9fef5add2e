"""Doors of motions: the page of the room, and what is done on it."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xieshang.lib.acts import do, put
from xieshang.lib.refusals import Refused
from xieshang.voting.rules import room, secret

from .. import services
from ..forms.motions import CountForm, MotionForm, RecountForm, SlipForm, VoteForm
from ..queries import visible_meeting
from ..queries.motions import latest, motion_page, shown_motions

# Said to whoever taps twice: the vote is in, nothing went wrong.
DONE_ALREADY = {room.VOTED_HERE.code, secret.ALREADY_USED.code}


@never_cache
@login_required
@require_GET
def motions(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """What is put to the room now, what was counted, and for whoever keeps it how to go on."""
    return _page(request, meeting_id)


def _page(
    request: HttpRequest,
    meeting_id: int,
    *,
    refusal: Refused | None = None,
    form: MotionForm | None = None,
    count: CountForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = motion_page(request.actor, meeting_id)
    context = {
        "page": page,
        "meeting": page.meeting,
        "now": page.now,
        "seat": page.seat,
        "refusal": refusal,
        "form": form or (MotionForm(items=page.agenda) if page.may_bring else None),
        "count": count or CountForm(),
    }
    return render(request, "meetings/motions.html", context, status=status)


@never_cache
@require_GET
def taken(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """How many have voted in the motion that is open, and no more than that."""
    found = latest(shown_motions(visible_meeting(request.actor, meeting_id)))
    if found is None or not found.is_open:
        return HttpResponse(_("已停止投票"))
    return HttpResponse(_("已投 %s / %s%s") % (found.taken, found.whole, found.unit))


@never_cache
@login_required
@require_GET
def motion_sheet(request: HttpRequest, meeting_id: int, motion_id: int) -> HttpResponse:
    """A sheet to count on by hand, to be printed before the net is down."""
    page = motion_page(request.actor, meeting_id)
    one = next((one for one in page.motions if one.motion.pk == motion_id), None)
    if one is None or not page.keeps:
        raise Http404
    context = {"meeting": page.meeting, "motion": one.motion, "whole": one.whole, "need": one.rule or page.need}
    return render(request, "meetings/motion_sheet.html", context)


@login_required
@require_POST
def bring_motion(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Write down a motion."""
    form = MotionForm(request.POST, items=motion_page(request.actor, meeting_id).agenda)
    write = partial(services.bring_motion, request.actor, meeting_id)
    again = partial(_page, request, meeting_id, form=form)
    return put(request, form, write, again) or redirect("meetings:motions", meeting_id)


def _done(request: HttpRequest, meeting_id: int, act: Callable[[], object]) -> HttpResponse:
    """Do it and go back to the page, or say there what is in the way."""
    return do(request, act, partial(_page, request, meeting_id)) or redirect("meetings:motions", meeting_id)


@login_required
@require_POST
def put_motion(request: HttpRequest, meeting_id: int, motion_id: int) -> HttpResponse:
    """Put it to the room."""
    return _done(request, meeting_id, lambda: services.put_motion(request.actor, motion_id))


@login_required
@require_POST
def withdraw_motion(request: HttpRequest, meeting_id: int, motion_id: int) -> HttpResponse:
    """Take back what was not put yet."""
    return _done(request, meeting_id, lambda: services.withdraw_motion(request.actor, motion_id))


@login_required
@require_POST
def vote_on_motion(request: HttpRequest, meeting_id: int, motion_id: int) -> HttpResponse:
    """Vote from one's phone; with a script only one's own part of the page changes."""
    form = VoteForm(request.POST)

    def vote(*, option: int, right: int | None) -> None:
        services.vote_on_motion(request.actor, motion_id, option_id=option, right_id=right)

    return put(request, form, vote, partial(_mine, request, meeting_id, form)) or _mine(request, meeting_id)


def _mine(
    request: HttpRequest,
    meeting_id: int,
    form: VoteForm | None = None,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """One's own part of the page after voting, or the whole page without a script."""
    if refusal and refusal.refusal.code in DONE_ALREADY:
        refusal, status = None, 200
    unticked = form.errors.get("option", [""])[0] if form else ""
    why = refusal.refusal.sentence if refusal else str(unticked)
    if not request.htmx:
        if why:
            messages.error(request, why)
        return redirect("meetings:motions", meeting_id)
    page = motion_page(request.actor, meeting_id)
    context = {"page": page, "meeting": page.meeting, "now": page.now, "seat": page.seat, "why": why}
    return render(request, "meetings/parts/motion_mine.html", context, status=status)


@login_required
@require_POST
def hand_out_slip(request: HttpRequest, meeting_id: int, motion_id: int) -> HttpResponse:
    """A paper for somebody without a phone."""
    form, again = SlipForm(request.POST), partial(_page, request, meeting_id)

    def hand_out(*, right: int) -> None:
        services.hand_out_slip(request.actor, motion_id, right_id=right)

    done = _("发了一张纸票，请本人填好放进票箱。")
    return put(request, form, hand_out, again, done) or redirect("meetings:motions", meeting_id)


@login_required
@require_POST
def count_motion(request: HttpRequest, meeting_id: int, motion_id: int) -> HttpResponse:
    """End the vote and count it."""
    form = CountForm(request.POST, request.FILES)
    return _counted(request, meeting_id, form, lambda: services.count_motion(request.actor, motion_id, form.counted))


@login_required
@require_POST
def recount_motion(request: HttpRequest, meeting_id: int, motion_id: int) -> HttpResponse:
    """Count once more."""
    form = RecountForm(request.POST, request.FILES)

    def recount() -> None:
        reason = form.cleaned_data["reason"]
        services.recount_motion(request.actor, motion_id, form.must_be_counted(), reason=reason)

    return _counted(request, meeting_id, form, recount)


def _counted(request: HttpRequest, meeting_id: int, form: CountForm, write: Callable[[], object]) -> HttpResponse:
    again = partial(_page, request, meeting_id, count=form)
    return put(request, form, lambda **_given: write(), again) or redirect("meetings:motions", meeting_id)
