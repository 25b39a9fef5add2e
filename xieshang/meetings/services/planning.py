"""Planning a meeting: what kind, where and when, the agenda, who sits at the table, who is on the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from xieshang.accounts.models import Person
from xieshang.community.models import Body, Office, Place, Residence
from xieshang.community.queries import community_of, rules_for
from xieshang.community.rules import BodyKind, PlaceKind, ResidenceState
from xieshang.discussion.models import Attachment
from xieshang.discussion.services import attach_document
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.days import day_of
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.text import one_line
from xieshang.matters import services as matters
from xieshang.matters.models import Matter
from xieshang.matters.rules import LinkKind

from ..models import AgendaItem, Invitation, Material, Meeting, MeetingSide
from ..permissions import Calling
from ..rules import DEFAULTS, KIND, KINDS, Base, Capacity, MeetingKind, State, Step
from ..rules.planning import BASE_NOT_OF_KIND, KIND_NOT_HERE, LIST_FIXED, MATERIAL_LATE, SAME_SIDE, TITLE_MISSING
from .moving import _moving, audit, locked, show, tell_pages
from .requesting import plan_for_demand, replan_for_demand, require_may_call

PREFIX = "会"
MOST_ITEMS = 30


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the agenda as it is planned."""

    title: str
    text: str = ""
    is_voted: bool = False
    of: Matter | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One side as it is planned: a body, or others by name."""

    name: str
    body: Body | None = None
    is_needed: bool = True
    stands_in: str = ""
    # Ids of people who are asked to come for it, where no body of its own does.
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What may be changed until the notice goes out."""

    title: str
    starts_at: datetime
    text: str = ""
    venue: str = ""
    room_url: str = ""
    base: Base | None = None
    expected: int | None = None
    expected_source: str = ""
    items: tuple[Item, ...] = ()
    sides: tuple[Side, ...] = ()


def call_meeting(
    actor: Actor,
    *,
    kind: MeetingKind,
    place: Place,
    starts_at: datetime,
    title: str,
    body: Body | None = None,
    text: str = "",
    venue: str = "",
    room_url: str = "",
    base: Base | None = None,
    expected: int | None = None,
    expected_source: str = "",
    items: Sequence[Item] = (),
    sides: Sequence[Side] = (),
    of_matter: Matter | None = None,
) -> Meeting:
    """Plan a meeting, known to officers until its notice goes out; `body` calls it, by default the actor's own.

    Of the kinds that count members, those in office are on the list already. `of_matter`: what it is held about.
    """
    caller = body or (actor.office.body if actor.office else None)
    if caller is None or not has_perm("meetings.call", actor, Calling(kind, caller, place.path)):
        raise NotAllowed("meetings.call")
    plan = Plan(title, starts_at, text, venue, room_url, base, expected, expected_source, tuple(items), tuple(sides))
    require_may_call(actor, kind, caller, [_line(item.title, 80) for item in plan.items])
    return _planned(actor, Calling(kind, caller, place.path), place, plan, of_matter)


@transaction.atomic
def _planned(actor: Actor, calling: Calling, place: Place, plan: Plan, of_matter: Matter | None) -> Meeting:
    kind = calling.kind
    _require_plan(kind, plan.base or KINDS[kind].base, community_of(place), plan.title)
    at = now()
    matter = matters.make(actor, kind="meeting", prefix=PREFIX, title=_line(plan.title, 80), place=place)
    meeting = Meeting(
        matter=matter,
        community=matter.community,
        body=calling.body,
        chair_id=actor.office.id if actor.office else None,
        kind=kind.value,
        base=KINDS[kind].base.value,
        values=rules_for(place, KIND, day_of(at), DEFAULTS),
        planned_at=at,
        entered_at=at,
    )
    _write(meeting, plan)
    meeting.save()
    matter.url = meeting.get_absolute_url()
    matter.save(update_fields=["url"])
    matters.index(matter, f"{matter.title} {place.label} {plan.text}")
    write_agenda(meeting, plan.items)
    _seat(meeting, plan.sides)
    _list_members(meeting)
    plan_for_demand(meeting)
    if of_matter is not None:
        matters.link(of_matter, matter, LinkKind.RELATED)
    show(meeting)
    audit(actor, meeting, "call", detail={"kind": meeting.kind})
    return meeting


def _line(text: str, most: int) -> str:
    """One line as it was typed, full-width signs and all, without blanks around it."""
    return " ".join(text.split())[:most]


def _write(meeting: Meeting, plan: Plan) -> None:
    """What is written into the row itself."""
    meeting.base, meeting.starts_at = (plan.base or Base(meeting.base)).value, plan.starts_at
    meeting.text, meeting.venue, meeting.room_url = plan.text.strip(), plan.venue.strip()[:120], plan.room_url
    meeting.expected, meeting.expected_source = plan.expected, plan.expected_source.strip()[:120]


def _require_plan(kind: MeetingKind, base: Base, community: Place | None, title: str) -> None:
    known = KINDS[kind]
    found = [
        refusal
        for refusal, is_so in (
            (TITLE_MISSING, not title.strip()),
            (BASE_NOT_OF_KIND, base not in known.bases),
            (KIND_NOT_HERE, community is not None and PlaceKind(community.kind) not in known.places),
        )
        if is_so
    ]
    if found:
        raise RuleViolation(*found)


def write_agenda(meeting: Meeting, items: Sequence[Item]) -> None:
    """Write the agenda anew, in order; nothing hangs on it before the notice."""
    meeting.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            position=number,
            title=_line(item.title, 80),
            text=item.text.strip(),
            is_voted=item.is_voted and meeting.procedure.decides,
            of=item.of,
        )
        for number, item in enumerate(items[:MOST_ITEMS], 1)
    )


