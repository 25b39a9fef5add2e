"""Whoever keeps the room: signing others in, the agenda, the speakers, written authorities."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xieshang.lib.acts import do, put
from xieshang.lib.paging import number_in
from xieshang.lib.sending import guarded

from .. import queries, services
from ..forms import meetings as f
from ..models import Meeting
from ..queries import room
from ..rules import State
from .desk import kept, seat_choices, worked


def _kept_act(request: HttpRequest, meeting_id: int, act: Callable[[], object]) -> HttpResponse:
    meeting = kept(request, meeting_id)
    onward = reverse("meetings:work", args=[meeting_id]) + _anchor(request, meeting)
    return do(request, act, partial(worked, request, meeting)) or redirect(onward)


def _anchor(request: HttpRequest, meeting: Meeting) -> str:
    back = request.POST.get("back", "")
    return f"#{back}" if back in {"room", "speakers", "list"} and meeting.state != State.PLANNED else ""


@login_required
@require_POST
def take_up(request: HttpRequest, meeting_id: int, position: int) -> HttpResponse:
    """Take an item in hand."""
    return _kept_act(request, meeting_id, lambda: services.take_up(request.actor, meeting_id, position=position))


@login_required
@require_POST
def call_speaker(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Give the floor to the next, or to the one named."""
    hand = number_in(request.POST.get("hand", ""))
    return _kept_act(request, meeting_id, lambda: services.call_speaker(request.actor, meeting_id, hand_id=hand))


@login_required
@require_POST
def end_turn(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The turn is over."""
    return _kept_act(request, meeting_id, lambda: services.end_turn(request.actor, meeting_id))


@login_required
@require_POST
def hand_for(request: HttpRequest, meeting_id: int, attendance_id: int) -> HttpResponse:
    """Put somebody on the speakers' list."""
    return _kept_act(
        request, meeting_id, lambda: services.raise_hand_for(request.actor, meeting_id, attendance_id=attendance_id)
    )


@login_required
@require_POST
def mark_left(request: HttpRequest, meeting_id: int, attendance_id: int) -> HttpResponse:
    """Somebody has left."""
    return _kept_act(
        request, meeting_id, lambda: services.mark_left(request.actor, meeting_id, attendance_id=attendance_id)
    )


@login_required
@require_POST
def sign_listed(request: HttpRequest, meeting_id: int, invitation_id: int) -> HttpResponse:
    """Tick somebody off the list."""
    return _kept_act(
        request, meeting_id, lambda: services.sign_in_listed(request.actor, meeting_id, invitation_id=invitation_id)
    )


@login_required
@require_POST
def renew_code(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """New digits and a new QR code."""
    return _kept_act(request, meeting_id, lambda: services.renew_code(request.actor, meeting_id))


@login_required
@require_POST
def sign_named(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Sign somebody in by name."""
    meeting = kept(request, meeting_id)
    form = f.SeatForm(request.POST, prefix="seat", **seat_choices(meeting, queries.sides_of(meeting)))

    def sign(**given: Any) -> None:
        services.sign_in_named(request.actor, meeting_id, services.Named(**given))

    back = put(request, form, sign, partial(worked, request, meeting, typed={"seat": form}))
    if back is None:
        messages.success(request, _("%s签到了。") % form.cleaned_data["name"])
    return back or redirect(reverse("meetings:work", args=[meeting_id]) + "#room")


@login_required
@require_POST
def proxy(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Take in a written authority."""
    meeting = kept(request, meeting_id)
    agents = room.agents_of(request.actor, meeting)
    form = f.ProxyForm(
        request.POST, request.FILES, prefix="proxy", agents=agents, **seat_choices(meeting, queries.sides_of(meeting))
    )

    def accept(*, agent_id: int, powers: str, paper: Any, **given: Any) -> None:
        seat = services.Named(**given)
        services.accept_proxy(request.actor, meeting_id, seat=seat, agent_id=agent_id, powers=powers, paper=paper)

    back = put(request, form, accept, partial(worked, request, meeting, typed={"proxy": form}), _("委托书收下了。"))
    return back or redirect(reverse("meetings:work", args=[meeting_id]) + "#room")


@login_required
@require_GET
def proxy_paper(request: HttpRequest, meeting_id: int, proxy_id: int) -> FileResponse:
    """The picture of a written authority, for whoever keeps the room."""
    paper = queries.proxy_paper(kept(request, meeting_id), proxy_id)
    return guarded(paper.file, is_photo=paper.is_photo)
