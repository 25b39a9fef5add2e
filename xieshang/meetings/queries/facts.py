"""Facts about one meeting for the rules, gathered from its rows."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from xieshang.lib.days import day_of

from ..models import Meeting
from ..rules import Base, Capacity, Facts, MeetingKind, Presence
from .requests import demanded_of

THERE = Q(left_at__isnull=True)


def presence_of(meeting: Meeting) -> Presence:
    """Who is in the room, in the units this meeting counts; at most two queries, however many there are."""
    rows = meeting.attendance.aggregate(
        in_room=Count("pk", filter=THERE & Q(proxy__isnull=True)),
        present=Count("pk", filter=THERE & Q(counts=True)),
        by_proxy=Count("pk", filter=THERE & Q(proxy__isnull=False, counts=True)),
    )
    if meeting.base == Base.SIDES:
        return _at_table(meeting, rows)
    return Presence(_expected(meeting), rows["present"], rows["in_room"], rows["by_proxy"])


def _expected(meeting: Meeting) -> int | None:
    if meeting.base == Base.OPEN:
        return None
    if meeting.base == Base.MEMBERS:
        return meeting.invitations.filter(capacity=Capacity.MEMBER.value).count()
    return meeting.expected


def _at_table(meeting: Meeting, rows: Mapping[str, int]) -> Presence:
    """Sides, not heads: a side is there when somebody of it is."""
    come = Exists(meeting.attendance.filter(THERE, side=OuterRef("pk")))
    needed = list(meeting.sides.filter(is_needed=True).order_by("pk").values_list("name", come))
    missing = tuple(name for name, is_there in needed if not is_there)
    return Presence(len(needed), len(needed) - len(missing), rows["in_room"], missing=missing)


def numbers_of(presence: Presence) -> dict[str, object]:
    """Who is in the room as it is kept with the meeting: numbers, and names of sides."""
    return {
        "expected": presence.expected,
        "present": presence.present,
        "in_room": presence.in_room,
        "by_proxy": presence.by_proxy,
        "missing": list(presence.missing),
    }


def facts_of(meeting: Meeting, at: datetime) -> Facts:
    """Everything the guards ask for, as it is at this instant."""
    there = presence_of(meeting)
    titles = tuple(meeting.agenda.values_list("title", flat=True))
    return Facts(
        today=day_of(at),
        now=at,
        kind=MeetingKind(meeting.kind),
        base=Base(meeting.base),
        values=meeting.values,
        starts_at=meeting.starts_at,
        starts_on=meeting.starts_on,
        venue_given=bool(meeting.venue.strip() or meeting.room_url),
        agenda_items=len(titles),
        agenda_titles=titles,
        demanded=demanded_of(meeting),
        sides=there.expected or 0 if meeting.base == Base.SIDES else 0,
        presence=there,
        was_adjourned=meeting.was_adjourned,
    )