def _seat(meeting: Meeting, sides: Sequence[Side]) -> None:
    names = [_line(side.name, 60) for side in sides]
    if len(set(names)) < len(names):
        raise RuleViolation(SAME_SIDE)
    MeetingSide.objects.bulk_create(
        MeetingSide(meeting=meeting, name=name, body=side.body, is_needed=side.is_needed, stands_in=side.stands_in)
        for name, side in zip(names, sides, strict=True)
    )
    for name, side in zip(names, sides, strict=True):
        for person_id in side.people:
            seat_for(meeting, name, person_id)


def seat_for(meeting: Meeting, name: str, person_id: int) -> Invitation:
    """Ask somebody to come for a side that has no body of its own; who is asked already sits there from now on."""
    side = meeting.sides.filter(name=_line(name, 60), body=None).first()
    fields = {"side": side, "told_at": meeting.noticed_at}
    return Invitation.objects.update_or_create(meeting=meeting, person_id=person_id, defaults=fields)[0]


def _list_members(meeting: Meeting) -> None:
    """Those in office are on the list of a committee's own meeting."""
    kinds = {
        MeetingKind.OWNERS_COMMITTEE: [meeting.body.kind],
        MeetingKind.TWO_COMMITTEES: [
            BodyKind.PARTY_ORG.value,
            BodyKind.RESIDENTS_COMMITTEE.value,
            BodyKind.VILLAGERS_COMMITTEE.value,
        ],
    }.get(MeetingKind(meeting.kind))
    if kinds is None:
        return
    offices = Office.objects.running(day_of(now())).filter(body__place=meeting.body.place, body__kind__in=kinds)
    if meeting.kind == MeetingKind.OWNERS_COMMITTEE:
        offices = offices.filter(body=meeting.body)
    offices = offices.exclude(role="grid_worker")
    people = sorted(set(offices.values_list("person_id", flat=True)))
    Invitation.objects.bulk_create(Invitation(meeting=meeting, person_id=person) for person in people)


def revise(actor: Actor, meeting_id: int, plan: Plan) -> Meeting:
    """Write the plan anew; from the notice on it is fixed. Material that hung on an item hangs on the meeting then."""
    with _moving(actor, meeting_id, Step.REVISE) as meeting:
        base = plan.base or Base(meeting.base)
        _require_plan(MeetingKind(meeting.kind), base, None, plan.title)
        _write(meeting, plan)
        meeting.material.update(item=None)
        write_agenda(meeting, plan.items)
        replan_for_demand(actor, meeting)
        meeting.invitations.filter(side__isnull=False).update(side=None)
        meeting.sides.all().delete()
        _seat(meeting, plan.sides)
        place = meeting.matter.place
        matters.retitle(meeting.matter, title=_line(plan.title, 80), place=place, words=plan.text)
    return meeting


@transaction.atomic
def ask_people(actor: Actor, meeting_id: int, *, names: Sequence[str], capacity: Capacity = Capacity.MEMBER) -> int:
    """Put people on the list by name; who is known here under that name, and alone, is told in their own account.

    Until the notice goes out members, later guests only; gives the number of people added.
    """
    meeting = locked(actor, meeting_id, Step.REVISE)
    if meeting.state != State.PLANNED and capacity == Capacity.MEMBER:
        raise RuleViolation(LIST_FIXED)
    wanted = dict.fromkeys(one_line(name)[:40] for name in names if name.strip())
    known = _known(meeting, wanted)
    there = set(meeting.invitations.exclude(person=None).values_list("person_id", flat=True))
    named = set(meeting.invitations.exclude(name="").values_list("name", flat=True))
    rows = [
        Invitation(meeting=meeting, person_id=known.get(name), name=name, capacity=capacity.value)
        for name in wanted
        if name not in named and known.get(name) not in (there - {None})
    ]
    Invitation.objects.bulk_create(rows)
    audit(actor, meeting, "ask_people", detail={"added": len(rows)})
    tell_pages(meeting, "moved")
    return len(rows)


def _known(meeting: Meeting, names: dict[str, None]) -> dict[str, int]:
    """Accounts by real name: living in the community, or holding office there; a name of two people is nobody's."""
    homes = Residence.objects.filter(community=meeting.community, state=ResidenceState.CONFIRMED.value)
    found: dict[str, set[int]] = {}
    for person, name in Person.objects.filter(
        pk__in=homes.values("person"), real_name__in=list(names), is_active=True
    ).values_list("pk", "real_name"):
        found.setdefault(name, set()).add(person)
    return {name: people.pop() for name, people in found.items() if len(people) == 1}


@transaction.atomic
def take_off(actor: Actor, meeting_id: int, *, invitation_id: int) -> None:
    """Take somebody off the list before the notice goes out."""
    meeting = locked(actor, meeting_id, Step.REVISE)
    if meeting.state != State.PLANNED:
        raise RuleViolation(LIST_FIXED)
    gone, _rows = meeting.invitations.filter(pk=invitation_id).delete()
    if gone:
        audit(actor, meeting, "take_off")


@transaction.atomic
def add_material(actor: Actor, meeting_id: int, *, file: File, name: str, item_id: int | None = None) -> Attachment:
    """Lay out a document to be read beforehand, for one item or for all; until the meeting is over."""
    meeting = locked(actor, meeting_id, "keep")
    if meeting.state in {State.CLOSED, State.CANCELLED}:
        raise RuleViolation(MATERIAL_LATE)
    item = meeting.agenda.filter(pk=item_id).first() if item_id else None
    kept = attach_document(actor, meeting.matter, file, name=name)
    Material.objects.create(meeting=meeting, item=item, file=kept)
    audit(actor, meeting, "add_material", detail={"item": item.position if item else None})
    tell_pages(meeting, "moved")
    return kept
