"""Beginning an act that two human beings must want: it waits for the other one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from xieshang.audit.services import record
from xieshang.community.models import Office
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.live.services import tell
from xieshang.notify.services import send

from ...models import STEP_LABELS, Decision, SecondSignature
from ...queries.deciding import facts_of
from ...rules.deciding import State, Step, require_step
from .moving import locked, require_verb, tell_committee

WAITS = Refusal("signature_waits", _("已经有人提出过，正在等另一位确认，不用再提。"))


@transaction.atomic
def ask(
    actor: Actor, decision_id: int, step: Step, reason: str, *, kept: Mapping[str, Any], given: Mapping[str, Any]
) -> SecondSignature:
    """Begin an act by two: whoever may take the step asks, with all that it needs; another human being confirms it."""
    decision = locked(actor, decision_id)
    require_verb(actor, decision, step)
    facts = replace(facts_of(decision, now()), reason_given=bool(reason.strip()), **given)
    require_step(State(decision.state), step, facts)
    if decision.asked.filter(step=step.value, answered_at=None).exists():
        raise RuleViolation(WAITS)
    asked = SecondSignature(
        decision=decision,
        step=step.value,
        given=dict(kept),
        reason=reason.strip(),
        asked_in_id=actor.office.id if actor.office else None,
        asked_at=now(),
    )
    asked.asked_by_id = actor.person_id or 0
    asked.save()
    write_down(actor, decision, f"voting.ask_{step}", reason)
    _tell_others(actor, decision, step)
    return asked


def write_down(actor: Actor, decision: Decision, verb: str, reason: str = "") -> None:
    """Into the record, and to the open pages."""
    matter = decision.vote.matter
    record(actor, verb, number=matter.number, place=matter.place_path, reason=reason.strip()[:400])
    tell(f"matter.{matter.pk}", "moved")


def _tell_others(actor: Actor, decision: Decision, step: Step) -> None:
    """Those who may confirm it: the convener's other people and the residents' committee."""
    words = _("有人提出“{step}”，请您确认。").format(step=STEP_LABELS[step])
    own = Office.objects.running(today()).filter(body_id=decision.convener_id).exclude(person_id=actor.person_id)
    matter = decision.vote.matter
    people = set(own.values_list("person_id", flat=True))
    send(people, title=matter.title, body=words, number=matter.number, url=matter.get_absolute_url())
    tell_committee(decision, words)
