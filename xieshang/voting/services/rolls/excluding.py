"""Units that do not count in one vote (规则另有规定的), and letting them in again: one asks, another confirms."""

from collections.abc import Collection, Sequence

from django.db import transaction

from xieshang.lib.actor import Actor
from xieshang.lib.refusals import Refusal, RuleViolation

from ...models import Decision, SecondSignature
from ...queries.excluded import EXCLUDE, LIFT, are_all, exclusions_of, units_called
from ...queries.rolls import roll_facts_of
from ...rules import keeping
from ...rules.deciding import State
from .asking import answer_asked, keep_asked
from .common import locked_decision, locked_list, reckon_anew, write_down


@transaction.atomic
def ask_exclusion(actor: Actor, decision_id: int, *, codes: Collection[str], reason: str) -> SecondSignature:
    """Ask that these units stay out of this vote's roll, with the reason that the notice prints. Nothing moves yet."""
    decision = locked_decision(actor, decision_id, "ask_roll_change")
    _require_open(decision)
    units, unknown = units_called(decision, codes)
    wrong = [keeping.said(keeping.UNITS_UNKNOWN, codes="、".join(unknown))] if unknown else []
    wrong += [] if units or unknown else [keeping.UNITS_NAMED]
    wrong += [keeping.NOTHING_LEFT] if units and are_all(decision, units) else []
    given = {"units": [unit.pk for unit in units], "labels": [unit.label for unit in units]}
    asked = _ask(actor, decision, EXCLUDE, given, reason=reason, wrong=wrong)
    write_down(actor, "voting.ask_exclusion", decision, {"units": asked.given["units"]}, asked.reason)
    return asked


@transaction.atomic
def ask_lift(actor: Actor, decision_id: int, exclusion_id: int, *, reason: str) -> SecondSignature:
    """Ask that units kept out by two count again, as long as the roll is not frozen. Nothing moves yet."""
    decision = locked_decision(actor, decision_id, "ask_roll_change")
    _require_open(decision)
    kept_out = next((one for one in exclusions_of(decision) if one.id == exclusion_id), None)
    if kept_out is None:
        raise RuleViolation(keeping.EXCLUSION_GONE)
    given = {"of": kept_out.id, "labels": [kept_out.labels]}
    asked = _ask(actor, decision, LIFT, given, reason=reason)
    write_down(actor, "voting.ask_lift", decision, {"of": kept_out.id}, asked.reason)
    return asked


def _ask(
    actor: Actor, decision: Decision, step: str, given: dict[str, object], *, reason: str, wrong: Sequence[Refusal] = ()
) -> SecondSignature:
    """Keep what waits for the second person; one at a time, never without a reason."""
    wrong = [*wrong, *([] if reason.strip() else [keeping.NO_REASON])]
    waits = decision.asked.filter(step__in=[EXCLUDE, LIFT], answered_at=None).exists()
    wrong += [keeping.EXCLUSION_WAITS] if waits else []
    if wrong:
        raise RuleViolation(*wrong)
    return keep_asked(actor, decision, step, given, reason)


@transaction.atomic
def answer_exclusion(actor: Actor, asked_id: int, *, agree: bool) -> SecondSignature:
    """Confirm what somebody else asked for, and the roll is made without these units or with them again; or decline."""
    asked = answer_asked(actor, asked_id, [EXCLUDE, LIFT], agree=agree, may_stand=_require_open)
    if agree:
        reckon_anew(asked.decision, locked_list(asked.decision))
    verb = "voting.answer_lift" if asked.step == LIFT else "voting.answer_exclusion"
    write_down(actor, verb, asked.decision, {"asked": asked.pk, "agreed": agree}, asked.reason)
    return asked


def _require_open(decision: Decision) -> None:
    """While the roll is made: after it is frozen nobody changes it."""
    if roll_facts_of(decision).is_frozen:
        raise RuleViolation(keeping.FROZEN)
    if decision.state != State.ROSTER_OPEN:
        raise RuleViolation(keeping.NOT_OPEN)
