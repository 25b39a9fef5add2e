"""Changing a roll that is out: one person asks with the reason, another one confirms; then list and roll move on."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.lib import seal
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.refusals import RuleViolation

from ...models import Decision, RegisterUnit, Roll, SecondSignature, UnitOwner
from ...queries.rolls import CHANGE, preview, roll_facts_of
from ...rules import keeping
from ...rules.estatefile import OwnerCell
from ..register.common import next_edition, office_row
from ..register.namesakes import ask_same_names
from ..register.owners import OwnerBook
from .common import locked_decision, locked_list, write_down


@transaction.atomic
def ask_roll_change(
    actor: Actor,
    decision_id: int,
    unit_id: int,
    *,
    area_centi: int,
    area_source: str,
    sale: str,
    owners: Sequence[OwnerCell],
    reason: str,
) -> SecondSignature:
    """Ask for one unit of a published roll to be put right: area, its source, sale state, owners. Nothing moves yet."""
    decision = locked_decision(actor, decision_id, "ask_roll_change")
    unit = get_object_or_404(RegisterUnit, pk=unit_id, register__area_id=decision.area_id, gone_on=None)
    facts = roll_facts_of(decision)
    refusals = [keeping.FROZEN] if facts.is_frozen else [] if facts.is_published else [keeping.NOT_PUBLISHED]
    refusals += [keeping.CHANGE_WAITS] if facts.change_waits else []
    refusals += [] if reason.strip() else [keeping.NO_REASON]
    if refusals:
        raise RuleViolation(*refusals)
    asked = SecondSignature.objects.create(
        decision=decision,
        step=CHANGE,
        given={
            "unit": unit.pk,
            "label": unit.label,
            "before": _before(unit),
            "area_centi": area_centi,
            "area_source": area_source,
            "sale": sale,
            "owners": [{"name": owner.name, "number": seal.seal(owner.id_number)} for owner in owners],
        },
        reason=reason.strip(),
        asked_by_id=actor.person_id or 0,
        asked_in=office_row(actor),
        asked_at=now(),
    )
    write_down(actor, "voting.ask_roll_change", decision, {"unit": unit.pk, "asked": asked.pk}, asked.reason)
    return asked


def _before(unit: RegisterUnit) -> dict[str, object]:
    names = [link.owner.name for link in unit.owners.select_related("owner").order_by("pk")]
    return {"area_centi": unit.area_centi, "area_source": unit.area_source, "sale": unit.sale_state, "owners": names}


@transaction.atomic
def answer_roll_change(actor: Actor, asked_id: int, *, agree: bool) -> SecondSignature:
    """Confirm a change that somebody else asked for, and it is done, or turn it down."""
    found = get_object_or_404(SecondSignature.objects.select_related("decision"), pk=asked_id, step=CHANGE)
    decision = locked_decision(actor, found.decision_id, "answer_roll_change")
    asked = SecondSignature.objects.select_for_update(of=("self",)).get(pk=asked_id)
    if asked.answered_at:
        raise RuleViolation(keeping.CHANGE_GONE)
    if asked.asked_by_id == actor.person_id:
        raise RuleViolation(keeping.SAME_PERSON)
    if agree and roll_facts_of(decision).is_frozen:
        raise RuleViolation(keeping.FROZEN)
    asked.answered_by_id, asked.answered_at, asked.agreed = actor.person_id, now(), agree
    asked.save()
    if agree:
        _apply(decision, asked.given)
    write_down(actor, "voting.answer_roll_change", decision, {"asked": asked.pk, "agreed": agree}, asked.reason)
    return asked


def _apply(decision: Decision, given: Mapping[str, object]) -> None:
    register = locked_list(decision)
    unit = RegisterUnit.objects.get(pk=given["unit"], register=register)
    unit.area_centi, unit.area_source = int(str(given["area_centi"])), str(given["area_source"])
    unit.sale_state = str(given["sale"])
    unit.save(update_fields=["area_centi", "area_source", "sale_state"])
    book = OwnerBook(register)
    wanted = given["owners"] if isinstance(given["owners"], list) else []
    owners = [book.take(unit.pk, OwnerCell(entry["name"], seal.unseal(entry["number"]))) for entry in wanted]
    book.save()
    UnitOwner.objects.filter(unit=unit).delete()
    book.link((unit.pk, owner) for owner in owners)
    ask_same_names(register)
    next_edition(register)
    whole = preview(register, decision).voters.whole
    Roll.objects.filter(vote_id=decision.vote_id, frozen_at=None).update(heads=whole.heads, area_centi=whole.area_centi)
