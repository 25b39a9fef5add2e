"""Measurements: a table of room, time and temperature, typed or pasted, and how neighbours may read it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

MOST_ROWS = 300
LEAST_TENTHS, MOST_TENTHS = -500, 1000
NO_ROWS = Refusal(
    "readings_missing", _("请每行写一条：房号 日期 时间 温度，例如“3号楼2单元501室 11月18日 19:30 16.5”。")
)
TOO_MANY_ROWS = Refusal("readings_too_many", _("一次最多三百行，请分几次填。"))
VALUE_WRONG = Refusal("reading_wrong", _("温度请写数字，例如16.5。"))
LATER_THAN_NOW = Refusal("reading_later", _("测温的时间不能晚于现在。"))
READ_TWICE = Refusal("reading_twice", _("这一户这个时间的测温已经记过了。"))
_ROW = re.compile(
    r"^(?P<room>\S+?)[\s,，]+(?:(?P<year>\d{4})[年./-])?(?P<month>\d{1,2})[月./-](?P<day>\d{1,2})日?[\s,，]+"
    r"(?P<hour>\d{1,2})[:：](?P<minute>\d{2})[\s,，]+(?P<value>-?\d{1,3}(?:\.\d)?)\s*(?:℃|度|°C)?$"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table as it was typed: the room's words, the moment without a zone, tenths of a degree."""

    room: str
    at: datetime
    tenths: int


def bad_line(number: int, line: str) -> Refusal:
    """Which line cannot be read, and how it should look."""
    sentence = _("第%d行看不懂：“%s”。请写成：房号 日期 时间 温度，例如“3号楼2单元501室 11月18日 19:30 16.5”。")
    return Refusal("reading_line", sentence % (number, line[:40]))


def parse(text: str, year: int) -> tuple[list[Row], list[Refusal]]:
    """The rows of a pasted table, and what is wrong with lines not readable; a day without a year is of `year`."""
    rows: list[Row] = []
    wrong: list[Refusal] = []
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    for number, line in lines[: MOST_ROWS + 1]:
        row = _row(line, year)
        if row is None:
            wrong.append(bad_line(number, line))
        else:
            rows.append(row)
    if not lines:
        wrong.append(NO_ROWS)
    if len(lines) > MOST_ROWS:
        wrong.append(TOO_MANY_ROWS)
    return rows, wrong


def _row(line: str, year: int) -> Row | None:
    found = _ROW.match(line)
    if found is None:
        return None
    tenths = tenths_of(found["value"])
    parts = [int(found["year"] or year), *(int(found[name]) for name in ("month", "day", "hour", "minute"))]
    try:
        at = datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 as typed, in the place's own time
    except ValueError:
        return None
    return Row(found["room"], at, tenths) if tenths is not None else None


def tenths_of(text: str) -> int | None:
    """Tenths of a degree from what was typed, exactly: 16.5 gives 165; None for what is no sensible temperature."""
    found = re.fullmatch(r"(-?)(\d{1,3})(?:\.(\d))?", text.strip())
    if found is None:
        return None
    tenths = int(found[2]) * 10 + int(found[3] or 0)
    tenths = -tenths if found[1] else tenths
    return tenths if LEAST_TENTHS <= tenths <= MOST_TENTHS else None


def shown_tenths(tenths: int) -> str:
    """Tenths as people read them: 16.5."""
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"


@dataclass(frozen=True, slots=True)
class Spread:
    """What a table says in one line: how many homes, lowest and highest of each home's latest."""

    homes: int
    lowest: int
    highest: int


def spread(latest: Iterable[int]) -> Spread | None:
    """The line over the latest reading of every home; None without any."""
    values = list(latest)
    return Spread(len(values), min(values), max(values)) if values else None


def unknown_room(room: str) -> Refusal:
    """Which home of the table is not one of this place."""
    return Refusal("reading_room", _("名册里没有“%s”，请写全：几号楼几单元几室。") % room[:40])
