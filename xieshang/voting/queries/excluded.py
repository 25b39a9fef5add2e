"""Units kept out of one vote's roll by two people, with the reason."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from xieshang.lib.actor import Actor
from xieshang.lib.text import half_width

from ..models import Decision, RegisterUnit, SecondSignature
from ..rules import UnitKind

EXCLUDE, LIFT = "exclude_units", "lift_exclusion"
READ = "exclusions_read"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Units that two people kept out, and that no two have let in again."""

    id: int
    units: tuple[int, ...]
    labels: str
    reason: str


def exclusions_of(decision: Decision) -> list[Exclusion]:
    """What is kept out and why, for the notice and the roll's page; one query, none where it was read for a page."""
    read = getattr(decision, READ, None)
    rows = list(_agreed().filter(decision=decision)) if read is None else read
    lifted = {row.given["of"] for row in rows if row.step == LIFT}
    return [
        Exclusion(row.pk, tuple(row.given["units"]), "、".join(row.given["labels"]), row.reason)
        for row in rows
        if row.step == EXCLUDE and row.pk not in lifted
    ]


def _agreed() -> QuerySet[SecondSignature]:
    return SecondSignature.objects.filter(step__in=[EXCLUDE, LIFT], agreed=True).order_by("pk")


def read_exclusions(decision: Decision) -> None:
    """Read once for a page that only shows: whoever asks for them afterwards finds them on the decision."""
    prefetch_related_objects([decision], Prefetch("asked", _agreed(), to_attr=READ))


def excluded_ids(decision: Decision) -> set[int]:
    """Units that two people kept out; one query."""
    return {unit for one in exclusions_of(decision) for unit in one.units}


@dataclass(frozen=True, slots=True)
class WaitingExclusion:
    """An exclusion, or that one is lifted, as it waits for the second person."""

    id: int
    labels: str
    reason: str
    is_mine: bool
    lifts: bool


def waiting_exclusion(actor: Actor, decision: Decision) -> WaitingExclusion | None:
    """The one that waits, if any."""
    asked = SecondSignature.objects.filter(decision=decision, step__in=[EXCLUDE, LIFT], answered_at=None).first()
    if asked is None:
        return None
    return WaitingExclusion(
        asked.pk,
        "、".join(asked.given["labels"]),
        asked.reason,
        asked.asked_by_id == actor.person_id,
        asked.step == LIFT,
    )


def units_called(decision: Decision, codes: Collection[str]) -> tuple[list[RegisterUnit], list[str]]:
    """Units of the estate by code or by what neighbours call them, and the words that fit none."""
    wanted = ["".join(half_width(code).split()) for code in codes]
    known = {name: unit for unit in _units(decision) for name in (unit.code, unit.label)}
    found = {known[name].pk: known[name] for name in wanted if name in known}
    return list(found.values()), [name for name in wanted if name and name not in known]


def are_all(decision: Decision, units: Collection[RegisterUnit]) -> bool:
    """Whether nothing of the estate would count any more without these units."""
    out = excluded_ids(decision) | {unit.pk for unit in units}
    return not _units(decision).exclude(pk__in=out).exists()


def _units(decision: Decision) -> QuerySet[RegisterUnit]:
    standing = RegisterUnit.objects.filter(register__area_id=decision.area_id, gone_on=None)
    return standing.exclude(kind=UnitKind.COMMON.value)
