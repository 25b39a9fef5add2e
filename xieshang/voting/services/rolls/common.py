"""What all writes about a roll share: the decision under lock, and its step in the record."""

from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.live.services import tell

from ...models import Decision, DecisionStep, Register, Roll
from ...queries.deciding import due_day, facts_of
from ...queries.rolls import preview
from ...rules import keeping
from ...rules.deciding import Step
from ..register.common import office_row


def locked_decision(actor: Actor, decision_id: int, verb: str) -> Decision:
    """The decision under lock, if this actor may see it (else 404) and do the verb (else NotAllowed)."""
    rows = Decision.objects.visible_to(actor).select_for_update(of=("self",))
    decision = get_object_or_404(rows.select_related("vote__matter__place", "area", "convener"), pk=decision_id)
    if not has_perm(f"voting.{verb}", actor, decision):
        raise NotAllowed(f"voting.{verb}")
    return decision


def locked_list(decision: Decision) -> Register:
    """The list that the roll is made from, kept from changing until this transaction ends."""
    register = Register.objects.select_for_update(of=("self",)).filter(area_id=decision.area_id).first()
    if register is None:
        raise RuleViolation(keeping.NO_REGISTER)
    return register


def reckon_anew(decision: Decision, register: Register) -> None:
    """A roll that is out says its new totals; one without anybody left is refused when it is frozen."""
    whole = preview(register, decision).voters.whole
    Roll.objects.filter(vote_id=decision.vote_id, frozen_at=None).update(heads=whole.heads, area_centi=whole.area_centi)


def keep_step(actor: Actor, decision: Decision, step: Step, note: str) -> None:
    """Keep a step that leaves the decision where it is, and the day that now runs."""
    at = now()
    DecisionStep.objects.create(
        decision=decision,
        step=step.value,
        before=decision.state,
        after=decision.state,
        at=at,
        fell_due_at=at,
        person_id=actor.person_id,
        office=office_row(actor),
        note=note,
    )
    decision.due_on = due_day(decision, facts_of(decision, at))
    decision.save(update_fields=["due_on"])


def write_down(actor: Actor, verb: str, decision: Decision, detail: dict[str, object], reason: str = "") -> None:
    """Write the record and tell pages that are open."""
    matter = decision.vote.matter
    record(actor, verb, number=matter.number, place=matter.place_path, reason=reason, detail=detail)
    tell(f"matter.{matter.pk}", "roll")
