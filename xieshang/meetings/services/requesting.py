"""Members of a homeowners' committee demand a meeting; the chair answers with its notice, or they call it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.community.models import Body, Office, Place
from xieshang.community.queries import community_of, rules_for
from xieshang.community.rules import BodyKind, Role
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import now
from xieshang.lib.days import day_of, short_day
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.notify.services import send

from ..models import Meeting, MeetingRequest, RequestSignature
from ..queries.requests import called_for, caller_of, members_of, signers_in_office, who_called
from ..rules import DEFAULTS, KIND, MeetingKind
from ..rules import requests as law
from ..rules.requests import RequestState, RequestStep

# Told when the chair lets the days go by.
WATCHING = (Role.PARTY_SECRETARY, Role.COMMITTEE_CHAIR, Role.STREET_OFFICER)
MOST = 50


def _member(actor: Actor, body_id: int) -> None:
    """Only a member in their own name: neither a deputy nor a helper signs for somebody."""
    known = actor.office is not None and actor.office.body_id == body_id
    in_office = members_of(body_id, day_of(now()))
    if not known or actor.helper or actor.person_id not in in_office:
        raise NotAllowed("meetings.request", str(law.MEMBERS_ONLY))


@transaction.atomic
def raise_request(actor: Actor, *, about: str) -> MeetingRequest:
    """Write down what the committee should meet about, and sign it as the first."""
    office = actor.office
    if office is None or not has_perm("meetings.request", actor, office.place_path):
        raise NotAllowed("meetings.request", str(law.MEMBERS_ONLY))
    body: Body = office.body
    _member(actor, body.pk)
    words = " ".join(about.split())[:80]
    if not words:
        raise RuleViolation(law.ABOUT_MISSING)
    at = now()
    request = MeetingRequest(body=body, community=_community(body), about=words, raised_at=at)
    request.values = rules_for(body.place, KIND, day_of(at), DEFAULTS)
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError:
        raise RuleViolation(law.REQUEST_STANDS) from None
    audit(actor, request, "raise_request")
    _put_name(actor, request)
    if request.state == RequestState.GATHERING:
        others = set(members_of(body.pk, day_of(at))) - {actor.person_id}
        _tell(request, others, _("有委员要求开业委会会议，请看看要不要联名。"))
    return request


def _community(body: Body) -> Place:
    return community_of(body.place) or body.place


def audit(actor: Actor, request: MeetingRequest, verb: str) -> None:
    """Record an act; without names."""
    detail = {"request": request.pk, "state": request.state}
    record(actor, f"meetings.{verb}", place=request.body.place.path, detail=detail)


def _locked(actor: Actor, request_id: int) -> MeetingRequest:
    rows = MeetingRequest.objects.visible_to(actor).select_for_update(of=("self",)).select_related("body__place")
    request = get_object_or_404(rows, pk=request_id)
    _member(actor, request.body_id)
    return request


@transaction.atomic
def sign_request(actor: Actor, request_id: int) -> MeetingRequest:
    """Sign a demand; with the one that makes it enough, the chair's days begin."""
    request = _locked(actor, request_id)
    if request.signatures.filter(person_id=actor.person_id).exists():
        raise RuleViolation(law.SIGNED_ALREADY)
    if request.state != RequestState.GATHERING:
        raise RuleViolation(law.NOT_GATHERING)
    audit(actor, request, "sign_request")
    _put_name(actor, request)
    return request


def _put_name(actor: Actor, request: MeetingRequest) -> None:
    at = now()
    office_id = actor.office.id if actor.office else 0
    RequestSignature.objects.create(request=request, person_id=actor.person_id or 0, office_id=office_id, at=at)
    members = members_of(request.body_id, day_of(at))
    if not law.is_enough(request.values, signers_in_office(request, members), len(members)):
        return
    request.state = law.next_request_state(RequestState(request.state), RequestStep.REACH).value
    request.reached_at, request.members = at, len(members)
    request.call_by = law.call_by(request.values, day_of(at))
    request.save()
    audit(actor, request, "reach_request")
    by = short_day(request.call_by)
    _tell(request, members, _("联名要求开会的委员够数了，请主任在{by}前发出会议通知。").format(by=by))


@transaction.atomic
def unsign_request(actor: Actor, request_id: int) -> MeetingRequest:
    """Take one's name back while names are gathered; a demand without any is withdrawn."""
    request = _locked(actor, request_id)
    after = law.next_request_state(RequestState(request.state), RequestStep.WITHDRAW)
    gone, _rows = request.signatures.filter(person_id=actor.person_id).delete()
    if not gone:
        raise RuleViolation(law.NOT_SIGNED)
    if not request.signatures.exists():
        request.state = after.value
        request.save(update_fields=["state"])
    audit(actor, request, "unsign_request")
    return request


