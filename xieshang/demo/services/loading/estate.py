"""The owners' list of the demo's largest compound: a file as an estate keeps it, imported and claimed by its verbs."""

import io
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import openpyxl

from xieshang.accounts.models import Person
from xieshang.community.models import PropertyArea, RegisteredResident, Residence
from xieshang.community.rules import ResidenceKind
from xieshang.community.services import set_rules
from xieshang.lib.actor import SYSTEM, Actor
from xieshang.lib.clock import today
from xieshang.voting import services as voting
from xieshang.voting.rules.deciding import KIND
from xieshang.voting.rules.estate import ClaimWay

from ...rules import ESTATES, units_of
from .town import Town

HEAD = ["楼栋", "单元", "房号", "用途", "建筑面积（平方米）", "业主姓名", "身份证号"]
# A number of nobody: its district does not exist. By it the list knows that two homes are one owner's.
NUMBER = "990000197003150014"
# These are still waiting for somebody to look at their papers.
WAITING = 2
Row = list[object]


def enter_owners(content: dict[str, Any], people: dict[str, Any], town: Town) -> None:
    """Import the list, let owners be found in it, and enter the local rule for votes of one building."""
    words, he = content["register"], town.officer("he")
    area = PropertyArea.objects.get(name=words["estate"])
    living = _owners_living_in(words["estate"])
    taken = {person.real_name for person in living.values()} | {row["with"] for row in words["shared"]}
    upload = voting.read_estate_file(_file(words, _names(people, taken), living), words["file"])
    report = voting.import_register(he, area.pk, upload, columns={}, edition=0, dry_run=False)
    if not report.is_stored:
        raise RuntimeError("; ".join(str(fault) for fault in report.faults[:5]))
    _claim(town, area, living)
    rules = content["rules"]
    values = {"assembly.smaller_scope_allowed": True}
    place, tried = town.places[rules["place"]].pk, rules["tried"]
    set_rules(SYSTEM, place, KIND, values=values, effective_from=today(), source=rules["source"])
    # For some weeks the city tried out its own platform; what was drafted then is voted on there.
    for day, required in ((tried["from"], True), (tried["to"], False)):
        since, own = today() + timedelta(days=day), {"assembly.official_evote_required": required}
        set_rules(SYSTEM, place, KIND, values=values | own, effective_from=since, source=tried["source"])


def _owners_living_in(estate: str) -> dict[str, Person]:
    """Owners on the net by their homes, as the list writes a home."""
    rows = Residence.objects.filter(kind=ResidenceKind.OWNER.value, unit__label__startswith=estate)
    return {
        row.unit.label.removeprefix(estate): row.person for row in rows.select_related("unit", "person").order_by("-pk")
    }


def _names(people: dict[str, Any], taken: set[str]) -> Iterator[str]:
    """Names that nobody else in the demo has, for owners who do not live there or are not on the net."""
    taken = taken | set(RegisteredResident.objects.values_list("name", flat=True))
    names = [surname + given for surname in people["surnames"] for given in people["given"]]
    random.Random("owners").shuffle(names)
    return (name for name in names if name not in taken)


def _file(words: dict[str, Any], names: Iterator[str], living: dict[str, Person]) -> io.BytesIO:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("业主名册")
    sheet.append(HEAD)
    for row in _rows(words, names, living):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def _rows(words: dict[str, Any], names: Iterator[str], living: dict[str, Person]) -> Iterator[Row]:
    estate = next(estate for estate in ESTATES if estate.name == words["estate"])
    shared = {row["room"]: row["with"] for row in words["shared"]}
    homes: dict[int, int] = {}
    for resident in living.values():
        homes[resident.pk] = homes.get(resident.pk, 0) + 1
    for building, stairwell, room in units_of(estate):
        label = f"{building}{stairwell}{room}"
        person = living.get(label)
        owners = person.real_name if person else next(names)
        owners += f"、{shared[label]}" if label in shared else ""
        number = NUMBER if person and homes[person.pk] > 1 else ""
        yield [building, stairwell, room, "住宅", _area(words, building, stairwell, room), owners, number]


def _area(words: dict[str, Any], building: str, stairwell: str, room: str) -> str:
    measured = words["measured"]
    if f"{building}{stairwell}" == measured["stairwell"]:
        return str(measured["rooms"].get(room, measured["area"]))
    areas = words["areas"]
    return str(areas[(int(room[-2]) + int(building[0])) % len(areas)])


def _claim(town: Town, area: PropertyArea, living: dict[str, Person]) -> None:
    """Owners show their papers at the desk and are found in the list; the last ones still wait."""
    cast = {person.pk for person in town.people.values()}
    found: dict[int, tuple[Person, str]] = {}
    for room, person in living.items():
        found.setdefault(person.pk, (person, room))
    claims = sorted(found.values(), key=lambda pair: pair[0].pk not in cast)
    for number, (person, room) in enumerate(claims, start=1):
        way, name = ClaimWay.DESK, person.real_name
        claim = voting.claim_owner(Actor(person), area.pk, way=way, name=name, room=room)
        if number <= len(claims) - WAITING:
            voting.decide_claim(town.officer("sun"), claim.pk, confirm=True)
