"""The one way a 四议两公开 changes state."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.days import SHANGHAI, day_of
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.live.services import tell
from xieshang.matters import services as matters

from ...models import FourTwo, FourTwoDraft, FourTwoStep
from ...queries.fourtwo.facts import facts_about
from ...rules.fourtwo import STATE_LABELS, STEP_LABELS, State, Step, audience_of, is_open, next_state

# Paperwork on the way: nobody is told of it.
QUIET = frozenset({Step.ENTER_ACCOUNT})


def locked(actor: Actor, flow_id: int, verb: str) -> FourTwo:
    """The procedure under lock, if this actor may see it (else 404) and may do the verb (else NotAllowed)."""
    rows = FourTwo.objects.visible_to(actor).with_frame().select_for_update(of=("self",))
    flow = get_object_or_404(rows, pk=flow_id)
    if not has_perm(f"coordination.{verb}", actor, flow):
        raise NotAllowed(f"coordination.{verb}")
    return flow


@contextmanager
def _moving(
    actor: Actor, flow_id: int, step: Step, *, verb: str = "", note: str = "", since: date | None = None, **given: Any
) -> Iterator[FourTwo]:
    """Lock, ask who, ask when, move, save, record, tell. `given`: what the verb brings, by names of facts."""
    with transaction.atomic():
        flow = locked(actor, flow_id, verb or f"fourtwo_{step}")
        at = now()
        before = State(flow.state)
        facts = replace(facts_about(flow, day_of(at)), acting_person=actor.person_id, **given)
        after = next_state(before, step, facts)
        yield flow
        flow.state = after.value
        flow.was_proposed = flow.was_proposed or after == State.PROPOSED
        fell_due = datetime.combine(since, time(), SHANGHAI) if since else at
        if after != before:
            flow.entered_at = fell_due
        flow.save()
        FourTwoStep.objects.create(
            flow=flow,
            step=step.value,
            before=before.value,
            after=after.value,
            at=at,
            fell_due_at=fell_due,
            person_id=actor.person_id,
            office_id=actor.office.id if actor.office else None,
            note=note[:400],
        )
        spread(actor, flow, step, before, note)


def spread(actor: Actor, flow: FourTwo, step: Step, before: State, note: str) -> None:
    """Let the matter, the record, the open pages and the followers know."""
    state = State(flow.state)
    audience = audience_of(state, was_proposed=flow.was_proposed)
    matters.settle(flow.matter, standing=STATE_LABELS[state], audience=audience, is_open=is_open(state))
    record(
        actor,
        f"coordination.fourtwo_{step}",
        number=flow.matter.number,
        place=flow.place_path,
        before=before.value,
        after=flow.state,
        reason=note[:400],
    )
    tell(f"matter.{flow.matter_id}", "moved")
    if step not in QUIET:
        body = f"{STEP_LABELS[step]}。现在：{STATE_LABELS[state]}。"
        matters.tell_followers(flow.matter, body=body, leave_out=[actor.person_id])


def audit(actor: Actor, flow: FourTwo, verb: str, *, reason: str = "") -> None:
    """Record an act beside the steps."""
    record(actor, f"coordination.{verb}", number=flow.matter.number, place=flow.place_path, reason=reason[:400])


def running_draft(flow: FourTwo) -> FourTwoDraft | None:
    """The draft that is on its way; None between one that ended and the next."""
    return flow.drafts.filter(ended_at=None).first()


def end_draft(flow: FourTwo, why: str) -> None:
    """The draft on its way has come to its end."""
    flow.drafts.filter(ended_at=None).update(ended_at=now(), ended_for=why[:200])
