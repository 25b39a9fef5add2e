"""What one person asks of a roll and another one answers: kept with its reason, answered once, by somebody else."""

from collections.abc import Callable, Collection, Mapping

from django.shortcuts import get_object_or_404

from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.refusals import RuleViolation

from ...models import Decision, SecondSignature
from ...rules import keeping
from ..register.common import office_row
from .common import locked_decision

LONGEST_REASON = 500


def keep_asked(
    actor: Actor, decision: Decision, step: str, given: Mapping[str, object], reason: str
) -> SecondSignature:
    """Keep what waits for the second person. Nothing moves yet."""
    return SecondSignature.objects.create(
        decision=decision,
        step=step,
        given=dict(given),
        reason=reason.strip()[:LONGEST_REASON],
        asked_by_id=actor.person_id or 0,
        asked_in=office_row(actor),
        asked_at=now(),
    )


def answer_asked(
    actor: Actor, asked_id: int, steps: Collection[str], *, agree: bool, may_stand: Callable[[Decision], None]
) -> SecondSignature:
    """Write down the second person's answer, with the decision locked; `may_stand` refuses what is too late to do."""
    found = get_object_or_404(SecondSignature.objects.select_related("decision"), pk=asked_id, step__in=steps)
    decision = locked_decision(actor, found.decision_id, "answer_roll_change")
    asked = SecondSignature.objects.select_for_update(of=("self",)).get(pk=asked_id)
    if asked.answered_at:
        raise RuleViolation(keeping.CHANGE_GONE)
    if asked.asked_by_id == actor.person_id:
        raise RuleViolation(keeping.SAME_PERSON)
    if agree:
        may_stand(decision)
    asked.decision = decision
    asked.answered_by_id, asked.answered_at, asked.agreed = actor.person_id, now(), agree
    asked.save()
    return asked
