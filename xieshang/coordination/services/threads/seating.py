"""A body sits at the table while somebody is in office there: it takes its seat, or owners' representatives do."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from xieshang.community.models import Body, Office
from xieshang.community.rules import BodyKind
from xieshang.lib.actor import SYSTEM
from xieshang.lib.clock import now, today
from xieshang.lib.days import day_of
from xieshang.lib.refusals import later as _later
from xieshang.matters.rules import FollowReason
from xieshang.matters.services import follow, tell_followers
from xieshang.meetings.services import seat_body, vacate_seat
from xieshang.notify.services import send

from ...models import Side, Thread
from ...permissions.threads import SPEAKING_ROLES
from ...rules.threads import SideKind, State
from ...rules.threads.sides import KINDS
from .moving import audit, locked, touch

SPEAKING = [role.value for role in SPEAKING_ROLES]
# A term that begins by itself is seen by the timer within so many days.
LOOK_BACK = timedelta(days=7)
STANDS_IN = _later("由居委会推荐的业主代表参加")


def office_changed(office: Office) -> None:
    """A term was entered, changed or ended: whoever of the body is in office now takes its seats, or gives them up."""
    give_up_seats(_held().filter(body=office.body))
    take_seats(office.body)


def follow_terms(at: datetime) -> int:
    """Terms that have begun or ended by themselves: gives how many seats were given up or taken."""
    day = day_of(at)
    begun = Office.objects.running(day).filter(starts__gte=day - LOOK_BACK, role__in=SPEAKING)
    bodies = Body.objects.filter(pk__in=begun.values("body"), kind__in=[kind.value for kind in KINDS])
    given_up = give_up_seats(_held())
    return given_up + sum(take_seats(body) for body in bodies.select_related("place"))


def take_seats(body: Body) -> int:
    """Give a body with somebody in office every seat in open threads that representatives hold, or nobody."""
    if BodyKind(body.kind) not in KINDS or not _manned().filter(body=body).exists():
        return 0
    return sum(_take(thread, side, body) for side, thread in _seats(body).values_list("pk", "thread"))


def give_up_seats(held: "QuerySet[Side]") -> int:
    """Of these seats, give those to representatives for whose body nobody is in office any more."""
    empty = held.exclude(body__in=_manned().values("body"))
    return sum(_give_up(thread, side) for side, thread in empty.values_list("pk", "thread"))


def vacant_since(body_id: int) -> date:
    """The day after the last term of a body in which nobody is in office."""
    terms = Office.objects.filter(body=body_id, role__in=SPEAKING, ends__lt=today())
    last = terms.aggregate(last=Max("ends"))["last"]
    return last + timedelta(days=1) if last else today()


def _manned() -> "QuerySet[Office]":
    return Office.objects.running(today()).filter(role__in=SPEAKING)


def _held() -> "QuerySet[Side]":
    """Seats of owners' bodies in open threads; another side without people speaks by letter."""
    rows = Side.objects.filter(kind=SideKind.OWNERS.value, filled_since=None, thread__matter__is_open=True)
    return rows.exclude(body=None).order_by("pk")


def _seats(body: Body) -> "QuerySet[Side]":
    """Its own seats that were found vacant; where it has none, one that stands empty for a body of its kind."""
    own = Q(body=body, filled_since__isnull=False)
    empty = Q(body=None) | Q(filled_since__isnull=False)
    without = ~Q(thread__in=Side.objects.filter(body=body).values("thread"))
    other = empty & without & Q(thread__matter__place__path__startswith=body.place.path)
    kind = KINDS[BodyKind(body.kind)].value
    return Side.objects.filter(own | other, kind=kind, thread__matter__is_open=True).order_by("pk")


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


@transaction.atomic
def _give_up(thread_id: int, side_id: int) -> int:
    """The seat goes to representatives whom the committee names; what the body said and promised stays its own."""
    thread = locked(SYSTEM, thread_id)
    side = _held().filter(pk=side_id).select_related("body").first()
    if side is None or side.body is None:
        return 0
    side.filled_since, side.seated_on = vacant_since(side.body.pk), None
    side.save(update_fields=["filled_since", "seated_on"])
    if thread.meeting and State(thread.state) == State.MEETING:
        vacate_seat(thread.meeting.meeting, side.body, side.name, str(STANDS_IN))
    words = _("%s任期结束，现在没有人在任，位子由业主代表补。请居委会推荐业主代表；有人到任后自动交还。")
    tell_followers(thread.matter, body=words % side.body.name)
    audit(SYSTEM, thread, "give_up_seat", {"side": side.pk, "body": side.body.pk})
    touch(thread)
    return 1


def _tell(thread: Thread, body: Body, sat: list[int]) -> None:
    """The representatives hear that their part is over, the body that it sits there, all others who speaks now."""
    words = _("%s有人到任，从今天起由它参加这件事的协调，您的业主代表任务到此结束。您说过的话都留在您名下。谢谢您。")
    title, number, url = thread.title, thread.matter.number, thread.get_absolute_url()
    send(sat, title=title, body=words % body.name, number=number, url=url)
    for person in _manned().filter(body=body).values_list("person_id", flat=True):
        follow(thread.matter, person, FollowReason.DUTY)
    tell_followers(thread.matter, body=_("从今天起由%s参加，不再由业主代表补位。") % body.name, leave_out=sat)
