"""From sheets as they were read to rows with named cells."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xieshang.lib.text import joined, one_line

from ...rules import SHEETS, Column, Sheet, meant
from ...rules.workbook import SAMPLE, TOTALS, header_of, sheet_named
from .report import SetUpReport

Tables = Mapping[str, list[list[object]]]
_FIRST_CELLS = 3


@dataclass(slots=True)
class Row:
    """A row of the file: its sheet, its number as the file counts, its cells by the names of the columns."""

    sheet: Sheet
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def text_of(cell: object) -> str:
    """A cell as text: whole numbers without a point, days as 2026-03-01, widths folded, blanks inside words gone."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    text = meant(one_line(cell))
    whole, point, rest = text.partition(".")
    return whole if point and rest == "0" and whole.isdigit() else text


def rows_of(tables: Tables, report: SetUpReport) -> dict[Sheet, list[Row]]:
    """The rows of the four sheets; what cannot be read is told to the report."""
    found: dict[Sheet, list[Row]] = {sheet: [] for sheet in Sheet}
    known = 0
    for name, cells in tables.items():
        sheet = sheet_named(one_line(name))
        if sheet is None:
            continue
        known += 1
        found[sheet] += _read(sheet, [[text_of(cell) for cell in row] for row in cells], report)
    if not known:
        sheets = joined(f"“{sheet}”" for sheet in Sheet)
        report.blame("", 0, "", _("没有找到%(sheets)s中的任何一张表，请照模板给每张表起名。") % {"sheets": sheets})
    return found


def _read(sheet: Sheet, rows: list[list[str]], report: SetUpReport) -> list[Row]:
    if not any(any(row) for row in rows):
        return []
    header = header_of(sheet, rows)
    if header is None:
        words = joined(column.name for column in SHEETS[sheet])
        report.blame(sheet, 1, "", _("没有找到标题行，标题行要写：%(words)s。") % {"words": words})
        return []
    at, columns = header
    missing = [c.name for c in SHEETS[sheet] if c.required and c not in columns.values()]
    for name in missing:
        report.blame(sheet, at + 1, name, _("缺少这一列，请照模板补上。"))
    return [] if missing else list(_under(sheet, rows, at, columns))


def _under(sheet: Sheet, rows: Sequence[Sequence[str]], header: int, columns: dict[int, Column]) -> Iterator[Row]:
    """The rows under the header that say something; a cell that fills takes what stood above it."""
    above: dict[str, str] = {}
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        cells = {column.name: row[at] for at, column in columns.items() if at < len(row)}
        if not any(cells.values()) or _is_passed_over(row, columns):
            continue
        for column in columns.values():
            if column.fills:
                cells[column.name] = above[column.name] = cells.get(column.name) or above.get(column.name, "")
        yield Row(sheet, number, cells)


def _is_passed_over(row: Sequence[str], columns: dict[int, Column]) -> bool:
    """Whether a row is a sample, a sum, or the header printed again."""
    said = [cell for cell in row if cell]
    if any(cell.startswith(SAMPLE) for cell in said[:_FIRST_CELLS]) or said[0].replace(" ", "") in TOTALS:
        return True
    return all(
        not row[at] or row[at] in (column.name, *column.other_names) for at, column in columns.items() if at < len(row)
    )
