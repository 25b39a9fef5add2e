"""Reading the files that estates keep: .xlsx and .xls by the spreadsheet reader, .csv in UTF-8 or GBK."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from xieshang.community.services import read_workbook
from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

_MOST_BYTES = 10 * 1024 * 1024
_MOST_ROWS = 100_000
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
TOO_LARGE = Refusal("estate_file_too_large", _("文件太大了，请按楼分成几个文件，每个不超过10兆、10万行。"))
NOT_TEXT = Refusal(
    "estate_file_not_text", _("这个文件打不开。请用Excel或WPS存成“.xlsx”或者“CSV（逗号分隔）”，再传一次。")
)


@dataclass(frozen=True, slots=True)
class EstateFile:
    """A file as it was read: its name, its hash, and the cells of each sheet."""

    name: str
    sha256: str
    sheets: Mapping[str, Sequence[Sequence[object]]]


def read_estate_file(file: BinaryIO, name: str) -> EstateFile:
    """Read a file by what is in it, whatever its name ends in. RuleViolation when it is none of the kinds known."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > _MOST_BYTES:
        raise RuleViolation(TOO_LARGE)
    content = file.read()
    if content[:4] in _WORKBOOKS:
        sheets = read_workbook(io.BytesIO(content), repeat_merged=False)
    else:
        sheets = {_stem(name): _csv_rows(_decoded(content))}
    return EstateFile(name[:120], hashlib.sha256(content).hexdigest(), sheets)


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _decoded(content: bytes) -> str:
    """The text of a CSV: UTF-8 with or without its mark, UTF-16 with it, else the encoding of Chinese Windows."""
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise RuleViolation(NOT_TEXT)


def _csv_rows(text: str) -> list[list[object]]:
    """Rows parted by what parts most cells of the first lines: comma, tab or semicolon."""
    top = text[:5000]
    delimiter = max(",\t;，", key=top.count)
    if delimiter == "，":
        text, delimiter = text.replace("，", ","), ","
    try:
        rows = [list[object](row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as broken:
        raise RuleViolation(NOT_TEXT) from broken
    if len(rows) > _MOST_ROWS:
        raise RuleViolation(TOO_LARGE)
    return rows
