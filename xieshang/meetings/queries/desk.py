"""What whoever convenes a meeting may do with it now: the next step with its list, the other steps, the lists."""

from dataclasses import dataclass, field

from xieshang.community.models import Body, Place
from xieshang.community.rules import COMMUNITY_KINDS, BodyKind, PlaceKind
from xieshang.lib.actor import Actor
from xieshang.lib.days import day_words
from xieshang.lib.permits import has_perm

from ..models import KIND_LABELS, Meeting
from ..rules import (
    KINDS,
    STEP_LABELS,
    Check,
    Facts,
    MeetingKind,
    State,
    Step,
    checklist,
    kinds_of,
    notice_days,
)
from ..rules.settings import DEFAULTS
from .requests import DemandedMeeting, demanded_meetings

# The step by which each state goes on, then what else may be done.
ONWARD = {
    State.PLANNED: (Step.NOTIFY, Step.CANCEL),
    State.NOTICED: (Step.OPEN, Step.ADJOURN, Step.POSTPONE, Step.CANCEL),
    State.ADJOURNED: (Step.OPEN, Step.CANCEL),
    State.OPEN: (Step.CLOSE,),
}
# What the form of a step brings is not ticked beforehand.
TYPED = frozenset({"meeting_reason_missing", "meeting_new_time_missing", "meeting_notice_too_short"})
PLACES = frozenset({*COMMUNITY_KINDS, PlaceKind.COMPOUND, PlaceKind.BUILDING, PlaceKind.GROUP, PlaceKind.STREET})


@dataclass(slots=True)
class Panel:
    """One step: its name, what it asks for, its form."""

    key: str
    label: str
    checks: list[Check]
    is_main: bool
    form: object = None

    @property
    def missing(self) -> list[Check]:
        """What is not there yet and no form can bring."""
        typed = TYPED if self.key in {Step.ADJOURN, Step.POSTPONE, Step.CANCEL} else frozenset()
        return [check for check in self.checks if not check.is_met and check.refusal.code not in typed]


@dataclass(slots=True)
class Desk:
    """The work page of a meeting."""

    meeting: Meeting
    facts: Facts
    panels: list[Panel] = field(default_factory=list)
    earliest: str = ""
    may_revise: bool = False
    # Who has called a meeting already for what this one is planned for.
    called: DemandedMeeting | None = None


def desk_of(actor: Actor, meeting: Meeting, facts: Facts) -> Desk:
    """What this office may do with the meeting now."""
    state = State(meeting.state)
    steps = [step for step in ONWARD.get(state, ()) if has_perm(f"meetings.{step}", actor, meeting)]
    desk = Desk(meeting, facts)
    for step in steps:
        desk.panels.append(Panel(step.value, str(STEP_LABELS[step]), checklist(step, facts), step == steps[0]))
    day = facts.earliest_day
    desk.earliest = day_words(day)
    desk.may_revise = state == State.PLANNED and has_perm("meetings.revise", actor, meeting)
    if meeting.demand and state == State.PLANNED:
        desk.called = next((one for one in demanded_meetings(meeting.demand) if one.is_called), None)
    return desk


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind that this office may call, in words."""

    key: str
    label: str
    note: str


def kinds_for(actor: Actor) -> list[KindChoice]:
    """The kinds of meetings that this office may call where it is."""
    office = actor.office
    if office is None or office.body is None:
        return []
    body: Body = office.body
    found = kinds_of(actor.role, BodyKind(body.kind))
    here = _community_kind(body.place)
    kinds = [kind for kind in found if here is None or here in KINDS[kind].places]
    return [KindChoice(kind.value, str(KIND_LABELS[kind]), _note(kind)) for kind in kinds]


def _note(kind: MeetingKind) -> str:
    if kind == MeetingKind.PARTY:
        return "会后登记日期、人数、结果和文号"
    days = notice_days(DEFAULTS, kind)
    return f"通知和开会中间至少隔{days}天"


def _community_kind(place: Place) -> PlaceKind | None:
    community = place if place.is_community else place.community
    return PlaceKind(community.kind) if community else None


def places_for(actor: Actor, most: int = 200) -> list[Place]:
    """Where this office may hold a meeting: its place and what lies in it, down to buildings."""
    if actor.office is None:
        return []
    kinds = [kind.value for kind in PLACES]
    return list(Place.objects.filter(path__startswith=actor.office.place_path, kind__in=kinds).order_by("path")[:most])


TABLE = (
    BodyKind.PARTY_ORG,
    BodyKind.RESIDENTS_COMMITTEE,
    BodyKind.VILLAGERS_COMMITTEE,
    BodyKind.HOMEOWNERS_COMMITTEE,
    BodyKind.PROPERTY_MANAGEMENT_COMMITTEE,
    BodyKind.PROPERTY_COMPANY,
    BodyKind.SUPERVISION_COMMITTEE,
    BodyKind.STATIONED_UNIT,
    BodyKind.SOCIAL_ORGANISATION,
)


def bodies_for(actor: Actor, most: int = 60) -> list[Body]:
    """Bodies that may sit at the table: of this office's place and in it."""
    if actor.office is None:
        return []
    kinds = [kind.value for kind in TABLE]
    rows = Body.objects.filter(place__path__startswith=actor.office.place_path, kind__in=kinds)
    return list(rows.select_related("place").order_by("place__path", "pk")[:most])
