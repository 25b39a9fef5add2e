"""Cells of an estate's file as text."""

import datetime
import re
import unicodedata

_BLANKS = re.compile(r"[\s\u200b-\u200d\ufeff\u00a0\u3000]+")
_TOTAL = re.compile(r"(?:.{0,12})(?:小计|合计|总计|共计|累计)[::]?.{0,12}")
_NOTE = re.compile(r"(?:注|备注|说明|填表|制表|审核|填报|打印|联系人|盖章|第\d+页|共\d+页)")
_NOTHING = frozenset({"/", "\\", "-", "--", "—", "——", "无", "N/A", "n/a", "空", "不详", "未知", "暂无"})


def text_of(cell: object) -> str:
    """A cell as one line of text: widths folded, 501.0 is 501, lines within it parted by 、."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    if "\n" in text:
        text = text.strip().replace("\r\n", "\n").replace("\n", "、")
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def meant(text: str) -> str:
    """Empty for what people write into a cell that has nothing to say."""
    return "" if text in _NOTHING else text


def is_a_day(cell: object) -> bool:
    """Whether a spreadsheet has made a day of what was typed."""
    return isinstance(cell, datetime.date | datetime.time)


def adds_up(row: list[str]) -> bool:
    """Whether a row only adds up those above it: 小计, 合计, 1单元小计."""
    return any(_TOTAL.fullmatch(cell) for cell in [cell for cell in row if cell][:4])


def is_a_note(row: list[str]) -> bool:
    """Whether a row is a remark under the table and no unit."""
    words = [cell for cell in row if cell]
    return len(words) <= 2 and bool(_NOTE.match(words[0]))
