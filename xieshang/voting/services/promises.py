"""What follows from an owners' decision that belongs to no topic: who does what, by when."""

from datetime import date

from django.db import transaction

from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.refusals import later as _
from xieshang.outcomes import services as outcomes
from xieshang.outcomes.models import ActionItem

from ..models import Decision
from ..queries import ending_of
from ..queries.deciding import visible_decision
from ..rules.deciding import State

IN_FORCE = frozenset({State.DECIDED, State.ANNOUNCED})
NOT_IN_FORCE = Refusal("decision_not_in_force", _("决定生效以后才能写办理事项；没有形成决定的、已经撤销的不能写。"))
ON_TOPIC = Refusal("decision_has_a_topic", _("这次表决来自一件议题，办理事项写在那件议题里。"))


@transaction.atomic
def plan_item(actor: Actor, decision_id: int, *, what: str, body_id: int, due: date, proof: str = "") -> ActionItem:
    """Write one thing to be done for a decision that took effect; where there is a topic, it is written there."""
    decision = visible_decision(actor, decision_id)
    if not has_perm("voting.plan_item", actor, decision):
        raise NotAllowed("voting.plan_item")
    wrong = against_planning(decision)
    if wrong:
        raise RuleViolation(*wrong)
    return outcomes.set_item(actor, decision.vote.matter, what=what, body_id=body_id, due=due, proof=proof)


def against_planning(decision: Decision) -> list[Refusal]:
    """Why nothing can be written now."""
    if decision.vote.of_id:
        return [ON_TOPIC]
    in_force = State(decision.state) in IN_FORCE and ending_of(decision.vote).is_passed
    return [] if in_force else [NOT_IN_FORCE]
