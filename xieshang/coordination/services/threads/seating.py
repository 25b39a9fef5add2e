"""A body that was missing when a thread began takes its seat once somebody is in office; representatives give it up."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xieshang.community.models import Body, Office
from xieshang.community.rules import BodyKind
from xieshang.lib.actor import SYSTEM
from xieshang.lib.clock import now, today
from xieshang.lib.days import day_of
from xieshang.matters.rules import FollowReason
from xieshang.matters.services import follow, tell_followers
from xieshang.meetings.services import seat_body
from xieshang.notify.services import send

from ...models import Side, Thread
from ...permissions.threads import SPEAKING_ROLES
from ...rules.threads import State
from ...rules.threads.sides import KINDS
from .moving import audit, locked, touch

SPEAKING = [role.value for role in SPEAKING_ROLES]
# A term that begins by itself is seen by the timer within so many days.
LOOK_BACK = timedelta(days=7)


def office_changed(office: Office) -> None:
    """A term was entered, changed or ended: where somebody of the body is in office now, it takes its seats."""
    take_seats(office.body)


def take_begun(at: datetime) -> int:
    """The bodies whose terms have begun by themselves take their seats; gives how many seats were taken."""
    day = day_of(at)
    begun = Office.objects.running(day).filter(starts__gte=day - LOOK_BACK, role__in=SPEAKING)
    bodies = Body.objects.filter(pk__in=begun.values("body"), kind__in=[kind.value for kind in KINDS])
    return sum(take_seats(body) for body in bodies.select_related("place"))


def take_seats(body: Body) -> int:
    """Give a body with somebody in office every seat in open threads that representatives hold, or nobody."""
    if BodyKind(body.kind) not in KINDS or not _manned(body).exists():
        return 0
    return sum(_take(thread, side, body) for side, thread in _seats(body).values_list("pk", "thread"))


def _manned(body: Body) -> "QuerySet[Office]":
    return Office.objects.running(today()).filter(body=body, role__in=SPEAKING)


def _seats(body: Body) -> "QuerySet[Side]":
    """Its own seats that were found vacant, and those that stand empty for a body of its kind where it is."""
    empty = Q(body=None, thread__matter__place__path__startswith=body.place.path)
    rows = Side.objects.filter(empty | Q(body=body, filled_since__isnull=False))
    there = Side.objects.filter(body=body, filled_since=None).values("thread")
    kind = KINDS[BodyKind(body.kind)].value
    return rows.filter(kind=kind, thread__matter__is_open=True).exclude(thread__in=there).order_by("pk")


@transaction.atomic
def _take(thread_id: int, side_id: int, body: Body) -> int:
    thread = locked(SYSTEM, thread_id)
    side = _seats(body).filter(pk=side_id).first()
    if side is None:
        return 0
    name, sat = side.name, list(side.representatives.filter(ended_at=None).values_list("person_id", flat=True))
    side.body, side.filled_since, side.seated_on = body, None, today()
    side.save(update_fields=["body", "filled_since", "seated_on"])
    side.representatives.filter(ended_at=None).update(ended_at=now())
    if thread.meeting and State(thread.state) == State.MEETING:
        seat_body(thread.meeting.meeting, name, body)
    _tell(thread, body, sat)
    audit(SYSTEM, thread, "take_seat", {"side": side.pk, "body": body.pk})
    touch(thread)
    return 1


def _tell(thread: Thread, body: Body, sat: list[int]) -> None:
    """The representatives hear that their part is over, the body that it sits there, all others who speaks now."""
    words = _("%s有人到任，从今天起由它参加这件事的协调，您的业主代表任务到此结束。您说过的话都留在您名下。谢谢您。")
    title, number, url = thread.title, thread.matter.number, thread.get_absolute_url()
    send(sat, title=title, body=words % body.name, number=number, url=url)
    for person in _manned(body).values_list("person_id", flat=True):
        follow(thread.matter, person, FollowReason.DUTY)
    tell_followers(thread.matter, body=_("从今天起由%s参加，不再由业主代表补位。") % body.name, leave_out=sat)
