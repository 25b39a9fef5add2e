"""Planning: which kind, then the plan; the list of people; material; a Party meeting held elsewhere."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xieshang.lib.acts import do, make, page, put
from xieshang.lib.days import SHANGHAI
from xieshang.lib.paging import number_in
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.matters.models import Matter
from xieshang.matters.queries import named

from .. import queries, services
from ..forms.meetings import AgendaForms, MaterialForm, NamesForm, PartyMeetingForm, PlanForm, items_of
from ..models import KIND_LABELS, Meeting
from ..queries import desk
from ..queries.requests import request_page
from ..rules import Capacity, MeetingKind, PartyCount
from .desk import worked


@never_cache
@login_required
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Which kind of meeting this office calls."""
    kinds = desk.kinds_for(request.actor)
    if not kinds:
        raise NotAllowed("meetings.call", _("会议由居委会、村委会、党组织、业委会召集。"))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return render(request, "meetings/begin.html", {"kinds": kinds, "query": query})


def _plan_form(request: HttpRequest, kind: MeetingKind, **given: Any) -> PlanForm:
    places = desk.places_for(request.actor)
    return PlanForm(request.POST or None, kind=kind, places=places, bodies=desk.bodies_for(request.actor), **given)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, kind: str) -> HttpResponse:
    """Plan a meeting of one kind."""
    chosen = _kind(request, kind)
    about = _about(request)
    demanded = _demanded(request)
    first = {"title": str(KIND_LABELS[chosen]), "place_id": about.place_id if about else None}
    form = _plan_form(request, chosen, initial=first)
    agenda = AgendaForms(request.POST or None, prefix="item", initial=_first_items(about, demanded))

    def write(given: dict[str, Any]) -> Meeting:
        return services.call_meeting(request.actor, kind=chosen, items=items_of(agenda), of_matter=about, **given)

    return _planned(request, form, agenda, write, {"kind": chosen, "label": KIND_LABELS[chosen]})


def _kind(request: HttpRequest, kind: str) -> MeetingKind:
    if kind not in {choice.key for choice in desk.kinds_for(request.actor)} or kind == MeetingKind.PARTY:
        raise NotAllowed("meetings.call", _("您现在的身份不能召集这种会议。"))
    return MeetingKind(kind)


def _first_items(about: Matter | None, demanded: str) -> list[dict[str, str]] | None:
    titles = [title for title in (demanded, about.title if about else "") if title]
    return [{"title": title} for title in titles] or None


def _demanded(request: HttpRequest) -> str:
    """What members of the committee demanded the meeting for, from the address."""
    pk = number_in(request.GET.get("request", ""))
    return request_page(request.actor, pk).request.about if pk else ""


def _about(request: HttpRequest) -> Matter | None:
    """The matter that the meeting is held about, from the address."""
    return named(request.actor, request.GET.get("about", ""))


def _planned(request: HttpRequest, form: PlanForm, agenda: Any, write: Any, context: dict[str, Any]) -> HttpResponse:
    again = page(request, "meetings/plan.html", form=form, agenda=agenda, **context)
    if request.method == "POST" and not (form.is_valid() & agenda.is_valid()):
        return again(status=422)

    def onward(meeting: Meeting) -> HttpResponse:
        messages.success(request, _("会议安排存好了。齐了就发通知。"))
        return redirect("meetings:work", meeting.pk)

    return make(request, form, lambda **given: write(given), again, onward)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Write the plan anew before its notice goes out."""
    meeting = queries.visible_meeting(request.actor, meeting_id)
    if not has_perm("meetings.revise", request.actor, meeting):
        raise NotAllowed("meetings.revise")
    kind = MeetingKind(meeting.kind)
    form = _plan_form(request, kind, initial=_written(meeting))
    lines = [{"title": item.title, "is_voted": item.is_voted} for item in meeting.agenda.order_by("position")]
    agenda = AgendaForms(request.POST or None, prefix="item", initial=None if request.POST else lines)

    def write(given: dict[str, Any]) -> Meeting:
        given.pop("place", None)
        return services.revise(request.actor, meeting_id, services.Plan(items=items_of(agenda), **given))

    return _planned(request, form, agenda, write, {"kind": kind, "label": KIND_LABELS[kind], "meeting": meeting})


def _written(meeting: Meeting) -> dict[str, object]:
    """The plan as it stands, for its form."""
    local = meeting.starts_at.astimezone(SHANGHAI)
    sides = list(meeting.sides.order_by("pk"))
    names = ("venue", "room_url", "text", "base", "expected", "expected_source")
    return {
        "title": meeting.title,
        "place_id": meeting.matter.place_id,
        "day": local.date(),
        "hour": local.time(),
        "body_ids": [side.body_id for side in sides if side.body_id],
        "stand_ins": next((side.name for side in sides if side.stands_in), ""),
        "guests": "\n".join(side.name for side in sides if not side.is_needed),
        **{name: getattr(meeting, name) for name in names},
    }


@login_required
@require_POST
def ask_people(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Put people on the list: members before the notice, guests later too."""
    meeting = queries.visible_meeting(request.actor, meeting_id)
    form = NamesForm(request.POST)
    capacity = Capacity.GUEST if request.POST.get("as") == "guest" else Capacity.MEMBER
    ask = partial(services.ask_people, request.actor, meeting_id, capacity=capacity)

    def onward(added: int) -> HttpResponse:
        messages.success(request, _("名单上加了%d人。") % added)
        return redirect("meetings:work", meeting_id)

    return make(request, form, ask, partial(worked, request, meeting), onward)


@login_required
@require_POST
def take_off(request: HttpRequest, meeting_id: int, invitation_id: int) -> HttpResponse:
    """Take somebody off the list."""
    meeting = queries.visible_meeting(request.actor, meeting_id)
    act = partial(services.take_off, request.actor, meeting_id, invitation_id=invitation_id)
    return do(request, act, partial(worked, request, meeting)) or redirect("meetings:work", meeting_id)


@login_required
@require_POST
def add_material(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Lay out a document to be read beforehand."""
    meeting = queries.visible_meeting(request.actor, meeting_id)
    form = MaterialForm(request.POST, request.FILES)
    write = partial(services.add_material, request.actor, meeting_id)
    back = put(request, form, write, partial(worked, request, meeting), _("材料放好了。"))
    return back or redirect("meetings:work", meeting_id)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def party_meeting(request: HttpRequest) -> HttpResponse:
    """Enter a Party meeting by its numbers."""
    if MeetingKind.PARTY not in {choice.key for choice in desk.kinds_for(request.actor)}:
        raise NotAllowed("meetings.call", _("党的会议由党组织登记。"))
    form = PartyMeetingForm(request.POST or None)
    again = page(request, "meetings/party.html", form=form)

    def onward(meeting: Meeting) -> HttpResponse:
        messages.success(request, _("已登记。"))
        return redirect(meeting)

    return make(request, form, lambda **given: _entered(request, given), again, onward)


def _entered(request: HttpRequest, given: dict[str, Any]) -> Meeting:
    count = PartyCount(given["entitled"], given["present"], given["agree"], is_election=given["is_election"])
    words = {name: given[name] for name in ("held_on", "file_number", "form")}
    return services.record_party_meeting(request.actor, count=count, of_matter=_about(request), **words)
