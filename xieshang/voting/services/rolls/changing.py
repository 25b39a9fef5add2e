"""Changing a roll that is out: one person asks with the reason, another one confirms; then list and roll move on."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.lib import seal
from xieshang.lib.actor import Actor
from xieshang.lib.refusals import RuleViolation

from ...models import Decision, RegisterUnit, SecondSignature, UnitOwner
from ...queries.rolls import CHANGE, roll_facts_of
from ...rules import keeping
from ...rules.estatefile import OwnerCell
from ..register.common import next_edition
from ..register.namesakes import ask_same_names
from ..register.owners import OwnerBook
from .asking import answer_asked, keep_asked
from .common import locked_decision, locked_list, reckon_anew, write_down


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
    given = {
        "unit": unit.pk,
        "label": unit.label,
        "before": _before(unit),
        "area_centi": area_centi,
        "area_source": area_source,
        "sale": sale,
        "owners": [{"name": owner.name, "number": seal.seal(owner.id_number)} for owner in owners],
    }
    asked = keep_asked(actor, decision, CHANGE, given, reason)
    write_down(actor, "voting.ask_roll_change", decision, {"unit": unit.pk, "asked": asked.pk}, asked.reason)
    return asked


def _before(unit: RegisterUnit) -> dict[str, object]:
    names = [link.owner.name for link in unit.owners.select_related("owner").order_by("pk")]
    return {"area_centi": unit.area_centi, "area_source": unit.area_source, "sale": unit.sale_state, "owners": names}


@transaction.atomic
def answer_roll_change(actor: Actor, asked_id: int, *, agree: bool) -> SecondSignature:
    """Confirm a change that somebody else asked for, and it is done, or turn it down."""
    asked = answer_asked(actor, asked_id, [CHANGE], agree=agree, may_stand=_require_not_frozen)
    if agree:
        _apply(asked.decision, asked.given)
    write_down(actor, "voting.answer_roll_change", asked.decision, {"asked": asked.pk, "agreed": agree}, asked.reason)
    return asked


def _require_not_frozen(decision: Decision) -> None:
    if roll_facts_of(decision).is_frozen:
        raise RuleViolation(keeping.FROZEN)


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
    reckon_anew(decision, register)
