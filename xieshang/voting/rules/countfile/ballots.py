"""Form A: a roll and its ballots, one by one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .. import refusals
from ..counting import Mark, Paper
from ..decision import Slate
from ..kinds import Channel, Kind
from ..tally import Tally
from ..voters import Parking, Roll, Sale, Unit, UnitKind, counts, faults_in, faults_of_whole, roll_of
from ..ways import Result, conclude, mark_of
from . import faults as no
from .reading import LONGEST, Faults, each_text, fields, items, one_of, placed_texts, text_of
from .terms import ABSTAIN, BLANK, DISPUTED, INVALID, Setting, words

FIELDS = frozenset({"units", "ballots", "delivered"})
_UNIT_FIELDS = frozenset({"unit", "kind", "area", "owners", "sale"})
_BALLOT_FIELDS = frozenset({"unit", "choice"})
_KINDS = {kind.value: kind for kind in UnitKind}
_SALES = {sale.value: sale for sale in Sale}
_AREA = re.compile(r"-?[0-9]+(?:\.[0-9]{1,2})?")
# A file does not say by which channel a ballot came; all are counted alike.
_CHANNEL = Channel.ONLINE
type Choice = tuple[Mark, tuple[str, ...]]


@dataclass(slots=True)
class Units:
    """The units read so far, where each stands, and the names of all, the faulty ones too."""

    read: list[Unit] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    by_name: dict[str, Unit | None] = field(default_factory=dict)


def result_of(document: dict[str, object], setting: Setting | None, faults: Faults) -> dict[str, object] | None:
    """Read units, ballots and deliveries, count and decide; None if anything is wrong."""
    parking = setting.parking if setting else Parking.EXCLUDE
    units = _units(document["units"], parking, faults)
    roll = roll_of(units.read, parking)
    if not faults:
        for refusal in faults_of_whole(roll.whole):
            faults.add("units", refusal)
    ballots = _ballots(document.get("ballots", []), units, setting, faults)
    _require_one_each(ballots, roll, faults)
    delivered = _delivered(document.get("delivered", []), units, faults)
    if faults or setting is None:
        return None
    weights = [voter.weight for voter in roll.voters]
    voted = {roll.voter_of[unit] for unit, _choice in ballots.values()}
    served = {roll.voter_of[unit] for unit in delivered if unit in roll.voter_of}
    papers = _papers(ballots, roll, weights)
    silent = [weights[voter] for voter in served - voted]
    return written(conclude(setting.terms, setting.slate, papers, roll.whole, silent=silent), setting)


def _papers(ballots: Mapping[int, tuple[str, Choice]], roll: Roll, weights: list[Tally]) -> Iterator[Paper[str]]:
    for unit, (mark, chosen) in ballots.values():
        yield Paper(weights[roll.voter_of[unit]], _CHANNEL, chosen, mark)


# Units ----------------------------------------------------------------------------------------------------------


def _units(value: object, parking: Parking, faults: Faults) -> Units:
    units = Units()
    for at, row in enumerate(items(value, "units", faults)):
        place = f"units[{at}]"
        unit = _unit(row, place, faults)
        if unit is not None:
            units.read.append(unit)
            units.places.append(at)
            units.by_name[unit.name] = unit
        elif isinstance(row, dict) and isinstance(row.get("unit"), str):
            units.by_name.setdefault(row["unit"], None)
    for fault in faults_in(units.read, parking):
        place = f"units[{units.places[fault.at]}].{fault.field}"
        faults.add(place, fault.refusal, unit=units.read[fault.at].name)
    return units


def _unit(row: object, place: str, faults: Faults) -> Unit | None:
    before = len(faults)
    given = fields(row, place, _UNIT_FIELDS, faults)
    if given is None:
        return None
    name = text_of(given.get("unit"), f"{place}.unit", faults)
    kind = one_of(given.get("kind"), _KINDS, f"{place}.kind", faults)
    sale = one_of(given["sale"], _SALES, f"{place}.sale", faults) if "sale" in given else Sale.SOLD
    area = 0 if kind == UnitKind.COMMON and "area" not in given else _area(given.get("area"), f"{place}.area", faults)
    owners = each_text(given["owners"], f"{place}.owners", faults) if "owners" in given else []
    if len(faults) > before or name is None or kind is None or sale is None:
        return None
    return Unit(name, kind, area, frozenset(owners), sale)


def _area(value: object, place: str, faults: Faults) -> int:
    """Hundredths of a square metre."""
    if not isinstance(value, str) or len(value) > LONGEST or not _AREA.fullmatch(value):
        faults.add(place, no.NOT_AN_AREA)
        return 0
    whole, _point, decimals = value.partition(".")
    return int(whole + decimals.ljust(2, "0"))


# Ballots --------------------------------------------------------------------------------------------------------


def _ballots(value: object, units: Units, setting: Setting | None, faults: Faults) -> dict[int, tuple[str, Choice]]:
    """By their place in the file: the unit a ballot was cast for, and what it says."""
    known = choices_of(setting) if setting else {}
    read: dict[int, tuple[str, Choice]] = {}
    parking = setting.parking if setting else Parking.AREA_AND_HEAD
    for at, row in enumerate(items(value, "ballots", faults)):
        place = f"ballots[{at}]"
        given = fields(row, place, _BALLOT_FIELDS, faults)
        if given is None:
            continue
        unit = _unit_of(given.get("unit"), f"{place}.unit", units, parking, faults)
        choice = _choice(given.get("choice"), f"{place}.choice", known, setting, faults)
        if unit is not None and choice is not None:
            read[at] = (unit, choice)
    return read


def _unit_of(value: object, place: str, units: Units, parking: Parking, faults: Faults) -> str | None:
    name = text_of(value, place, faults)
    if name is None:
        return None
    unit = units.by_name.get(name)
    if unit is not None and counts(unit, parking):
        return name
    if name not in units.by_name:
        faults.add(place, no.UNKNOWN_UNIT, unit=name)
    elif unit is not None:
        faults.add(place, no.COMMON_UNIT if unit.kind == UnitKind.COMMON else no.EXCLUDED_PARKING, unit=name)
    return None


def choices_of(setting: Setting) -> dict[str, Choice]:
    """What each word on a ballot means in this vote; in an election names come in a list instead."""
    slate = setting.slate
    real = () if setting.terms.kind == Kind.ELECTION else slate.options
    known: dict[str, Choice] = {word: (Mark.VALID, (word,)) for word in (*real, ABSTAIN)}
    return known | {INVALID: (Mark.INVALID, ()), BLANK: (Mark.BLANK, ()), DISPUTED: (Mark.DISPUTED, ())}


def _choice(
    value: object, place: str, known: dict[str, Choice], setting: Setting | None, faults: Faults
) -> Choice | None:
    if isinstance(value, str) and value in known:
        return known[value]
    if setting is None:
        return None
    if setting.terms.kind != Kind.ELECTION:
        faults.add(place, no.NO_SUCH_CHOICE, words=words(known))
        return None
    if not isinstance(value, list):
        faults.add(place, no.NO_LIST_OF_CANDIDATES, words=words(known))
        return None
    return _named(value, place, setting.slate, faults)


def _named(value: list[object], place: str, slate: Slate[str], faults: Faults) -> Choice | None:
    before = len(faults)
    placed = placed_texts(value, place, faults)
    for at, name in placed:
        if name not in slate.decidable:
            faults.add(at, no.NO_SUCH_CANDIDATE, name=name)
    names = [name for _at, name in placed]
    return (mark_of(Kind.ELECTION, names, slate), tuple(names)) if len(faults) == before else None


def _require_one_each(ballots: Mapping[int, tuple[str, Choice]], roll: Roll, faults: Faults) -> None:
    """One voter, one ballot: the second names the first."""
    first: dict[int, int] = {}
    for at, (unit, _choice) in ballots.items():
        voter = roll.voter_of.get(unit)
        if voter is None:
            continue
        before = first.setdefault(voter, at)
        if before != at:
            faults.add(f"ballots[{at}].unit", refusals.TWO_BALLOTS, unit=ballots[before][0], other=unit)


def _delivered(value: object, units: Units, faults: Faults) -> list[str]:
    read = placed_texts(value, "delivered", faults)
    for at, name in read:
        if name not in units.by_name:
            faults.add(at, no.UNKNOWN_UNIT, unit=name)
    return [name for _at, name in read]


# The result -----------------------------------------------------------------------------------------------------


def pair(tally: Tally) -> dict[str, object]:
    """Heads and area as the result prints them."""
    return {"heads": tally.heads, "area": tally.area_digits}


def written(result: Result[str], setting: Setting) -> dict[str, object]:
    """The result as the format prints it; cast votes only in choices, deemed ones apart."""
    counted, decision, slate = result.counted, result.decision, setting.slate
    page: dict[str, object] = {"outcome": decision.outcome.value, "choice": decision.choice}
    if setting.terms.kind == Kind.ELECTION:
        page |= {"elected": list(decision.elected), "reserve": list(decision.reserve)}
    page |= {
        "total": pair(counted.whole),
        "participating": pair(counted.part),
        "choices": {option: pair(counted.option(option)) for option in (*slate.options, slate.abstain)},
        "invalid": pair(counted.invalid),
        "deemed": pair(counted.deemed),
    }
    if counted.deemed_to is not None:
        page["deemed_to"] = counted.deemed_to
    return page | {"flags": [flag.value for flag in result.flags]}
