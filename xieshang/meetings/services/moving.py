"""The one way a meeting changes state."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.community.models import Office
from xieshang.community.queries import adults_under
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.days import day_of
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.live.services import tell
from xieshang.matters import services as matters
from xieshang.matters.queries import follower_ids
from xieshang.matters.rules import Audience
from xieshang.notify.services import send

from ..models import STATE_LABELS, Meeting, MeetingStep
from ..queries.facts import facts_of
from ..rules import CALLED, ENDS, Base, Circle, State, Step, require_step

# People of a place who are told of a meeting that counts them all.
MOST_TOLD = 20_000


def locked(actor: Actor, meeting_id: int, verb: str) -> Meeting:
    """The meeting, alone, if this actor may see it (else 404) and may do the verb (else NotAllowed)."""
    rows = Meeting.objects.visible_to(actor).with_frame().select_for_update(of=("self",))
    meeting = get_object_or_404(rows, pk=meeting_id)
    if not has_perm(f"meetings.{verb}", actor, meeting):
        raise NotAllowed(verb)
    return meeting


def shared(meeting_id: int) -> Meeting:
    """The meeting, shared with others who sign in or speak, kept from moving on until this transaction ends.

    SQLite takes one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM meetings_meeting WHERE id = %s FOR SHARE", [meeting_id])
    return get_object_or_404(Meeting.objects.with_frame(), pk=meeting_id)


@contextmanager
def _moving(actor: Actor, meeting_id: int, step: Step, *, note: str = "", **given: Any) -> Iterator[Meeting]:
    """Lock, ask who, ask when, move, save, record, tell. `given`: what the verb brings, by names of facts."""
    with transaction.atomic():
        meeting = locked(actor, meeting_id, step)
        at = now()
        before = State(meeting.state)
        after = require_step(before, step, replace(facts_of(meeting, at), **given))
        meeting.state = after.value
        if after != before:
            meeting.entered_at = at
        yield meeting
        meeting.save()
        row = MeetingStep.objects.create(
            meeting=meeting,
            step=step.value,
            before=before.value,
            after=after.value,
            at=at,
            person_id=actor.person_id,
            office_id=actor.office.id if actor.office else None,
            note=note.strip()[:400],
        )
        _spread(actor, meeting, row)


def _spread(actor: Actor, meeting: Meeting, row: MeetingStep) -> None:
    """Let the matter, the record and the open pages know."""
    show(meeting)
    record(
        actor,
        f"meetings.{row.step}",
        number=meeting.matter.number,
        place=meeting.place_path,
        before=row.before,
        after=row.after,
        reason=row.note,
    )
    tell_pages(meeting, "moved")


def show(meeting: Meeting) -> None:
    """Say anew how the matter stands and who may know of it: until the notice officers only."""
    state = State(meeting.state)
    called = state in CALLED and meeting.procedure.circle == Circle.PLACE and meeting.noticed_at is not None
    audience = Audience.PLACE if called else Audience.OFFICERS
    matters.settle(meeting.matter, standing=str(STATE_LABELS[state]), audience=audience, is_open=state not in ENDS)


def hands_down(meeting: Meeting, at: datetime) -> None:
    """Whoever speaks has spoken, and hands that are up go down."""
    meeting.hands.filter(called_at__isnull=False, ended_at__isnull=True).update(ended_at=at)
    meeting.hands.filter(called_at__isnull=True, lowered_at__isnull=True).update(lowered_at=at)


def take_in_hand(meeting: Meeting, position: int) -> None:
    """From here on this item of the agenda is talked over, and shown."""
    hands_down(meeting, now())
    meeting.at_item = position
    meeting.save(update_fields=["at_item"])


def tell_pages(meeting: Meeting, kind: str) -> None:
    """Open pages of the meeting, and of its matter, read anew."""
    tell(f"meeting.{meeting.pk}", kind)
    tell(f"matter.{meeting.matter_id}", kind)


def tell_asked(meeting: Meeting, body: str, *, leave_out: Collection[int | None] = ()) -> None:
    """A message to everybody asked to come: by name, as a side, or because the meeting counts all of the place."""
    people = set(follower_ids(meeting.matter)) | asked_people(meeting)
    matter = meeting.matter
    send(people - set(leave_out), title=matter.title, body=body, number=matter.number, url=meeting.get_absolute_url())


def asked_people(meeting: Meeting) -> set[int]:
    """Ids of those who are asked to come and known here."""
    people = {pk for pk in meeting.invitations.values_list("person_id", flat=True) if pk}
    on = day_of(now())
    bodies = meeting.sides.exclude(body=None).values("body")
    people |= set(Office.objects.running(on).filter(body__in=bodies).values_list("person_id", flat=True))
    if meeting.base in {Base.PERSONS, Base.HOUSEHOLDS}:
        adults = adults_under(meeting.place_path, on).values_list("person_id", flat=True)
        people |= set(adults[:MOST_TOLD])
    return people


def audit(actor: Actor, meeting: Meeting, verb: str, *, detail: Mapping[str, object] | None = None) -> None:
    """Record an act beside the steps; without names."""
    record(actor, f"meetings.{verb}", number=meeting.matter.number, place=meeting.place_path, detail=detail)
