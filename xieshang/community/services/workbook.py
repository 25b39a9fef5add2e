"""Reading a workbook as offices keep it: .xlsx and .xls, and what a spreadsheet saves like them."""

import zipfile
from collections.abc import Mapping
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, SheetTypeEnum, SheetVisibleEnum, load_workbook

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

MAX_BYTES = 10 * 1024 * 1024
# A workbook is a zip: how large it may become when it is opened, and how many rows a sheet may have.
_MAX_UNPACKED = 300 * 1024 * 1024
_MAX_ROWS = 200_000
_MAX_COLUMNS = 60
TOO_LARGE = Refusal("workbook_too_large", _("文件太大了，请按社区分成几个文件，每个不超过10兆。"))
TOO_LONG = _("“{sheet}”写到了第{last}行，最多读到第{most}行。请到最下面看看有没有多写的格子，删掉再传一次。")
NOT_A_WORKBOOK = Refusal("not_a_workbook", _("这个文件打不开。请用Excel或WPS存成“.xlsx”（不要加密码），再传一次。"))


def read_workbook(file: BinaryIO, *, repeat_merged: bool = True) -> Mapping[str, list[list[object]]]:
    """All visible sheets as plain rows, as they stand in the file; cells merged downwards repeat their value.

    Where a merged cell says that a row belongs to the one above, the caller asks for no repeating.

    Raises RuleViolation when the file is no workbook, is locked by a password or is too large.
    """
    _require_size(file)
    try:
        with load_workbook(file) as workbook:
            shown = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
            ]
            return {name: _rows(workbook.get_sheet_by_name(name), repeat_merged=repeat_merged) for name in shown}
    except (CalamineError, OSError, ValueError) as broken:
        raise RuleViolation(NOT_A_WORKBOOK) from broken


def _require_size(file: BinaryIO) -> None:
    """Look at the size before anything is opened: the file's, and what a zip says it holds."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > MAX_BYTES:
        raise RuleViolation(TOO_LARGE)
    if file.read(2) == b"PK":
        try:
            with zipfile.ZipFile(file) as packed:
                unpacked = sum(part.file_size for part in packed.infolist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
            raise RuleViolation(NOT_A_WORKBOOK) from broken
        if unpacked > _MAX_UNPACKED:
            raise RuleViolation(TOO_LARGE)
    file.seek(0)


def _rows(sheet: CalamineSheet, *, repeat_merged: bool) -> list[list[object]]:
    """The rows from the first of the sheet on, so that numbers are those of the file."""
    if sheet.end and (sheet.end[0] >= _MAX_ROWS):
        # One forgotten cell far below is enough for that.
        said = str(TOO_LONG).format(sheet=sheet.name, last=sheet.end[0] + 1, most=_MAX_ROWS)
        raise RuleViolation(Refusal("sheet_too_long", said))
    rows: list[list[object]] = [list(row[:_MAX_COLUMNS]) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _right) in (sheet.merged_cell_ranges or []) if repeat_merged else []:
        for at in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[at]):
                rows[at][left] = rows[top][left]
    return rows
