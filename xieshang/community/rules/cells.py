"""Cells as people type them, read as dates, areas and names. Takes text whose widths are folded already."""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

# The day before the first of a spreadsheet's count of days, its wrong leap day of 1900 allowed for.
_SERIAL_ZERO = datetime.date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)
_YEARS = range(1900, 2101)
_DAY = re.compile(r"(\d{4})[.\-/年](\d{1,2})[.\-/月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_AREA = re.compile(r"(\d{1,7}(?:\.\d+)?)(?:m2|平方米|平米|平)?", re.IGNORECASE)
_BLANK_BETWEEN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff·]) +| +(?=[\u3400-\u9fff·])")
# What people write into a cell that has nothing to say.
_NOTHING = frozenset({"/", "\\", "-", "--", "—", "——", "无", "N/A", "n/a", "空"})
_OPEN_END = frozenset({"至今", "长期", "在任", "现任", "不限"})
_TWO_CHARACTER_SURNAMES = tuple("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯".split())


def meant(text: str) -> str:
    """A cell without blanks inside Chinese words; empty for a dash, a stroke or 无."""
    joined = _BLANK_BETWEEN_CHINESE.sub("", text)
    return "" if joined in _NOTHING else joined


def day_from(text: str) -> datetime.date | None:
    """A day written as 2026.3.1, 2026年3月1日, 2026/3/1, 20260301 or as a spreadsheet's number of days; else None."""
    if text.isdigit() and int(text) in _SERIALS:
        return _SERIAL_ZERO + datetime.timedelta(days=int(text))
    spaced = f"{text[:4]}-{text[4:6]}-{text[6:]}" if text.isdigit() and len(text) == 8 else text
    found = _DAY.fullmatch(spaced)
    if not found or int(found[1]) not in _YEARS:
        return None
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def is_open_end(text: str) -> bool:
    """Whether the end of a term is left open: nothing, 至今, 长期."""
    return text == "" or text in _OPEN_END


def area_from(text: str) -> int | None:
    """An area in 0.01 m² from 106.35, 106.35㎡ or 106.35平方米, halves rounded up; None when it is not above zero."""
    found = _AREA.fullmatch(text.replace(" ", ""))
    if not found:
        return None
    return int((Decimal(found[1]) * 100).quantize(Decimal(1), ROUND_HALF_UP)) or None


def coming_of_age(born: datetime.date) -> datetime.date:
    """The day on which somebody turns eighteen; whoever is born on 29 February, on 1 March."""
    try:
        return born.replace(year=born.year + 18)
    except ValueError:
        return datetime.date(born.year + 18, 3, 1)


def surname_of(name: str) -> str:
    """The surname in a Chinese name."""
    return name[:2] if name.startswith(_TWO_CHARACTER_SURNAMES) and len(name) > 2 else name[:1]
