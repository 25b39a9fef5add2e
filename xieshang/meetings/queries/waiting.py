"""What waits in meetings: a notice to answer, a room to sign in to, minutes to sign, a meeting to work on."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_now
from xieshang.lib.days import day_of, deadline
from xieshang.lib.paging import Page, page_soonest
from xieshang.lib.waiting import SOON, Dated, Filter, Queue, Rows, Waiting

from ..models import Attendance, Invitation, Meeting
from ..rules import KINDS, MeetingKind, State, number
from .minutes import signatures_asked_of, to_sign
from .requests import requests_waiting

MOST = 20
CALLED = [State.NOTICED.value, State.ADJOURNED.value]


def waiting_for(actor: Actor) -> list[Waiting]:
    """Everything about meetings that waits for this actor; one query, and one more where minutes wait to be signed."""
    if actor.person_id is None:
        return []
    found = list(_rows(actor))
    signing = _to_sign(actor) if any(row.signs for row in found) else []
    asked = [_as_asked(row) for row in found if row.asked and row.state in {*CALLED, State.OPEN.value}]
    work = [_work(row) for row in found if row.own]
    return [*(one for one in asked if one is not None), *signing, *work, *requests_waiting(actor)]


def _rows(actor: Actor) -> QuerySet[Any]:
    """Meetings that concern somebody now: asked to, to be signed for, or convened; each marked with which of these."""
    same = Meeting.objects.filter(pk=OuterRef("pk"))
    of = {"meeting": OuterRef("pk"), "person_id": actor.person_id}
    named = Q(invitations__person_id=actor.person_id)
    own: QuerySet[Meeting] = Meeting.objects.none()
    if actor.office is not None:
        named |= Q(sides__body_id=actor.office.body_id, sides__body__isnull=False)
        own = _own(actor).filter(Q(state=State.PLANNED.value) | Q(state__in=CALLED, starts_at__lte=shown_now()))
    asked = Meeting.objects.filter(named, state__in=[*CALLED, State.OPEN.value])
    signed = signatures_asked_of(actor)
    wanted = Q(pk__in=asked.values("pk")) | Q(pk__in=own.values("pk")) | Q(pk__in=signed.values("minutes__meeting"))
    rows = Meeting.objects.filter(wanted).select_related("matter").order_by("starts_at")
    marked = rows.annotate(
        asked=Exists(same.filter(named)),
        own=Exists(own.filter(pk=OuterRef("pk"))),
        signs=Exists(signed.filter(minutes__meeting=OuterRef("pk"))),
        there=Exists(Attendance.objects.filter(left_at__isnull=True, **of)),
        answered=Exists(Invitation.objects.filter(confirmed_at__isnull=False, **of)),
    )
    return marked[:MOST]


def _as_asked(meeting: Any) -> Waiting | None:
    begins = meeting.starts_at - timedelta(minutes=number(meeting.values, "sign_in_minutes"))
    line = f"{deadline(meeting.starts_at)}，{meeting.venue or _('网络会议')}"
    if shown_now() >= begins:
        return None if meeting.there else _one(meeting, line, _("去签到"), meeting.get_absolute_url())
    return None if meeting.answered else _one(meeting, line, _("答复来不来"), meeting.get_absolute_url())


def _to_sign(actor: Actor) -> list[Waiting]:
    return [
        Waiting(minutes.meeting.matter.title, _("会议纪要等您这一方签字"), minutes.get_absolute_url(), _("去签字"))
        for minutes in to_sign(actor)
    ]


def _own(actor: Actor) -> QuerySet[Meeting]:
    """Meetings that this office convenes."""
    office = actor.office
    kinds = [kind.value for kind in MeetingKind if actor.role in KINDS[kind].conveners]
    rows = Meeting.objects.filter(body_id=office.body_id if office else None, kind__in=kinds)
    return rows.select_related("matter").exclude(kind=MeetingKind.PARTY.value)


def _work(meeting: Meeting) -> Waiting:
    words = {
        State.PLANNED: (_("会议通知还没有发"), _("去发通知")),
        State.OPEN: (_("会正在开"), _("去主持")),
        State.NOTICED: (_("等着开会"), _("去签到台")),
        State.ADJOURNED: (_("改日再开"), _("去签到台")),
    }
    line, act = words[State(meeting.state)]
    return _one(meeting, f"{line}，{deadline(meeting.starts_at)}", act, reverse("meetings:work", args=[meeting.pk]))


def _one(meeting: Meeting, line: str, act: str, url: str) -> Waiting:
    return Dated(meeting.matter.title, line, url, act, day_of(meeting.starts_at))


def queues(actor: Actor) -> list[Queue]:
    """Meetings of the body one acts in that are being prepared, called or held."""
    if actor.office is None:
        return []
    rows = _own(actor).filter(state__in=[State.PLANNED.value, *CALLED, State.OPEN.value])
    count = rows.count()
    return [Queue("meetings", _("会议"), count, _pages(rows), _parts(rows))] if count else []


def _parts(rows: QuerySet[Meeting]) -> tuple[Filter, ...]:
    """What a convener looks for: what still lacks its notice, what is held soon, what has begun or should have."""
    at = shown_now()
    soon = {"starts_at__gt": at, "starts_at__lte": at + timedelta(days=SOON)}
    begun = Q(state=State.OPEN.value) | Q(state__in=CALLED, starts_at__lte=at)
    return (
        Filter("planned", _("通知还没发"), _pages(rows.filter(state=State.PLANNED.value))),
        Filter("soon", _("%d天内开") % SOON, _pages(rows.filter(**soon))),
        Filter("begun", _("已到点"), _pages(rows.filter(begun))),
    )


def _pages(rows: QuerySet[Meeting]) -> Rows:
    def page(key: str) -> Page[Waiting]:
        found = page_soonest(rows, "starts_at", key)
        return Page([_work(meeting) for meeting in found.rows], found.next_key, found.is_first)

    return page
