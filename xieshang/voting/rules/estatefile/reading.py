"""Reading the rows of an estate's list: what each says of one unit and its owners, and all that is wrong with it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xieshang.community.rules import PlaceKind, building_name, split_room, stairwell_name, unit_name
from xieshang.lib.refusals import Refusal

from ..estate import AreaSource
from ..voters import Sale, UnitKind
from . import faults as no
from .cells import adds_up, is_a_day, is_a_note, meant, text_of
from .columns import FIELD_LABELS, Field, Heading, Table, heading_of, missing_in
from .faults import Fault
from .identity import id_number
from .words import DEVELOPER_WORDS, area_in, kind_named, names_in, pieces, sale_named, source_named

# So many faults are named; beyond them a list is better mended by whoever keeps it.
MOST_FAULTS = 500
MOST_NAMESAKES = 20
_LONGEST_NAME = 60
_IN_SHEET_NAME = re.compile(r"(?:\d+|[A-Za-z]\d*|[一二三四五六七八九十]+)\s*(?:号楼|#楼|栋|幢|座|号栋|#)")
_AREA_FIELDS = {
    Field.AREA_REGISTER: AreaSource.REGISTER,
    Field.AREA_SURVEY: AreaSource.SURVEY,
    Field.AREA_CONTRACT: AreaSource.CONTRACT,
}
Sheets = Mapping[str, Sequence[Sequence[object]]]


@dataclass(frozen=True, slots=True)
class OwnerCell:
    """One owner as the list has them."""

    name: str
    id_number: str = ""
    phone: str = ""
    guardian: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of the list, and the row it stands in."""

    sheet: str
    row: int
    code: str
    building: str
    stairwell: str
    room: str
    kind: UnitKind
    area_centi: int | None
    area_source: AreaSource | None
    sale: Sale
    owners: tuple[OwnerCell, ...]

    @property
    def label(self) -> str:
        """How neighbours say it."""
        return f"{self.building}{self.stairwell}{self.room}"


@dataclass(slots=True)
class Reading:
    """What a file says: its units, its faults, its headers by sheet, and which rows were passed over as totals."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    headings: dict[str, Heading] = field(default_factory=dict)
    passed_over: int = 0
    kinds_guessed: int = 0


def read(sheets: Sheets, remembered: Mapping[str, str], told: Callable[[int], None] | None = None) -> Reading:
    """Read all sheets of a file; `remembered` says what this estate's own headers mean. Never guesses a number."""
    found = Reading()
    for name, rows in sheets.items():
        table = _table(found, name, rows, remembered)
        if table:
            _Sheet(found, table).read(told)
    if not found.lines and not found.faults:
        found.faults.append(Fault(next(iter(sheets), ""), 0, "", no.NOTHING_READ))
    _compare(found)
    found.faults = found.faults[:MOST_FAULTS]
    return found


def _table(found: Reading, name: str, rows: Sequence[Sequence[object]], remembered: Mapping[str, str]) -> Table | None:
    """The sheet with its header; a sheet that holds no table, such as a cover, is passed over."""
    top = [[text_of(cell) for cell in row] for row in rows[:31]]
    heading = heading_of(top, remembered)
    if heading is None:
        if any(sum(bool(cell) for cell in row) >= 3 for row in top):
            found.faults.append(Fault(name, 0, "", no.NO_HEADER))
        return None
    found.headings[name] = heading
    missing = missing_in(heading)
    found.faults += [Fault(name, heading.at + 1, "", no.COLUMN_MISSING, {"what": what}) for what in missing]
    return None if missing else Table(name, heading, rows)


