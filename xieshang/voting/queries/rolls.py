"""Reads of rolls: what a list makes of voters now, a frozen roll, and why each row has its head and its area."""

import hashlib
import re
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Prefetch, Q, prefetch_related_objects

from xieshang.community.models import Place
from xieshang.community.rules import PlaceKind, building_name, stairwell_name

from ..models import (
    Decision,
    OwnerClaim,
    Register,
    RegisterOwner,
    RegisterUnit,
    Right,
    RightOwner,
    RightUnit,
    Roll,
    RollObjection,
    SameName,
    SecondSignature,
    UnitOwner,
)
from ..rules import Parking, Sale, Tally, Unit, UnitKind, Voter, roll_of, why_area, why_head
from ..rules import Roll as Voters
from ..rules.deciding import State, value
from ..rules.estate import AreaSource, ClaimState, Sameness
from ..rules.estatefile import SOURCE_WORDS
from ..rules.keeping import RollFacts
from ..rules.rolls import key_of
from .excluded import excluded_ids

CHANGE = "change_roll"
DEVELOPER = "开发建设单位"
ROWS = 50
KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Preview:
    """Voters as a list makes them now, with the rows that they come from."""

    voters: Voters
    units: dict[str, RegisterUnit]
    owners: dict[str, RegisterOwner]


@dataclass(frozen=True, slots=True)
class RollRow:
    """One row of a roll as a page shows it: whose, from which homes, its weight, and why."""

    number: int
    names: str
    units: str
    head: int
    area: str
    why_head: str
    why_area: str
    sources: str
    is_mine: bool


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key by which 10号楼 comes after 9号楼."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D+", text))


def parking_of(decision: Decision) -> Parking:
    """How parking spaces count in this decision."""
    return Parking(str(value(decision.values, "assembly.parking")))


def units_for(register: Register, decision: Decision) -> list[RegisterUnit]:
    """Units of the list that this decision is about, by building, stairwell and room, with their owners."""
    links = UnitOwner.objects.select_related("owner__same_as")
    rows = RegisterUnit.objects.filter(register=register, gone_on=None).exclude(kind=UnitKind.COMMON.value)
    scopes = list(decision.scopes.all())
    kept_out = excluded_ids(decision)
    every = rows.exclude(pk__in=kept_out).prefetch_related(Prefetch("owners", links))
    found = [unit for unit in every if _within(unit, scopes)]
    return sorted(found, key=lambda u: (natural(u.building), natural(u.stairwell), natural(u.room), u.pk))


def _within(unit: RegisterUnit, scopes: list[Place]) -> bool:
    return not scopes or any(_covers(scope, unit) for scope in scopes)


def _covers(scope: Place, unit: RegisterUnit) -> bool:
    """Whether a building or a stairwell holds this unit, by the names in the list; anything wider holds all."""
    if scope.kind == PlaceKind.BUILDING:
        return unit.building == building_name(scope.name)
    if scope.kind == PlaceKind.STAIRWELL:
        above = scope.get_parent()
        building = building_name(above.name) if above else ""
        return (unit.building, unit.stairwell) == (building, stairwell_name(scope.name))
    return True


def preview(register: Register, decision: Decision) -> Preview:
    """Who would vote with what if the roll were frozen now (民法典第278条, 法释〔2009〕7号第8、9条)."""
    units: dict[str, RegisterUnit] = {}
    owners: dict[str, RegisterOwner] = {}
    asked = []
    for unit in units_for(register, decision):
        name = unit.label if unit.label not in units else f"{unit.label}（{unit.code}）"
        units[name] = unit
        held = {}
        for link in unit.owners.all():
            owner = link.owner.same_as or link.owner
            held[str(owner.pk)] = owner
        owners |= held
        kind, sale = UnitKind(unit.kind), Sale(unit.sale_state)
        asked.append(Unit(name, kind, unit.area_centi or 0, frozenset(held), sale))
    return Preview(roll_of(asked, parking_of(decision)), units, owners)


