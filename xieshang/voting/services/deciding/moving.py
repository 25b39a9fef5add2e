"""The one way an owners' decision moves: lock, ask who, ask when, move, save, record, tell."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.community.queries import officers_of
from xieshang.community.rules import COMMITTEE_ROLES
from xieshang.discussion.models import Attachment
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.live.services import tell
from xieshang.matters.rules import Audience
from xieshang.matters.services import settle
from xieshang.notify.services import send

from ...models import DECISION_LABELS, Decision, DecisionStep, RightHolder
from ...queries.deciding import due_day, facts_of
from ...rules.deciding import DONE_BY_TIME, ENDS, SHOWN_TO_ALL, State, Step, require_step
from ..locks import shut_out

# The permission of each step where it is not called like the step.
VERBS = {
    Step.REDRAFT: "redraft_decision",
    Step.TAKE_BACK: "consult",
    Step.PUBLISH: "publish_decision",
    Step.WITHDRAW: "withdraw_decision",
}


def locked(actor: Actor, decision_id: int) -> Decision:
    """The decision under lock, its vote locked before it, as every cast and the closing lock it; else 404."""
    known = get_object_or_404(Decision.objects.visible_to(actor), pk=decision_id)
    vote = shut_out(known.vote_id)
    rows = Decision.objects.select_for_update(of=("self",)).select_related("area", "convener__place", "community")
    decision = rows.get(pk=decision_id)
    decision.vote = vote
    return decision


def require_verb(actor: Actor, decision: Decision, step: Step) -> None:
    """Refuse whoever may not take this step; what time does is done by nobody else."""
    if step in DONE_BY_TIME:
        if actor is not SYSTEM:
            raise NotAllowed(step)
        return
    verb = VERBS.get(step, step.value)
    if not has_perm(f"voting.{verb}", actor, decision):
        raise NotAllowed(verb)


@contextmanager
def _moving(
    actor: Actor,
    decision_id: int,
    step: Step,
    *,
    note: str = "",
    second: Actor | None = None,
    file: Attachment | None = None,
    fell_due: datetime | None = None,
    **given: Any,
) -> Iterator[Decision]:
    """Lock, ask who, ask when, move, save, record, tell. `given`: what the verb brings, by names of facts.

    The state is the new one already while the body runs; `second` is the other human being of an act by two.
    """
    with transaction.atomic():
        decision = locked(actor, decision_id)
        require_verb(actor, decision, step)
        at = now()
        before = State(decision.state)
        facts = replace(facts_of(decision, at), acting_person=actor.person_id, **given)
        after = require_step(before, step, facts)
        decision.state = after.value
        if after != before:
            decision.entered_at = fell_due or at
        yield decision
        decision.due_on = due_day(decision, facts_of(decision, at))
        decision.save()
        by = {
            "person_id": actor.person_id,
            "office_id": actor.office.id if actor.office else None,
            "second_id": second.person_id if second else None,
        }
        moved = {"step": step.value, "before": before.value, "after": after.value, "note": note.strip(), "file": file}
        row = decision.steps.create(at=at, fell_due_at=fell_due or at, **moved, **by)
        _spread(actor, decision, row)


def _spread(actor: Actor, decision: Decision, row: DecisionStep) -> None:
    """Let the matter, the record and the open pages know."""
    matter, after = decision.vote.matter, State(decision.state)
    show(decision, after)
    record(
        actor,
        f"voting.{row.step}",
        number=matter.number,
        place=matter.place_path,
        before=row.before,
        after=row.after,
        reason=row.note[:400],
        detail={"second": row.second_id} if row.second_id else None,
    )
    tell(f"matter.{matter.pk}", "moved")


def show(decision: Decision, state: State) -> None:
    """Say anew how the matter stands and who may know of it: before the notice officers only, then everybody."""
    audience = Audience.PUBLIC if state in SHOWN_TO_ALL else Audience.OFFICERS
    settle(decision.vote.matter, standing=str(DECISION_LABELS[state]), audience=audience, is_open=state not in ENDS)


def tell_owners(decision: Decision, body: str) -> None:
    """A message to every owner on the roll who is known here; the others hear it from the boards and at the door."""
    holders = RightHolder.objects.filter(right__vote_id=decision.vote_id)
    _send(decision, holders.values_list("person_id", flat=True), body)


def tell_committee(decision: Decision, body: str) -> None:
    """A message to the residents' committee, which is told of every step that the law names (物业管理条例第20条)."""
    officers = officers_of(decision.community.path, [role.value for role in COMMITTEE_ROLES])
    _send(decision, officers.values_list("person_id", flat=True), body)


def _send(decision: Decision, people: Iterable[int], body: str) -> None:
    matter = decision.vote.matter
    send(set(people), title=matter.title, body=body, number=matter.number, url=matter.get_absolute_url())