class _Sheet:
    """One sheet on the way through its rows: what an empty cell means is said by the rows above."""

    def __init__(self, found: Reading, table: Table) -> None:
        self.found, self.table = found, table
        self.place = {held: column for column, held in table.heading.fields.items()}
        self.words = {held: table.heading.words[column] for held, column in self.place.items()}
        self.building, self.stairwell = self._named_above(), ""
        self.above: Line | None = None
        self.row = 0
        self.cells: Sequence[object] = ()
        self.sound = True

    def _named_above(self) -> str:
        """The building of the sheet, by the sheet's name or the title above its table."""
        titles = [text_of(cell) for row in self.table.rows[: self.table.heading.at] for cell in row if cell]
        for text in (self.table.sheet, *titles):
            named = _IN_SHEET_NAME.search(text)
            if named:
                return building_name(named.group().replace(" ", ""))
        return ""

    def read(self, told: Callable[[int], None] | None) -> None:
        """Go through the rows below the header."""
        first = self.table.heading.at + 1
        for at, cells in enumerate(self.table.rows[first:], start=first + 1):
            self.row, self.cells, self.sound = at, cells, True
            texts = [text_of(cell) for cell in cells]
            if any(texts) and not self._is_no_unit(texts):
                self._take(texts)
            if told and at % 500 == 0:
                told(at)

    def _is_no_unit(self, texts: list[str]) -> bool:
        """Totals, remarks, and the header printed again on the next page."""
        header = self.table.heading.words
        again = sum(texts[column] == word for column, word in header.items() if column < len(texts))
        passed = again >= max(2, len(header) // 2) or adds_up(texts) or is_a_note(texts)
        self.found.passed_over += passed
        return passed

    def _take(self, texts: list[str]) -> None:
        self.texts = texts
        if not self._text(Field.ROOM):
            self._take_co_owner()
            return
        line = self._line()
        if self.sound and line:
            self.found.lines.append(line)
        self.above = line if self.sound else None

    def _take_co_owner(self) -> None:
        """A row without a room under a unit names another owner of that unit, as merged cells leave it."""
        owners = self._owners()
        if self.above is None or not owners or self._has_area():
            self._fault(Field.ROOM, no.NO_ROOM)
            return
        if self.sound:
            self.above = replace(self.above, owners=self.above.owners + owners)
            self.found.lines[-1] = self.above

    def _has_area(self) -> bool:
        return any(self._text(held) for held in (*_AREA_FIELDS, Field.AREA))

    # Cells ------------------------------------------------------------------------------------------------------

    def _text(self, held: Field) -> str:
        column = self.place.get(held, -1)
        return meant(self.texts[column]) if 0 <= column < len(self.texts) else ""

    def _cell(self, held: Field) -> object:
        column = self.place.get(held, -1)
        return self.cells[column] if 0 <= column < len(self.cells) else None

    def _fault(self, held: Field, refusal: Refusal, **words: object) -> None:
        self.sound = False
        column = self.words.get(held) or FIELD_LABELS[held]
        self.found.faults.append(Fault(self.table.sheet, self.row, column, refusal, words))

    # One unit ---------------------------------------------------------------------------------------------------

    def _line(self) -> Line | None:
        building, stairwell, room = self._where()
        kind = self._kind(room)
        code = _code(building, stairwell, room, kind)
        label = f"{building}{stairwell}{room}"
        sale, owners = self._sale(), self._owners()
        names = self._text(Field.OWNER)
        if sale is None:
            sale = Sale.UNSOLD if _is_developers(names) else Sale.SOLD
        if _is_developers(names):
            owners = ()
        area, source = self._area(kind, label)
        if kind != UnitKind.COMMON and sale == Sale.SOLD and not owners and self.sound:
            self._fault(Field.OWNER, no.NO_OWNER, unit=label)
        held = () if kind == UnitKind.COMMON else owners
        row, sheet = self.row, self.table.sheet
        return Line(sheet, row, code, building, stairwell, room, kind, area, source, sale, held)

    def _where(self) -> tuple[str, str, str]:
        """Building, stairwell and room in one spelling; an empty building or stairwell is that of the row above."""
        if is_a_day(self._cell(Field.ROOM)):
            self._fault(Field.ROOM, no.ROOM_IS_A_DAY, text=self._text(Field.ROOM))
            return "", "", ""
        room = self._text(Field.ROOM).replace(" ", "")
        together = split_room(room)
        if together:
            building, stairwell, room = building_name(together[0]), together[1], together[2]
        else:
            building, stairwell = self._carried()
        stairwell = stairwell_name(stairwell) if stairwell else ""
        return building, stairwell, unit_name(room, PlaceKind.BUILDING)

    def _carried(self) -> tuple[str, str]:
        building, stairwell = self._text(Field.BUILDING).replace(" ", ""), self._text(Field.STAIRWELL).replace(" ", "")
        if building:
            named = building_name(building)
            if named != self.building:
                self.stairwell = ""
            self.building = named
        elif Field.BUILDING in self.place and not self.building and not self._is_parking():
            self._fault(Field.BUILDING, no.NO_BUILDING)
        if stairwell:
            self.stairwell = stairwell
        if self._is_parking() and not building:
            return "", stairwell
        return self.building, self.stairwell

    def _is_parking(self) -> bool:
        return kind_named(self._text(Field.KIND) or self._text(Field.ROOM)) == UnitKind.PARKING

    def _kind(self, room: str) -> UnitKind:
        """The kind by its column; where it is empty, by the words of the room, else a home, and that is said."""
        text = self._text(Field.KIND)
        kind = kind_named(text or room)
        if kind is None and text:
            self._fault(Field.KIND, no.BAD_KIND, text=text)
        if not text:
            self.found.kinds_guessed += 1
        return kind or UnitKind.HOME

    def _sale(self) -> Sale | None:
        text = self._text(Field.SALE)
        sale = sale_named(text) if text else None
        if text and sale is None:
            self._fault(Field.SALE, no.BAD_SALE, text=text)
        return sale

    def _area(self, kind: UnitKind, label: str) -> tuple[int | None, AreaSource | None]:
        """The area by the best source that the row has: the register before the survey before the contract."""
        for held, source in _AREA_FIELDS.items():
            if self._text(held):
                return self._measured(held), source
        if self._text(Field.AREA):
            return self._measured(Field.AREA), self._source()
        if kind != UnitKind.COMMON:
            held = next(held for held in (*_AREA_FIELDS, Field.AREA) if held in self.place)
            self._fault(held, no.NO_AREA, unit=label)
        return None, None

    def _measured(self, held: Field) -> int | None:
        area, refusal = area_in(self._cell(held), self._text(held))
        if refusal:
            self._fault(held, refusal, text=self._text(held))
        return area

    def _source(self) -> AreaSource | None:
        text = self._text(Field.AREA_SOURCE)
        source = source_named(text) if text else None
        if source is None:
            self._fault(Field.AREA_SOURCE, no.BAD_SOURCE if text else no.NO_SOURCE, text=text)
        return source

    # Owners -----------------------------------------------------------------------------------------------------

    def _owners(self) -> tuple[OwnerCell, ...]:
        names = names_in(self._text(Field.OWNER))
        if not names or _is_developers(self._text(Field.OWNER)):
            return ()
        if any(len(name) > _LONGEST_NAME for name in names):
            self._fault(Field.OWNER, no.NAME_TOO_LONG)
            return ()
        numbers = self._numbers(len(names))
        phones = [phone[:16] for phone in pieces(self._text(Field.PHONE))] + [""] * len(names)
        return tuple(
            OwnerCell(*cell) for cell in zip(names, numbers, phones, self._guardians(len(names)), strict=False)
        )

    def _guardians(self, names: int) -> list[str]:
        """Who acts for which owner: one for each in their order, or none."""
        found = [meant(piece)[:40] for piece in pieces(self._text(Field.GUARDIAN))]
        if found and len(found) != names:
            self._fault(Field.GUARDIAN, no.GUARDIAN_UNCLEAR)
        return found if len(found) == names else [""] * names

    def _numbers(self, names: int) -> list[str]:
        """One ID number for each name, or none at all."""
        cell, found = self._cell(Field.ID_NUMBER), pieces(self._text(Field.ID_NUMBER))
        if not found:
            return [""] * names
        ruined = [text for text in found if id_number(cell, text)[1] is no.ID_RUINED]
        if len(found) != names and not ruined:
            self._fault(Field.ID_NUMBER, no.IDS_DO_NOT_MATCH, names=names, numbers=len(found))
            return [""] * names
        numbers = []
        for text in found:
            number, refusal = id_number(cell, meant(text))
            if refusal:
                self._fault(Field.ID_NUMBER, refusal, text=text, number=len(text.replace(" ", "")))
            numbers.append(number)
        return numbers


def _is_developers(names: str) -> bool:
    return any(names.startswith(word) for word in DEVELOPER_WORDS)


def _code(building: str, stairwell: str, room: str, kind: UnitKind) -> str:
    """What makes a unit one and the same from file to file: 3-2-501; a parking space has a P before."""
    parts = (building.removesuffix("号楼"), stairwell.removesuffix("单元"), room.removesuffix("室"))
    code = "-".join(part for part in parts if part)
    return f"P-{code}"[:60] if kind == UnitKind.PARKING else code[:60]


# Rows against each other ----------------------------------------------------------------------------------------


def _compare(found: Reading) -> None:
    """Rooms that stand twice, one number under two names, one name twice in a home."""
    _name_too_often(found)
    seen: dict[str, Line] = {}
    named: dict[str, tuple[str, Line]] = {}
    for line in found.lines:
        other = seen.setdefault(line.code, line)
        if other is not line:
            words = {"unit": line.label, "sheet": other.sheet, "row": other.row}
            found.faults.append(Fault(line.sheet, line.row, FIELD_LABELS[Field.ROOM], no.ROOM_TWICE, words))
        found.faults += _faults_of_owners(line, named)


def _name_too_often(found: Reading) -> None:
    """Names that so many have without a number that nobody could ask about each pair of them."""
    bearers: dict[str, list[Line]] = {}
    for line in found.lines:
        for owner in line.owners:
            if not owner.id_number:
                bearers.setdefault(owner.name, []).append(line)
    for name, lines in bearers.items():
        if len(lines) > MOST_NAMESAKES:
            words = {"name": name, "number": len(lines)}
            column = FIELD_LABELS[Field.ID_NUMBER]
            found.faults.append(Fault(lines[0].sheet, lines[0].row, column, no.NAME_TOO_OFTEN, words))


def _faults_of_owners(line: Line, named: dict[str, tuple[str, Line]]) -> list[Fault]:
    unnumbered = [owner.name for owner in line.owners if not owner.id_number]
    faults = [
        Fault(line.sheet, line.row, FIELD_LABELS[Field.OWNER], no.NAME_IN_ROW_TWICE, {"name": name})
        for name in sorted(set(unnumbered))
        if sum(owner.name == name for owner in line.owners) > 1
    ]
    for owner in line.owners:
        if owner.id_number:
            name, other = named.setdefault(owner.id_number, (owner.name, line))
            if name != owner.name:
                words = {"name": owner.name, "other": name, "sheet": other.sheet, "row": other.row}
                column = FIELD_LABELS[Field.ID_NUMBER]
                faults.append(Fault(line.sheet, line.row, column, no.ID_OF_TWO_NAMES, words))
    return faults