def names_of(voter: Voter, owners: dict[str, RegisterOwner]) -> list[str]:
    """Names of a voter's owners in the order of the list."""
    if voter.is_developer:
        return [DEVELOPER]
    return [owners[key].name for key in sorted(voter.owners, key=int)]


def masked(names: list[str]) -> str:
    """Names as others on the roll see them: the surname."""
    return "、".join(name if name == DEVELOPER else f"{name[:1]}**" for name in names)


# Where a roll stands --------------------------------------------------------------------------------------------


def roll_and_list(decision: Decision) -> tuple[Roll | None, Register | None]:
    """The roll of a decision, and the list that it was or will be made from."""
    roll = Roll.objects.filter(vote_id=decision.vote_id).select_related("register", "frozen_by").first()
    return roll, roll.register if roll else Register.objects.filter(area_id=decision.area_id).first()


def roll_facts_of(
    decision: Decision, whole: Tally | None = None, found: tuple[Roll | None, Register | None] | None = None
) -> RollFacts:
    """What guards ask of a decision's roll; `found` where a page has read roll and list already."""
    roll, register = found or roll_and_list(decision)
    questions = SameName.objects.filter(register=register, answer=Sameness.OPEN.value).count() if register else 0
    objections = RollObjection.objects.filter(roll=roll, answered_at=None).count() if roll else 0
    waits = SecondSignature.objects.filter(decision=decision, step=CHANGE, answered_at=None).exists()
    return RollFacts(
        state=State(decision.state),
        is_published=bool(roll and roll.published_on),
        is_frozen=bool(roll and roll.frozen_at),
        last_day=roll.last_day if roll else None,
        open_questions=questions,
        unanswered=objections,
        change_waits=waits,
        is_moved=bool(roll and register and roll.edition != register.edition),
        heads=whole.heads if whole else (roll.heads if roll else 0),
        area_centi=whole.area_centi if whole else (roll.area_centi if roll else 0),
    )


def own_owners(person_id: int | None, register: Register | None) -> set[int]:
    """Owners of a list that this person was found to be, each by the one that stands for its copies."""
    if person_id is None or register is None:
        return set()
    claims = OwnerClaim.objects.filter(
        person_id=person_id, owner__register=register, state=ClaimState.CONFIRMED.value
    ).select_related("owner")
    return {claim.owner.same_as_id or claim.owner_id for claim in claims}


# Rows of the page -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A voter as the list makes it now, by numbers alone: owners, units (and whether the code stands with the name)."""

    owners: tuple[int, ...]
    units: tuple[tuple[int, bool], ...]
    weight: Tally


@dataclass(frozen=True, slots=True)
class Standing:
    """A roll as the list makes it now, kept until something moves: its totals and lines. Names nobody, no home."""

    whole: Tally
    lines: tuple[Line, ...]

    def rows(self, mine: set[int], after: int, size: int = ROWS) -> tuple[list[RollRow], list[RollRow]]:
        """One page and one row more, others' names by surname, and one's own rows wherever they stand; two queries."""
        numbered = list(enumerate(self.lines, start=1))
        page = numbered[after : after + size + 1]
        own = [(number, line) for number, line in numbered if not mine.isdisjoint(line.owners)]
        units, owners = _named([line for _number, line in [*page, *own]])
        rows = {
            number: _line_row(number, line, units, owners, is_mine=not mine.isdisjoint(line.owners))
            for number, line in [*page, *own]
        }
        return [rows[number] for number, _line in page], [rows[number] for number, _line in own]


def standing_roll(register: Register, decision: Decision) -> Standing:
    """The roll that is not frozen yet; reckoned anew only when list, scope or what is kept out has moved."""
    # Asked for once more where the roll is reckoned anew.
    prefetch_related_objects([decision], "scopes")
    scopes = sorted(scope.pk for scope in decision.scopes.all())
    kept_out = sorted(excluded_ids(decision))
    stamp = repr((register.edition, parking_of(decision).value, scopes, kept_out, decision.entered_at))
    key = f"roll-lines-{decision.pk}-{hashlib.sha256(stamp.encode()).hexdigest()}"
    found = cache.get(key)
    if not isinstance(found, Standing):
        found = _reckoned(preview(register, decision))
        cache.set(key, found, KEPT_SECONDS)
    return found


