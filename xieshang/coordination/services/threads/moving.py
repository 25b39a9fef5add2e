"""The one way a thread changes state, and what every verb beside the steps does alike."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.community.models import Office
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import day_of
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.live.services import tell
from xieshang.matters import services as matters

from ... import hooks
from ...models import Side, Thread, ThreadStep
from ...queries.threads.facts import facts_about
from ...rules.threads import ENDS, STEP_LABELS, State, Step, due_on, is_open, next_state
from ...rules.threads.rounds import round_after
from ...rules.threads.sides import NO_OFFICE, audience_of

Given = dict[str, Any]
# Of these the followers hear nothing: the next step, taken at once, says it.
QUIET = frozenset({Step.ASSIGN})


def locked(actor: Actor, thread_id: int) -> Thread:
    """The thread under lock, if this actor may know of it (else 404)."""
    rows = Thread.objects.visible_to(actor).with_frame().select_for_update(of=("self",))
    return get_object_or_404(rows, pk=thread_id)


def require(verb: str, actor: Actor, thing: object, sentence: str = "") -> None:
    """Refuse an actor whose office may not do this; a sentence of its own says what would open it."""
    if not has_perm(f"coordination.{verb}", actor, thing):
        raise NotAllowed(verb, sentence) if sentence else NotAllowed(verb)


def refuse(*refusals: Refusal | None) -> None:
    """Refuse with everything that stands in the way, where anything does."""
    found = [refusal for refusal in refusals if refusal is not None]
    if found:
        raise RuleViolation(*found)


def require_speaker(actor: Actor, side: Side) -> None:
    """Refuse whoever does not speak for this side, and an office whose term is over."""
    require("speak", actor, side, NO_OFFICE.sentence)
    require_term(actor)


def require_term(actor: Actor) -> None:
    """Refuse an office whose term does not run today: powers end with it."""
    office = actor.office
    if office is not None and office.id and not Office.objects.running(today()).filter(pk=office.id).exists():
        raise NotAllowed("speak", NO_OFFICE.sentence)


def office_id(actor: Actor) -> int | None:
    """Id of the office acted in."""
    return actor.office.id if actor.office else None


@contextmanager
def _moving(actor: Actor, thread_id: int, step: Step, *, note: str = "", **given: Any) -> Iterator[Thread]:
    """Lock, ask who, ask when, move, save, record, tell: the one way a thread changes state."""
    with transaction.atomic():
        thread = locked(actor, thread_id)
        require(step.value, actor, thread)
        require_term(actor)
        at = now()
        before, was_due = State(thread.state), thread.due_on
        after = next_state(before, step, replace(facts_about(thread, day_of(at)), **given))
        thread.state, thread.round = after.value, round_after(thread.round, step)
        yield thread
        if after != before:
            thread.entered_at = at
        set_due(thread)
        row = _step(actor, thread, step.value, before=before.value, due_on=was_due, note=note.strip())
        _spread(actor, thread, row)


def set_due(thread: Thread) -> None:
    """Work out anew the last day of the present state, and save."""
    day = today()
    facts = replace(facts_about(thread, day), positions_due=thread.positions_due, meeting_on=thread.meeting_on)
    thread.due_on = due_on(State(thread.state), thread.entered_on, facts, thread.values)
    thread.event_at = now()
    thread.save()


def _step(actor: Actor, thread: Thread, step: str, **words: Any) -> ThreadStep:
    return ThreadStep.objects.create(
        thread=thread,
        step=step,
        after=thread.state,
        at=now(),
        person_id=actor.person_id,
        office_id=office_id(actor),
        **words,
    )


def _spread(actor: Actor, thread: Thread, row: ThreadStep) -> None:
    """Let the matter, the record, the open pages and the followers know."""
    state, matter, step = State(row.after), thread.matter, Step(row.step)
    matters.settle(matter, standing=thread.label, audience=audience_of(state), is_open=is_open(state))
    audit(actor, thread, step.value, before=row.before, after=row.after, reason=row.note)
    if step not in QUIET:
        body = f"{STEP_LABELS[step]}。" + (f"现在：{thread.label}。" if row.before != row.after else "")
        matters.tell_followers(matter, body=body, leave_out=[actor.person_id])
    if state in ENDS:
        for hook in hooks.on_ended:
            hook(actor, thread)


def audit(
    actor: Actor,
    thread: Thread,
    verb: str,
    detail: Mapping[str, object] | None = None,
    *,
    before: str = "",
    after: str = "",
    reason: str = "",
) -> None:
    """Record an act and tell open pages; names and texts stay in their tables."""
    matter, place = thread.matter, thread.place_path
    said = {"before": before, "after": after, "reason": reason[:400]}
    record(actor, f"coordination.{verb}", number=matter.number, place=place, detail=detail, **said)
    tell(f"matter.{thread.matter_id}", "moved")


def touch(thread: Thread) -> None:
    """Something happened: the alarm for silence begins anew."""
    thread.event_at = now()
    thread.save(update_fields=["event_at"])
