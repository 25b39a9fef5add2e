"""Publishing a roll to those on it, with a window in which they may object; every objection is answered."""

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.days import short_day
from xieshang.lib.refusals import NotAllowed, Refusal, RuleViolation
from xieshang.lib.workdays import period_after
from xieshang.notify.services import send

from ...models import Decision, OwnerClaim, Register, Roll, RollObjection
from ...queries.rolls import Preview, parking_of, preview, roll_facts_of
from ...rules import faults_in, keeping
from ...rules.deciding import Step, value
from ...rules.estate import ClaimState
from .common import keep_step, locked_decision, locked_list, write_down

_FAULTS_SAID = 10


@transaction.atomic
def publish_roll(actor: Actor, decision_id: int) -> Roll:
    """Show the roll to those on it; from now on it changes only by two, and they may object for the days of the rules.

    RuleViolation names all that lacks: open same-name questions, units without area or owner, an empty roll.
    """
    decision = locked_decision(actor, decision_id, "publish_roll")
    register = locked_list(decision)
    shown = preview(register, decision)
    refusals = keeping.against_publishing(roll_facts_of(decision, shown.voters.whole)) + list_faults(decision, shown)
    if refusals:
        raise RuleViolation(*refusals)
    period = period_after(today(), int(value(decision.values, "assembly.roll_objection_days")))
    whole = shown.voters.whole
    roll = Roll.objects.create(
        vote_id=decision.vote_id,
        register=register,
        edition=register.edition,
        parking=parking_of(decision).value,
        published_on=today(),
        first_day=period.first_day,
        last_day=period.last_day,
        heads=whole.heads,
        area_centi=whole.area_centi,
    )
    note = f"共{whole.people}人，{whole.area}平方米，{short_day(period.last_day)}为止可以提异议"
    keep_step(actor, decision, Step.PUBLISH_ROLL, note)
    write_down(actor, "voting.publish_roll", decision, {"heads": whole.heads, "area_centi": whole.area_centi})
    _tell_owners(decision, register, roll)
    return roll


def list_faults(decision: Decision, shown: Preview) -> list[Refusal]:
    """Units that lack an area or an owner, named; a few are enough to begin with."""
    units = [unit for voter in shown.voters.voters for unit in voter.units]
    found = faults_in(units, parking_of(decision))[:_FAULTS_SAID]
    return [
        Refusal(fault.refusal.code, fault.refusal.sentence.format(unit=units[fault.at].name), fault.refusal.source)
        for fault in found
    ]


def _tell_owners(decision: Decision, register: Register, roll: Roll) -> None:
    claims = OwnerClaim.objects.filter(owner__register=register, state=ClaimState.CONFIRMED.value)
    send(
        claims.values_list("person_id", flat=True),
        title="表决权名册公布了，请核对您的人数和面积",
        body=f"{decision.vote.question}。{short_day(roll.last_day or today())}为止可以提异议。",
        number=decision.vote.matter.number,
        url=f"/votes/{decision.vote_id}/roll/",
    )


@transaction.atomic
def object_to_roll(actor: Actor, decision_id: int, *, text: str, unit_label: str = "") -> RollObjection:
    """Say what is wrong with the roll, within its window: by those on it and by whoever says they should be."""
    decision = locked_decision(actor, decision_id, "object_to_roll")
    if actor.person_id is None:
        raise NotAllowed("voting.object_to_roll")
    refusals = keeping.against_objecting(roll_facts_of(decision), today())
    if not text.strip():
        refusals.append(keeping.NO_WORDS)
    if refusals:
        raise RuleViolation(*refusals)
    roll = Roll.objects.get(vote_id=decision.vote_id)
    objection = RollObjection.objects.create(
        roll=roll, person_id=actor.person_id, unit_label=unit_label.strip()[:80], text=text.strip()[:2000], at=now()
    )
    write_down(actor, "voting.object_to_roll", decision, {"objection": objection.pk})
    return objection


@transaction.atomic
def answer_roll_objection(actor: Actor, objection_id: int, *, sustained: bool, answer: str) -> RollObjection:
    """Answer an objection in words: right, and then the roll is changed by two, or not, and why."""
    found = get_object_or_404(RollObjection.objects.select_related("roll__vote__decision"), pk=objection_id)
    decision = locked_decision(actor, found.roll.vote.decision.pk, "answer_roll_objection")
    objection = RollObjection.objects.select_for_update(of=("self",)).get(pk=objection_id)
    if objection.answered_at:
        raise RuleViolation(keeping.OBJECTION_ANSWERED)
    if not answer.strip():
        raise RuleViolation(keeping.NO_WORDS)
    objection.sustained, objection.answer = sustained, answer.strip()[:2000]
    objection.answered_by_id, objection.answered_at = actor.person_id, now()
    objection.save()
    write_down(actor, "voting.answer_roll_objection", decision, {"objection": objection.pk, "sustained": sustained})
    send(
        [objection.person_id],
        title="您对名册的异议有了答复",
        body=objection.answer[:80],
        number=decision.vote.matter.number,
        url=f"/votes/{decision.vote_id}/roll/",
    )
    return objection
