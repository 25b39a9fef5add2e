"""Importing an estate's list: looked at in memory first, stored all or nothing, against one edition."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from xieshang.audit.services import record
from xieshang.community.models import Place, PropertyArea
from xieshang.community.rules import PlaceKind, building_name, stairwell_name, unit_name
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.refusals import Refusal, RuleViolation

from ...models import Register, RegisterImport, RegisterOwner, RegisterUnit, UnitOwner
from ...rules import keeping
from ...rules.estatefile import Differences, Fault, Heading, Line, UnitFacts, differences, read
from ..opening import BATCH
from .common import locked_register, next_edition, office_row, permitted_area, published_rolls
from .files import EstateFile
from .namesakes import ask_same_names
from .owners import OwnerBook

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class ImportReport:
    """What a file says, what it would change, or did, against which edition."""

    edition: int
    units: int = 0
    owners: int = 0
    passed_over: int = 0
    kinds_guessed: int = 0
    faults: list[Fault] = field(default_factory=list)
    headings: dict[str, Heading] = field(default_factory=dict)
    changes: Differences = field(default_factory=Differences)
    refusals: list[Refusal] = field(default_factory=list)
    questions: int = 0
    is_stored: bool = False


def import_register(
    actor: Actor,
    area_id: int,
    upload: EstateFile,
    *,
    columns: Mapping[str, str],
    edition: int,
    dry_run: bool,
    progress: Progress | None = None,
) -> ImportReport:
    """Compare a file with the stored list and, unless it is a dry run or has any fault, take it over whole.

    `columns`: header → field, as this estate's files mean it, remembered. `edition` is the one that the reader saw:
    RuleViolation when somebody else changed the list since, or while a roll made from it is out.
    """
    with transaction.atomic():
        area = permitted_area(actor, area_id, "import_register")
        register = locked_register(area)
        run = _Import(register, upload, columns, progress)
        run.look()
        if not dry_run and not run.report.faults:
            if register.edition != edition:
                raise RuleViolation(keeping.EDITION_MOVED)
            if run.report.refusals:
                raise RuleViolation(*run.report.refusals)
            run.store(actor)
    return run.report


class _Import:
    """One run over one file."""

    def __init__(
        self, register: Register, upload: EstateFile, columns: Mapping[str, str], progress: Progress | None
    ) -> None:
        self.register, self.upload, self.columns = register, upload, {**register.columns, **columns}
        self.rows = sum(len(rows) for rows in upload.sheets.values())
        self._progress, self._done = progress, 0
        self.report = ImportReport(register.edition)
        if published_rolls(register).exists():
            self.report.refusals.append(keeping.ROLL_IS_OUT)

    def _tell(self, share: int) -> None:
        """Say how far it is, in hundredths of the whole."""
        if self._progress:
            self._progress(share, 100)

    def look(self) -> None:
        """Read the file and compare it with what is stored."""
        reading = read(self.upload.sheets, self.columns, lambda row: self._tell(40 * row // max(self.rows, 1)))
        report = self.report
        report.faults, report.headings = reading.faults, reading.headings
        report.passed_over, report.kinds_guessed = reading.passed_over, reading.kinds_guessed
        report.units = len(reading.lines)
        report.owners = sum(len(line.owners) for line in reading.lines)
        self.lines = {line.code: line for line in reading.lines}
        if reading.faults:
            return
        self.units = {unit.code: unit for unit in self.register.units.all()}
        self.book = OwnerBook(self.register)
        stored = {code: self._stored(unit) for code, unit in self.units.items() if unit.gone_on is None}
        self._tell(50)
        report.changes = differences(stored, (self._wanted(line) for line in self.lines.values()))
        self._tell(60)

    def _stored(self, unit: RegisterUnit) -> UnitFacts:
        owners = self.book.of_unit.get(unit.pk, [])
        return UnitFacts(
            code=unit.code,
            label=unit.label,
            building=unit.building,
            kind=unit.kind,
            area_centi=unit.area_centi,
            area_source=unit.area_source,
            sale=unit.sale_state,
            owners=frozenset((owner.name, owner.id_hash or owner.name) for owner in owners),
            phones=frozenset(owner.phone for owner in owners if owner.phone),
            guardians=frozenset(owner.guardian for owner in owners if owner.guardian),
        )

    def _wanted(self, line: Line) -> UnitFacts:
        """What the file wants a unit to be; a number or phone that it leaves out stays as it is known."""
        unit = self.units.get(line.code)
        known = [(cell, self.book.stored_for(unit.pk if unit else None, cell)) for cell in line.owners]
        keys, phones, guardians = set(), set(), set()
        for cell, owner in known:
            digest = self.book.hash_of(cell.id_number) or (owner.id_hash if owner else "")
            keys.add((cell.name, digest or cell.name))
            phones.add(cell.phone or (owner.phone if owner else ""))
            guardians.add(cell.guardian or (owner.guardian if owner else ""))
        return UnitFacts(
            code=line.code,
            label=line.label,
            building=line.building,
            kind=line.kind.value,
            area_centi=line.area_centi,
            area_source=line.area_source.value if line.area_source else "",
            sale=line.sale.value,
            owners=frozenset(keys),
            phones=frozenset(phones - {""}),
            guardians=frozenset(guardians - {""}),
        )

    # Storing ----------------------------------------------------------------------------------------------------

    def store(self, actor: Actor) -> None:
        """Take over what `look` found, in bulk."""
        changes = self.report.changes
        if changes:
            lines = [self.lines[unit.code] for unit in changes.added]
            self._store_units(lines, [self.lines[change.code] for change in changes.changed])
            gone = [self.units[unit.code].pk for unit in changes.gone]
            for at in range(0, len(gone), BATCH):
                RegisterUnit.objects.filter(pk__in=gone[at : at + BATCH]).update(gone_on=today())
            self._tell(85)
            self.report.questions = ask_same_names(self.register)
        self.register.columns = self.columns
        next_edition(self.register)
        self.report.edition, self.report.is_stored = self.register.edition, True
        self._keep_record(actor)

    def _store_units(self, added: list[Line], changed: list[Line]) -> None:
        places = _places_of(self.register.area)
        come: list[RegisterUnit] = []
        again: list[RegisterUnit] = []
        for line in [*added, *changed]:
            unit = self.units.get(line.code)
            (again if unit else come).append(_filled(unit or RegisterUnit(register=self.register), line, places))
        owners = [(line, self._owners_of(line)) for line in [*added, *changed]]
        self._tell(70)
        self.book.save()
        RegisterUnit.objects.bulk_create(come, batch_size=BATCH)
        RegisterUnit.objects.bulk_update(again, _FIELDS, batch_size=BATCH)
        units = self.units | {unit.code: unit for unit in come}
        touched = [unit.pk for unit in again]
        for at in range(0, len(touched), BATCH):
            UnitOwner.objects.filter(unit_id__in=touched[at : at + BATCH]).delete()
        self._tell(80)
        self.book.link((units[line.code].pk, owner) for line, held in owners for owner in held)

    def _owners_of(self, line: Line) -> list[RegisterOwner]:
        unit = self.units.get(line.code)
        return [self.book.take(unit.pk if unit else None, cell) for cell in line.owners]

    def _keep_record(self, actor: Actor) -> None:
        changes = self.report.changes
        counts = {"added": len(changes.added), "changed": len(changes.changed), "gone": len(changes.gone)}
        RegisterImport.objects.create(
            register=self.register,
            file_name=self.upload.name,
            sha256=self.upload.sha256,
            by_id=actor.person_id,
            office=office_row(actor),
            at=now(),
            **counts,
        )
        detail = counts | {"area": self.register.area_id, "edition": self.register.edition}
        record(actor, "voting.import_register", place=self.register.place_path, detail=detail)


_FIELDS = ["building", "stairwell", "room", "place", "kind", "area_centi", "area_source", "sale_state", "gone_on"]
_Places = Mapping[tuple[str, str, str], int]


def _filled(unit: RegisterUnit, line: Line, places: _Places) -> RegisterUnit:
    unit.code, unit.building, unit.stairwell, unit.room = line.code, line.building, line.stairwell, line.room
    unit.place_id = places.get((line.building, line.stairwell, line.room))
    unit.kind, unit.area_centi = line.kind.value, line.area_centi
    unit.area_source = line.area_source.value if line.area_source else ""
    unit.sale_state, unit.gone_on = line.sale.value, None
    return unit


def _places_of(area: PropertyArea) -> _Places:
    """Homes of the place tree within the estate, by building, stairwell and room in one spelling."""
    found: dict[tuple[str, str, str], int] = {}
    for top in area.places.all():
        names: dict[str, Place] = {}
        for place in Place.objects.filter(path__startswith=top.path).order_by("path"):
            names[place.path] = place
            if place.kind == PlaceKind.UNIT:
                above = {names[path].kind: names[path].name for path in place.ancestor_paths if path in names}
                building = building_name(above.get(PlaceKind.BUILDING.value, ""))
                stairwell = above.get(PlaceKind.STAIRWELL.value, "")
                key = (building, stairwell_name(stairwell) if stairwell else "")
                found[(*key, unit_name(place.name, PlaceKind.BUILDING))] = place.pk
    return found
