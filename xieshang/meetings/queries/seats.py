"""As whom one person sits in a meeting: counted by what the meeting counts, or as a guest."""

from dataclasses import dataclass

from xieshang.community.models import Household, Office, Residence
from xieshang.community.rules import ResidenceState
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.matters.models import Matter

from ..models import Attendance, Invitation, Meeting, MeetingSide
from ..rules import Base, Capacity


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits: whether they may come in at all, whether they count, and as whom."""

    may_enter: bool = False
    counts: bool = False
    invitation: Invitation | None = None
    household: Household | None = None
    side: MeetingSide | None = None

    @property
    def fields(self) -> dict[str, object]:
        """As the columns of an attendance."""
        return {
            "counts": self.counts,
            "invitation": self.invitation,
            "household": self.household,
            "side": self.side,
        }


def seat_of(actor: Actor, meeting: Meeting) -> Seat:
    """The seat of a person; three queries at most, whatever the room holds."""
    invitation = meeting.invitations.select_related("side").filter(person_id=actor.person_id).first()
    base = Base(meeting.base)
    if base == Base.SIDES:
        side = (invitation.side if invitation else None) or _side_of(actor, meeting)
        if side is not None:
            return Seat(may_enter=True, counts=True, invitation=invitation, side=side)
        return Seat(may_enter=_may_look_in(actor, meeting, invitation), invitation=invitation)
    if base == Base.MEMBERS:
        counts = invitation is not None and invitation.capacity == Capacity.MEMBER
        return Seat(_may_look_in(actor, meeting, invitation), counts=counts, invitation=invitation)
    return _as_resident(actor, meeting, invitation)


def asked_as(actor: Actor, meeting: Meeting) -> bool:
    """Whether somebody not on the list is asked all the same: as one of all who live there, or for a side."""
    if meeting.base == Base.SIDES:
        return _side_of(actor, meeting) is not None
    if meeting.base in {Base.PERSONS, Base.HOUSEHOLDS}:
        return _as_resident(actor, meeting, None).counts
    return False


def _side_of(actor: Actor, meeting: Meeting) -> MeetingSide | None:
    """The side that a person holds office in: the office of the header first, then any that runs."""
    sides = {side.body_id: side for side in meeting.sides.exclude(body=None)}
    if actor.office is not None and actor.office.body_id in sides:
        return sides[actor.office.body_id]
    held = Office.objects.running(shown_today()).filter(person_id=actor.person_id, body__in=list(sides))
    first = held.values_list("body_id", flat=True).first()
    return sides.get(first)


def _as_resident(actor: Actor, meeting: Meeting, invitation: Invitation | None) -> Seat:
    """Of age and at home in the place; by household the first of a home counts for it."""
    home = (
        Residence.objects.filter(person_id=actor.person_id, state=ResidenceState.CONFIRMED.value)
        .filter(unit__path__startswith=meeting.place_path)
        .select_related("unit__household", "person")
        .order_by("pk")
        .first()
    )
    if home is None:
        may = _may_look_in(actor, meeting, invitation)
        return Seat(may, counts=may and meeting.base == Base.OPEN, invitation=invitation)
    minor_until = home.person.minor_until
    of_age = minor_until is None or minor_until <= shown_today()
    if meeting.base != Base.HOUSEHOLDS:
        return Seat(may_enter=True, counts=of_age, invitation=invitation)
    household = getattr(home.unit, "household", None)
    taken = Attendance.objects.filter(meeting=meeting, household=household, counts=True).exists()
    if household is None or taken or not of_age:
        return Seat(may_enter=True, invitation=invitation)
    return Seat(may_enter=True, counts=True, invitation=invitation, household=household)


def _may_look_in(actor: Actor, meeting: Meeting, invitation: Invitation | None) -> bool:
    """Guests: who was asked to come, who calls it, and whoever may know of it."""
    if invitation is not None or (actor.office is not None and actor.office.body_id == meeting.body_id):
        return True
    return Matter.objects.visible_to(actor).filter(pk=meeting.matter_id).exists()
