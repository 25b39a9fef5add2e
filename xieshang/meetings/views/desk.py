"""The work page of a meeting: its steps, its lists, its sign-in desk, its speakers; and the big screen."""

import io
from collections.abc import Iterable
from functools import partial
from typing import Any

import segno
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xieshang.lib.acts import Act, chosen, put
from xieshang.lib.addresses import whole_address
from xieshang.lib.clock import shown_now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refused

from .. import queries, services
from ..forms import meetings as f
from ..models import Meeting, MeetingSide
from ..queries import desk as work_queries
from ..queries import room
from ..queries.motions import latest, shown_motions
from ..rules import Base, Step

DOORS: dict[str, Act[f.PlainForm]] = {
    Step.NOTIFY: Act(f.NothingForm, services.notify, _("通知发出去了。")),
    Step.OPEN: Act(f.NothingForm, services.open_meeting, _("会议开始了。")),
    Step.CLOSE: Act(f.NothingForm, services.close_meeting, _("已散会。")),
    Step.ADJOURN: Act(f.WhenForm, services.adjourn, _("已改日，大家会收到通知。")),
    Step.POSTPONE: Act(f.PostponeForm, services.postpone, _("已改期，大家会收到通知。")),
    Step.CANCEL: Act(f.ReasonForm, services.cancel, _("会议取消了。")),
}


def kept(request: HttpRequest, meeting_id: int) -> Meeting:
    """The meeting whose room this office keeps."""
    meeting = queries.visible_meeting(request.actor, meeting_id)
    _require_keeper(request, meeting)
    return meeting


def _require_keeper(request: HttpRequest, meeting: Meeting) -> None:
    if not has_perm("meetings.keep", request.actor, meeting):
        raise NotAllowed("meetings.keep", _("这次会议由召集的单位办理。"))


@never_cache
@login_required
@require_GET
def work(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """What this office may do with the meeting now."""
    return worked(request, kept(request, meeting_id))


def worked(
    request: HttpRequest,
    meeting: Meeting,
    refusal: Refused | None = None,
    status: int = 200,
    *,
    typed: dict[str, f.PlainForm] | None = None,
) -> HttpResponse:
    """The work page, for whoever keeps the room; forms that were sent stay as they were typed, by their step."""
    _require_keeper(request, meeting)
    context = _on_desk(request, meeting, typed or {})
    return render(request, "meetings/work.html", {**context, "refusal": refusal}, status=status)


def _on_desk(request: HttpRequest, meeting: Meeting, typed: dict[str, f.PlainForm]) -> dict[str, object]:
    """Everything that lies on the work page."""
    facts = queries.facts_of(meeting, shown_now())
    desk, page = work_queries.desk_of(request.actor, meeting, facts), queries.page_of(meeting, facts)
    for panel in desk.panels:
        panel.form = typed.get(panel.key) or DOORS[panel.key].form(prefix=panel.key)
    return {
        "meeting": meeting,
        "desk": desk,
        "room": room.room_page(meeting, facts),
        "page": page,
        "people": room.on_list(request.actor, meeting),
        "answers": room.answers_of(meeting),
        "rows": room.signed_in(request.actor, meeting, request.GET.get("after", "")),
        "names_form": f.NamesForm(),
        "material_form": f.MaterialForm(),
        **_seat_forms(request, page, typed),
    }


def _seat_forms(request: HttpRequest, page: queries.MeetingPage, typed: dict[str, f.PlainForm]) -> dict[str, object]:
    """Forms of the sign-in desk, while people come in."""
    meeting, given = page.meeting, seat_choices(page.meeting, page.sides)
    found: dict[str, object] = {"seat_form": typed.get("seat") or f.SeatForm(prefix="seat", **given)}
    if room.takes_proxies(meeting):
        agents = room.agents_of(request.actor, meeting)
        found["proxy_form"] = typed.get("proxy") or f.ProxyForm(prefix="proxy", agents=agents, **given)
    return found


def seat_choices(meeting: Meeting, sides: Iterable[MeetingSide]) -> dict[str, Any]:
    """What the forms of the sign-in desk choose from."""
    pairs = [(side.pk, side.name) for side in sides]
    return {"place": meeting.matter.place, "base": Base(meeting.base), "sides": pairs}


@login_required
@require_POST
def do(request: HttpRequest, meeting_id: int, step: str) -> HttpResponse:
    """Take one step: the form, the verb, and back to the work page."""
    meeting = queries.visible_meeting(request.actor, meeting_id)
    act = chosen(DOORS, step)
    form = act.form(request.POST, prefix=step)
    again, write = partial(worked, request, meeting, typed={step: form}), partial(act.verb, request.actor, meeting_id)
    return put(request, form, write, again, act.done) or redirect("meetings:work", meeting_id)


@never_cache
@login_required
@require_GET
def screen(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The big screen: how to sign in, who is there, what is talked over, who speaks."""
    meeting = kept(request, meeting_id)
    page = room.room_page(meeting, queries.facts_of(meeting, shown_now()))
    now = latest(shown_motions(meeting)) if page.is_open else None
    return render(request, "meetings/screen.html", {"meeting": meeting, "room": page, "now": now})


@never_cache
@login_required
@require_GET
def qr(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The QR code of the screen, as a picture."""
    meeting = kept(request, meeting_id)
    if not meeting.key:
        raise Http404
    out = io.BytesIO()
    address = whole_address("meetings:by_key", meeting.key)
    segno.make(address, micro=False).save(out, kind="svg", border=2, omitsize=True, svgclass=None, lineclass=None)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")