def _reckoned(shown: Preview) -> Standing:
    return Standing(shown.voters.whole, tuple(_line(voter, shown.units) for voter in shown.voters.voters))


def _line(voter: Voter, units: dict[str, RegisterUnit]) -> Line:
    places = tuple((units[unit.name].pk, unit.name != units[unit.name].label) for unit in voter.units)
    return Line(tuple(sorted(map(int, voter.owners))), places, voter.weight)


def _named(lines: list[Line]) -> tuple[dict[int, RegisterUnit], dict[str, RegisterOwner]]:
    """The units and owners of some lines, as the list holds them."""
    units = RegisterUnit.objects.in_bulk({pk for line in lines for pk, _coded in line.units})
    owners = RegisterOwner.objects.in_bulk({pk for line in lines for pk in line.owners})
    return units, {str(pk): owner for pk, owner in owners.items()}


def _line_row(
    number: int, line: Line, units: dict[int, RegisterUnit], owners: dict[str, RegisterOwner], *, is_mine: bool
) -> RollRow:
    held = frozenset(map(str, line.owners))
    rows = [(units[pk], coded) for pk, coded in line.units]
    parts = tuple(
        Unit(
            f"{unit.label}（{unit.code}）" if coded else unit.label,
            UnitKind(unit.kind),
            unit.area_centi or 0,
            held,
            Sale(unit.sale_state),
        )
        for unit, coded in rows
    )
    voter = Voter(held, parts, line.weight)
    return _row(number, voter, names_of(voter, owners), {unit.area_source for unit, _coded in rows}, is_mine=is_mine)


def rows_frozen(vote_id: int, mine: set[int], after: int, size: int = ROWS) -> tuple[list[RollRow], list[RollRow]]:
    """One page of a frozen roll with one row more, and one's own rows wherever they stand; three queries."""
    own = RightOwner.objects.filter(right__vote_id=vote_id, owner_id__in=mine).values("right")
    shown = Q(number__gt=after, number__lte=after + size + 1)
    rights = Right.objects.filter(Q(pk__in=own) | shown, vote_id=vote_id).order_by("number")
    units = Prefetch("units", RightUnit.objects.select_related("unit"))
    rows = [frozen_row(right, mine) for right in rights.prefetch_related(units, "owners")]
    page = [row for row in rows if after < row.number <= after + size + 1]
    return page, [row for row in rows if row.is_mine]


def frozen_row(right: Right, mine: set[int]) -> RollRow:
    """A frozen right as a row, explained from what was frozen with it."""
    owners = [link.owner_id for link in right.owners.all()]
    sale = Sale.UNSOLD if right.is_developer else Sale.SOLD
    units = tuple(
        Unit(unit.label, UnitKind(unit.unit.kind), unit.area_centi, frozenset(map(str, owners)), sale)
        for unit in right.units.all()
    )
    voter = Voter(frozenset(map(str, owners)), units, Tally(right.head, right.area_centi))
    sources = {unit.area_source for unit in right.units.all()}
    return _row(right.number or 0, voter, right.name.split("、"), sources, is_mine=not mine.isdisjoint(owners))


def _row(number: int, voter: Voter, names: list[str], sources: set[str], *, is_mine: bool) -> RollRow:
    return RollRow(
        number=number,
        names="、".join(names) if is_mine else masked(names),
        units="、".join(unit.name for unit in voter.units),
        head=voter.weight.heads,
        area=voter.weight.area,
        why_head=why_head(voter),
        why_area=why_area(voter),
        sources="、".join(SOURCE_WORDS[AreaSource(source)] for source in sorted(sources - {""})),
        is_mine=is_mine,
    )


def owners_key(voter: Voter) -> str:
    """Under what a voter's right is found."""
    return key_of([int(key) for key in voter.owners])