def require_may_call(actor: Actor, kind: MeetingKind, body: Body, items: Sequence[str]) -> None:
    """A meeting of the committee is called by its chair, or by those whose demand went unanswered."""
    if kind == MeetingKind.OWNERS_COMMITTEE:
        law.require_caller(caller_of(actor, body, day_of(now()), items), items)


def plan_for_demand(meeting: Meeting) -> None:
    """A meeting with what members demanded on its agenda is held for it; several may be planned until one is called."""
    if meeting.kind != MeetingKind.OWNERS_COMMITTEE or meeting.demand_id is not None:
        return
    titles = list(meeting.agenda.values_list("title", flat=True))
    rows = MeetingRequest.objects.filter(body_id=meeting.body_id, about__in=titles)
    meeting.demand = rows.filter(state=RequestState.REACHED.value).first()
    meeting.save(update_fields=["demand"])


def replan_for_demand(actor: Actor, meeting: Meeting) -> None:
    """Its agenda was written anew: the chair may leave out what was demanded, and then it is a meeting like others."""
    titles = meeting.agenda.values_list("title", flat=True)
    if meeting.demand and actor.role == Role.OWNERS_CHAIR and meeting.demand.about not in titles:
        meeting.demand = None
    plan_for_demand(meeting)


def answer_demand(meeting: Meeting) -> None:
    """Its notice is out: the demand is answered. Of two notices at once the second waits here, and is refused."""
    plan_for_demand(meeting)
    if meeting.demand_id is None:
        return
    demand = MeetingRequest.objects.select_for_update().get(pk=meeting.demand_id)
    if first := called_for(demand):
        raise law.called_already(who_called(first))
    demand.state = law.next_request_state(RequestState(demand.state), RequestStep.ANSWER).value
    demand.save(update_fields=["state"])


def reopen_demand(meeting: Meeting) -> None:
    """Its notice had been out and it was called off: the demand stands again, with the day it had."""
    if meeting.demand_id is None or meeting.noticed_at is None:
        return
    demand = MeetingRequest.objects.select_for_update().get(pk=meeting.demand_id)
    demand.state = law.next_request_state(RequestState(demand.state), RequestStep.REOPEN).value
    demand.save(update_fields=["state"])


def tell_of_late(at: datetime) -> int:
    """Once for every demand whose days are over: those who signed, and whoever guides the committee, are told.

    Nothing waits for it: from that day on the members may call, told or not.
    """
    rows = MeetingRequest.objects.filter(state=RequestState.REACHED.value, late_told_at=None, call_by__lt=day_of(at))
    return sum(_told_late(pk, at) for pk in rows.order_by("pk").values_list("pk", flat=True)[:MOST])


@transaction.atomic
def _told_late(pk: int, at: datetime) -> int:
    rows = MeetingRequest.objects.select_for_update(of=("self",)).select_related("body__place")
    request = rows.filter(pk=pk, state=RequestState.REACHED.value, late_told_at=None).first()
    if request is None:
        return 0
    request.late_told_at = at
    request.save(update_fields=["late_told_at"])
    signed = set(request.signatures.values_list("person_id", flat=True))
    _tell(request, signed, _("主任到期没有发会议通知，联名的委员可以自己召集。"))
    _tell(request, _watching(request, at) - signed, _("业委会委员联名要求开会，主任到期没有召集，请督促。"))
    audit(SYSTEM, request, "late_request")
    return 1


def _watching(request: MeetingRequest, at: datetime) -> set[int]:
    """Who guides the committee: Party organisation and residents' committee of the community, and the street."""
    places = request.body.place.ancestor_paths
    kinds = [BodyKind.PARTY_ORG, BodyKind.RESIDENTS_COMMITTEE, BodyKind.VILLAGERS_COMMITTEE, BodyKind.STREET_OFFICE]
    offices = Office.objects.running(day_of(at)).filter(body__place__path__in=places, body__kind__in=kinds)
    return set(offices.filter(role__in=[role.value for role in WATCHING]).values_list("person_id", flat=True))


def _tell(request: MeetingRequest, people: Collection[int], body: str) -> None:
    send(people, title=request.about, body=body, number=f"联名-{request.pk}", url=request.get_absolute_url())
