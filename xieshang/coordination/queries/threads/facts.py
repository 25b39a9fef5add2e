"""What the guards may know of a thread, gathered as plain values; three queries."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from xieshang.meetings.models import Meeting
from xieshang.meetings.rules import State as MeetingState
from xieshang.outcomes.queries import rates_of
from xieshang.outcomes.rules import ItemState

from ...models import Commitment, Entry, Representative, Side, Thread
from ...rules.threads import STANDING, EntryKind, Facts, State, positions_by, value

STANDING_KINDS = [kind.value for kind in STANDING]


def sides_of(thread: Thread) -> "QuerySet[Side]":
    """The sides in their order, with their bodies, whether anybody sits there and has answered this round."""
    taken = Representative.objects.filter(side=OuterRef("pk"), ended_at=None)
    said = Entry.objects.filter(side=OuterRef("pk"), kind=EntryKind.POSITION.value, round=OuterRef("thread__round"))
    rows = thread.sides.select_related("body__place").annotate(has_people=Exists(taken), has_position=Exists(said))
    return rows.order_by("pk")


def facts_about(thread: Thread, today: datetime.date, sides: Sequence[Side] | None = None) -> Facts:
    """Everything the guards may ask about this thread today; the sides may be given when they were read already."""
    rows = list(sides_of(thread)) if sides is None else sides
    standing = [side for side in rows if side.is_standing]
    promised = _promised(thread)
    return Facts(
        today=today,
        due=thread.due_on,
        is_for_owners=bool(thread.owners_item),
        sides=len(standing),
        sides_unfilled=sum(side.is_filled and not _flag(side, "has_people") for side in standing),
        at_table=len(rows),
        lead_chosen=any(side.role == "lead" for side in rows),
        positions_due=thread.positions_due,
        positions_latest=positions_by(today, thread.values),
        positions=sum(_flag(side, "has_position") for side in standing),
        meeting_on=thread.meeting_on,
        meeting_sits=_meeting_sits(thread),
        notice_days_least=value(thread.values, "meeting_notice_days"),
        adjourned=thread.adjourned,
        promises=promised["all"],
        promises_open=promised["open"],
        rated_until=thread.rated_until,
        found_unsolved=_found_unsolved(thread),
    )


def _meeting_sits(thread: Thread) -> bool:
    """Whether the sides are sitting together now; asked only while they are called."""
    if thread.state != State.MEETING:
        return False
    return Meeting.objects.filter(matter=thread.meeting_id, state=MeetingState.OPEN.value).exists()


def _found_unsolved(thread: Thread) -> bool:
    """Whether more of those who rated found it unsolved than solved; asked only while they are asked."""
    if thread.state != State.VERIFIED:
        return False
    rates = rates_of([thread.matter_id]).get(thread.matter_id)
    return rates is not None and rates.unsolved > rates.solved


def _flag(side: Side, name: str) -> bool:
    return bool(getattr(side, name))


def _promised(thread: Thread) -> dict[str, Any]:
    unfinished = ~Q(item__state=ItemState.VERIFIED.value)
    return Commitment.objects.filter(thread=thread).aggregate(all=Count("pk"), open=Count("pk", filter=unfinished))
