"""Who votes: from units to voters, each with a head, an area and the reason for both (法释〔2009〕7号)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

from . import refusals as no
from .tally import Tally


class UnitKind(StrEnum):
    """What a unit is used for."""

    HOME = "home"
    SHOP = "shop"
    PARKING = "parking"
    # 物业用房, 居委会用房: never counted.
    COMMON = "common"


class Sale(StrEnum):
    """How far a unit has left the developer's hands."""

    SOLD = "sold"
    UNSOLD = "unsold"
    UNDELIVERED = "undelivered"


class Parking(StrEnum):
    """How parking spaces count; the assembly's own rules say it."""

    EXCLUDE = "exclude"
    AREA_ONLY = "area_only"
    AREA_AND_HEAD = "area_and_head"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its name, kind, area in 0.01 m², owners (keys that stand for one person each), and sale state."""

    name: str
    kind: UnitKind
    area_centi: int
    owners: frozenset[str] = frozenset()
    sale: Sale = Sale.SOLD

    @property
    def is_developers(self) -> bool:
        """Unsold, or sold and not handed over: all of these together are one voter, the developer."""
        return self.sale != Sale.SOLD


@dataclass(frozen=True, slots=True)
class Voter:
    """One right to vote: a set of owners with all their units, or the developer (no owners)."""

    owners: frozenset[str]
    units: tuple[Unit, ...]
    weight: Tally

    @property
    def is_developer(self) -> bool:
        """Whether this is the developer with what is not sold or not handed over."""
        return self.units[0].is_developers


@dataclass(frozen=True, slots=True)
class Roll:
    """All voters of a vote, and who of them votes for which unit; units that do not count are not in it."""

    voters: tuple[Voter, ...]
    voter_of: dict[str, int]

    @property
    def whole(self) -> Tally:
        """All heads and all area: what a quorum is taken of, whoever can be reached."""
        return Tally(
            sum(voter.weight.heads for voter in self.voters), sum(voter.weight.area_centi for voter in self.voters)
        )


def counts(unit: Unit, parking: Parking) -> bool:
    """Whether a unit is there at all for this vote."""
    return unit.kind != UnitKind.COMMON and not (unit.kind == UnitKind.PARKING and parking == Parking.EXCLUDE)


def bears_head(unit: Unit, parking: Parking) -> bool:
    """Whether holding this unit alone makes its owner count by head."""
    return counts(unit, parking) and (unit.kind != UnitKind.PARKING or parking == Parking.AREA_AND_HEAD)


def roll_of(units: Iterable[Unit], parking: Parking = Parking.EXCLUDE) -> Roll:
    """Voters by sets of owners: A in one home, A with B in another are two; one set with many units is one."""
    held: dict[frozenset[str] | None, list[Unit]] = {}
    for unit in units:
        if counts(unit, parking):
            held.setdefault(None if unit.is_developers else unit.owners, []).append(unit)
    voters = tuple(_voter(owners, theirs, parking) for owners, theirs in held.items())
    return Roll(voters, {unit.name: place for place, voter in enumerate(voters) for unit in voter.units})


def _voter(owners: frozenset[str] | None, units: Sequence[Unit], parking: Parking) -> Voter:
    if len(units) == 1:
        weight = Tally(int(bears_head(units[0], parking)), units[0].area_centi)
        return Voter(owners or frozenset(), tuple(units), weight)
    head = int(any(bears_head(unit, parking) for unit in units))
    area = sum(unit.area_centi for unit in units)
    return Voter(owners or frozenset(), tuple(units), Tally(head, area))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one unit: its place in the list, which of its fields, and why."""

    at: int
    field: str
    refusal: Refusal


def faults_in(units: Sequence[Unit], parking: Parking = Parking.EXCLUDE) -> list[Fault]:
    """Every fault of a roll: a unit twice, no area, nobody who owns it. A roll with faults is not counted."""
    found: list[Fault] = []
    seen: set[str] = set()
    for at, unit in enumerate(units):
        if unit.name in seen:
            found.append(Fault(at, "unit", no.UNIT_TWICE))
        seen.add(unit.name)
        if unit.kind != UnitKind.COMMON and unit.area_centi <= 0:
            found.append(Fault(at, "area", no.NO_AREA))
        if counts(unit, parking) and not unit.is_developers and not unit.owners:
            found.append(Fault(at, "owners", no.NO_OWNER))
    return found


def faults_of_whole(whole: Tally) -> list[Refusal]:
    """A roll without a head or without an area is a mistake in the roll, never a vote that passes."""
    return [
        refusal for number, refusal in ((whole.heads, no.NO_HEADS), (whole.area_centi, no.NO_TOTAL_AREA)) if number <= 0
    ]


def why_head(voter: Voter) -> str:
    """Why this voter counts as one head, or as none."""
    names, number = "、".join(unit.name for unit in voter.units), len(voter.units)
    if not voter.weight.heads:
        return _("名下只有车位（{names}），按本小区规则计面积，不计人数。").format(names=names)
    if voter.is_developer:
        return _("开发建设单位未售出和已售出未交付的{number}套（{names}），合起来算1人。").format(
            number=number, names=names
        )
    who = _("{number}位共有人是一个表决权").format(number=len(voter.owners)) if len(voter.owners) > 1 else _("同一业主")
    if number == 1:
        return _("{who}，有1套（{names}），算1人。").format(who=who, names=names)
    return _("{who}，名下共{number}套（{names}），合起来算1人。").format(who=who, number=number, names=names)


def why_area(voter: Voter) -> str:
    """Which areas add up to this voter's area."""
    parts = " + ".join(Tally(0, unit.area_centi).area for unit in voter.units)
    total = voter.weight.area
    return f"{parts} = {total}㎡" if len(voter.units) > 1 else f"{total}㎡"


# Where the two rules come from, for the page that explains a voter.
HEAD_SOURCE = _("最高人民法院关于审理建筑物区分所有权纠纷案件适用法律若干问题的解释第9条")
AREA_SOURCE = _("最高人民法院关于审理建筑物区分所有权纠纷案件适用法律若干问题的解释第8条")
