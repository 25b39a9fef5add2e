"""Reads of demands for a meeting of the homeowners' committee: facts for the rules, the page, what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.community.models import Body, Office
from xieshang.community.rules import OWNERS_ROLES, Role
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.waiting import Waiting

from ..models import Meeting, MeetingRequest, RequestSignature
from ..rules import State, number
from ..rules.requests import STANDING, Caller, RequestState, is_late, least_signatures, needed_share

MEMBERS = [role.value for role in OWNERS_ROLES]
MOST_SHOWN = 20
STANDS = [state.value for state in STANDING]
NOT_CALLED = [State.PLANNED.value, State.CANCELLED.value]


def members_of(body: Body | int, on: date) -> dict[int, int]:
    """Who is a member of the committee on a day: person and office."""
    rows = Office.objects.running(on).filter(body=body, role__in=MEMBERS).order_by("pk")
    return dict(rows.values_list("person_id", "pk"))


def signers_in_office(request: MeetingRequest, members: Iterable[int]) -> int:
    """How many of those who signed are members today."""
    return request.signatures.filter(person_id__in=list(members)).count()


def standing_request(body_id: int) -> MeetingRequest | None:
    """The demand of a committee that is not answered yet; there is one at most."""
    return MeetingRequest.objects.filter(body_id=body_id, state__in=STANDS).first()


def called_for(request: MeetingRequest) -> Meeting | None:
    """The meeting whose notice answered a demand; there is one at most."""
    rows = request.meetings.exclude(state__in=NOT_CALLED).select_related("matter", "chair__person")
    return rows.first()


def who_called(meeting: Meeting) -> str:
    """Who planned a meeting of the committee, by name: only members and officers of the place read it."""
    person = meeting.chair.person if meeting.chair else None
    return (person.real_name or person.get_short_name()) if person else str(meeting.body)


def _called_by_another(actor: Actor, body: Body, items: Iterable[str]) -> str:
    """Who has already called a meeting about one of these, of what this member demanded too."""
    rows = MeetingRequest.objects.filter(body=body, state=RequestState.ANSWERED.value, about__in=list(items))
    found = rows.filter(signatures__person_id=actor.person_id).order_by("-pk").first()
    meeting = called_for(found) if found else None
    return who_called(meeting) if meeting else ""


def caller_of(actor: Actor, body: Body, today: date, items: Iterable[str]) -> Caller:
    """Who wants to call a meeting of the committee, as the rules ask."""
    has_chair = Office.objects.running(today).filter(body=body, role=Role.OWNERS_CHAIR.value).exists()
    found = standing_request(body.pk)
    late = found is not None and is_late(RequestState(found.state), found.call_by, today)
    signed = late and found is not None and found.signatures.filter(person_id=actor.person_id).exists()
    about = found.about if found and signed else None
    return Caller(actor.role == Role.OWNERS_CHAIR, has_chair, about, _called_by_another(actor, body, items))


def demanded_of(meeting: Meeting) -> str | None:
    """What stands on the agenda because members demanded this meeting."""
    return meeting.demand.about if meeting.demand else None


@dataclass(frozen=True, slots=True)
class DemandedMeeting:
    """A meeting that somebody plans, or has called, for a demand."""

    who: str
    title: str
    url: str
    is_called: bool
    noticed_at: datetime | None


def demanded_meetings(request: MeetingRequest) -> list[DemandedMeeting]:
    """Who plans or has called a meeting for a demand; one query."""
    rows = request.meetings.exclude(state=State.CANCELLED.value).select_related("matter", "chair__person", "body")
    return [
        DemandedMeeting(who_called(one), one.title, one.get_absolute_url(), one.state not in NOT_CALLED, one.noticed_at)
        for one in rows.order_by("pk")
    ]


@dataclass(slots=True)
class RequestPage:
    """One demand for one reader."""

    request: MeetingRequest
    names: list[str]
    least: int
    members: int
    share: str
    days: int
    is_member: bool
    is_chair: bool
    has_signed: bool
    late: bool
    # Not called off: planned, or called, which one of them is at most.
    meetings: list["DemandedMeeting"]

    @property
    def called(self) -> "DemandedMeeting | None":
        """The meeting that answers it."""
        return next((one for one in self.meetings if one.is_called), None)

    @property
    def is_gathering(self) -> bool:
        """Whether members still sign."""
        return self.request.state == RequestState.GATHERING

    @property
    def is_reached(self) -> bool:
        """Whether the chair is to call."""
        return self.request.state == RequestState.REACHED

    @property
    def lacking(self) -> int:
        """How many more have to sign."""
        return max(self.least - len(self.names), 0)

    @property
    def may_call(self) -> bool:
        """Whether this reader may call the meeting now."""
        return self.is_reached and (self.is_chair or (self.late and self.has_signed))


def request_page(actor: Actor, request_id: int) -> RequestPage:
    """One demand, if this actor may know of it; else 404. A fixed number of queries."""
    rows = MeetingRequest.objects.visible_to(actor).select_related("body")
    return page_of_request(actor, get_object_or_404(rows, pk=request_id))


def page_of_request(actor: Actor, request: MeetingRequest) -> RequestPage:
    """The page of a demand that was read already."""
    today = shown_today()
    signed = list(request.signatures.select_related("person").order_by("pk"))
    in_office = members_of(request.body_id, today)
    members = request.members or len(in_office)
    counted = [row for row in signed if request.members or row.person_id in in_office]
    return RequestPage(
        request=request,
        names=[row.person.real_name or row.person.get_short_name() for row in counted],
        least=least_signatures(request.values, members) if members else 1,
        members=members,
        share=needed_share(request.values).words,
        days=number(request.values, "request_days"),
        is_member=actor.person_id in in_office,
        is_chair=actor.role == Role.OWNERS_CHAIR and getattr(actor.office, "body_id", None) == request.body_id,
        has_signed=any(row.person_id == actor.person_id for row in signed),
        late=is_late(RequestState(request.state), request.call_by, today),
        meetings=demanded_meetings(request),
    )


def requests_of(actor: Actor) -> list[MeetingRequest]:
    """The demands that this office may know of, the newest first."""
    rows = MeetingRequest.objects.visible_to(actor).select_related("body")
    return list(rows.order_by("-pk")[:MOST_SHOWN])


def requests_waiting(actor: Actor) -> list[Waiting]:
    """A demand to sign, to answer as the chair, or to call oneself because the days are over; one query, of members."""
    office = actor.office
    if office is None or actor.role not in OWNERS_ROLES:
        return []
    signed = RequestSignature.objects.filter(request=OuterRef("pk"), person_id=actor.person_id)
    rows = MeetingRequest.objects.filter(body_id=office.body_id, state__in=STANDS).annotate(signed=Exists(signed))
    return [line for line in (_line(actor, row, signed=row.signed) for row in rows) if line]


def _line(actor: Actor, request: MeetingRequest, *, signed: bool) -> Waiting | None:
    url, about = request.get_absolute_url(), request.about
    if request.state == RequestState.GATHERING:
        return None if signed else Waiting(about, _("有委员要求开业委会会议，等您看看"), url, _("去看看"))
    if actor.role == Role.OWNERS_CHAIR:
        return Waiting(about, _("委员联名要求开会，请按期发出会议通知"), url, _("去召集"), request.call_by)
    if signed and is_late(RequestState.REACHED, request.call_by, shown_today()):
        return Waiting(about, _("主任到期没有召集，联名的委员可以自己召集"), url, _("去召集"), request.call_by)
    return None
