"""A Party meeting held elsewhere: of it date, numbers, result and file number are kept, nothing runs on the net."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from xieshang.community.models import Body
from xieshang.lib.actor import Actor
from xieshang.lib.days import SHANGHAI
from xieshang.lib.refusals import RuleViolation
from xieshang.matters.models import Matter

from ..models import Meeting, PartyResult
from ..rules import MeetingKind, PartyCount, Step, party_is_carried, party_may_vote
from ..rules.party import TITLES, TOO_FEW, PartyForm
from .moving import _moving
from .planning import call_meeting


@transaction.atomic
def record_party_meeting(
    actor: Actor,
    *,
    held_on: date,
    count: PartyCount,
    file_number: str,
    form: PartyForm = PartyForm.MEMBERS,
    of_matter: Matter | None = None,
) -> Meeting:
    """Enter a Party meeting by its numbers; where too few came nothing was voted, and nothing is entered."""
    office = actor.office
    if office is None:
        raise RuleViolation(TOO_FEW)
    if same := _entered(office.body.pk, held_on, file_number.strip()):
        return same
    meeting = call_meeting(
        actor,
        kind=MeetingKind.PARTY,
        place=office.body.place,
        starts_at=datetime.combine(held_on, time(9), SHANGHAI),
        title=f"{office.body.short_name}{TITLES[form]}",
        of_matter=of_matter,
    )
    given: dict[str, Any] = {"party": count, "file_number_given": bool(file_number.strip()), "held_on": held_on}
    with _moving(actor, meeting.pk, Step.ENTER, **given) as meeting:
        if not party_may_vote(meeting.values, count):
            raise RuleViolation(TOO_FEW)
        PartyResult.objects.create(
            meeting=meeting,
            held_on=held_on,
            entitled=count.entitled,
            present=count.present,
            agree=count.agree,
            is_election=count.is_election,
            is_carried=party_is_carried(meeting.values, count),
            file_number=file_number.strip()[:60],
        )
        meeting.closed_at = meeting.starts_at
    return meeting


def _entered(body_id: int, held_on: date, file_number: str) -> Meeting | None:
    """The meeting under this file number and day: the number names it, whoever enters it; a second waits here."""
    Body.objects.select_for_update(of=("self",)).get(pk=body_id)
    found = PartyResult.objects.filter(meeting__body=body_id, held_on=held_on, file_number=file_number)
    same = found.select_related("meeting").first()
    return same.meeting if same else None
