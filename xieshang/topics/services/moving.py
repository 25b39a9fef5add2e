"""The one way a topic changes state, and the writing of documents that stand on its steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.discussion.models import Attachment
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import now
from xieshang.lib.days import SHANGHAI, day_of
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.lib.workdays import add_workdays
from xieshang.live.services import tell
from xieshang.matters import services as matters

from ..models import Record, Topic, TopicStep
from ..queries.facts import clock_of, facts_about
from ..queries.words import state_word
from ..rules import (
    ACTS,
    DEADLINES,
    HAPPENED,
    NOT_IN_COURSE,
    PERMIT_OF,
    STEP_LABELS,
    Facts,
    RecordKind,
    State,
    Step,
    audience_of,
    due_on,
    is_open,
    next_state,
    value,
)

# What a verb brings for the guards, by names of facts; the values are theirs to check.
Given = dict[str, Any]
# Of these the followers hear nothing: they were not there yet, or it is paperwork on the way to the next step.
QUIET = frozenset({Step.SUBMIT, Step.MEND, Step.APPEAL, Step.REVISE_OPINION, Step.EXPIRE})


def locked(actor: Actor, topic_id: int, verb: str) -> Topic:
    """The topic under lock, if this actor may see it (else 404) and may do the verb (else NotAllowed)."""
    rows = Topic.objects.visible_to(actor).select_related("matter__place", "matter__community")
    rows = rows.select_for_update(of=("self",))
    topic = get_object_or_404(rows, pk=topic_id)
    if not has_perm(f"topics.{verb}", actor, topic):
        raise NotAllowed(verb)
    return topic


def acting(actor: Actor, topic_id: int, act: str) -> Topic:
    """The topic under lock for an act beside the steps; RuleViolation in a state in which it has no place."""
    topic = locked(actor, topic_id, PERMIT_OF.get(act, act))
    if State(topic.state) not in ACTS[act]:
        raise RuleViolation(NOT_IN_COURSE)
    return topic


@contextmanager
def _moving(
    actor: Actor, topic_id: int, step: Step, *, note: str = "", fell_due: date | None = None, **given: Any
) -> Iterator[Topic]:
    """Lock, ask who, ask when, move, save, record, tell: the one way a topic changes state."""
    with transaction.atomic():
        topic = locked(actor, topic_id, step)
        at = now()
        before, was_due = State(topic.state), topic.due_on
        after = next_state(before, step, _asked_of(topic, actor, step, at, given))
        topic.state = after.value
        yield topic
        since = datetime.combine(fell_due, time(), SHANGHAI) if fell_due else at
        _arrive(topic, before, since)
        row = TopicStep.objects.create(
            topic=topic,
            step=step.value,
            before=before.value,
            after=after.value,
            at=at,
            fell_due_at=since,
            due_on=was_due,
            person_id=actor.person_id,
            office_id=actor.office.id if actor.office else None,
            note=note,
            **actor.assisted,
        )
        topic.records.filter(step=None).update(step=row)
        _spread(actor, topic, row, at)


def _asked_of(topic: Topic, actor: Actor, step: Step, at: datetime, given: Given) -> Facts:
    """The facts of this moment with what the verb brings, and the last day of the present state."""
    facts = facts_about(topic, day_of(at))
    due = due_on(State(topic.state), topic.entered_on, facts, clock_of(topic))
    stands_still = facts.suspended and not (step in HAPPENED and actor is SYSTEM)
    return replace(facts, due=due, acting_person=actor.person_id, suspended=stands_still, **given)


def _arrive(topic: Topic, before: State, since: datetime) -> None:
    """Begin the new state: its instant, its limit; what hung on the old one is dropped."""
    if topic.state != before:
        topic.entered_at = since
        topic.extended_to = None
    if topic.state == State.SCREENING:
        topic.was_screened = True
    set_due(topic, day_of(now()))
    topic.save()


def set_due(topic: Topic, today: date) -> None:
    """Work out anew the last day of the present state, and the day from which the body above sees a delay."""
    state = State(topic.state)
    topic.due_on = due_on(state, topic.entered_on, facts_about(topic, today), clock_of(topic))
    limit = DEADLINES.get(state)
    if topic.due_on is None or limit is None:
        topic.alarm_on = None
        return
    topic.alarm_on = add_workdays(topic.due_on, value(topic.values, "topics.escalation_visible_days"))


def _spread(actor: Actor, topic: Topic, row: TopicStep, at: datetime) -> None:
    """Let the matter, the record, the open pages and the followers know."""
    state, matter = State(topic.state), topic.matter
    standing = state_word(topic)
    audience = audience_of(state, was_screened=topic.was_screened)
    matters.settle(matter, standing=standing, audience=audience, is_open=is_open(state))
    record(
        actor,
        f"topics.{row.step}",
        number=matter.number,
        place=topic.place_path,
        before=row.before,
        after=row.after,
        reason=row.note[:400],
    )
    tell(f"matter.{matter.pk}", "moved")
    step = Step(row.step)
    if step not in QUIET:
        body = f"{STEP_LABELS[step]}。" + (f"现在：{standing}。" if row.before != row.after else "")
        matters.tell_followers(matter, body=body, leave_out=[actor.person_id])


def _write(actor: Actor, topic: Topic, kind: RecordKind, *, file: Attachment | None = None, **words: Any) -> Record:
    """Put one document into the file of a topic; the next step taken carries it."""
    return Record.objects.create(
        topic=topic,
        kind=kind.value,
        file=file,
        person_id=actor.person_id,
        office_id=actor.office.id if actor.office else None,
        at=now(),
        **words,
    )


def renew(topic: Topic, kind: RecordKind, newer: Record) -> None:
    """Mark earlier documents of the same kind as replaced by the newer one; they stay."""
    topic.records.filter(kind=kind.value, replaced_by=None).exclude(pk=newer.pk).update(replaced_by=newer)


def audit(actor: Actor, topic: Topic, verb: str, *, reason: str = "") -> None:
    """Record an act beside the steps."""
    record(actor, f"topics.{verb}", number=topic.matter.number, place=topic.place_path, reason=reason[:400])
