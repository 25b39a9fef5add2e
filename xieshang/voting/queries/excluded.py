"""Units kept out of one vote's roll by two people, with the reason."""

from collections.abc import Collection
from dataclasses import dataclass

from xieshang.lib.actor import Actor
from xieshang.lib.text import half_width

from ..models import Decision, RegisterUnit, SecondSignature
from ..rules import UnitKind

EXCLUDE = "exclude_units"


def excluded_ids(decision: Decision) -> set[int]:
    """Units that two people kept out; one query."""
    rows = decision.asked.filter(step=EXCLUDE, agreed=True).values_list("given", flat=True)
    return {unit for given in rows for unit in given["units"]}


def exclusions_of(decision: Decision) -> list[tuple[str, str]]:
    """What is kept out and why, for the notice and the roll's page."""
    rows = decision.asked.filter(step=EXCLUDE, agreed=True).order_by("pk")
    return [("、".join(row.given["labels"]), row.reason) for row in rows]


@dataclass(frozen=True, slots=True)
class WaitingExclusion:
    """An exclusion that waits for the second person."""

    id: int
    labels: str
    reason: str
    is_mine: bool


def waiting_exclusion(actor: Actor, decision: Decision) -> WaitingExclusion | None:
    """The one that waits, if any."""
    asked = SecondSignature.objects.filter(decision=decision, step=EXCLUDE, answered_at=None).first()
    if asked is None:
        return None
    return WaitingExclusion(
        asked.pk, "、".join(asked.given["labels"]), asked.reason, asked.asked_by_id == actor.person_id
    )


def units_called(decision: Decision, codes: Collection[str]) -> tuple[list[RegisterUnit], list[str]]:
    """Units of the estate by code or by what neighbours call them, and the words that fit none."""
    wanted = ["".join(half_width(code).split()) for code in codes]
    rows = RegisterUnit.objects.filter(register__area_id=decision.area_id, gone_on=None)
    known = {name: unit for unit in rows.exclude(kind=UnitKind.COMMON.value) for name in (unit.code, unit.label)}
    found = {known[name].pk: known[name] for name in wanted if name in known}
    return list(found.values()), [name for name in wanted if name and name not in known]
