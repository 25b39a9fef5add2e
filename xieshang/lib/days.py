"""Days and moments as people say them, in Shanghai; nothing for none."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_WEEKDAYS = "一二三四五六日"


def day_of(instant: datetime) -> date:
    """The calendar day in Shanghai on which an instant falls."""
    return instant.astimezone(SHANGHAI).date()


def _day(when: date) -> date:
    return day_of(when) if isinstance(when, datetime) else when


def weekday(when: date) -> str:
    """The day of the week: 周一."""
    return f"周{_WEEKDAYS[_day(when).weekday()]}"


def short_day(when: date | None) -> str:
    """A day, or the day of a moment: 11月30日."""
    if when is None:
        return ""
    day = _day(when)
    return f"{day.month}月{day.day}日"


def day_words(when: date | None) -> str:
    """A day with its day of the week: 11月30日（周一）."""
    return f"{short_day(when)}（{weekday(when)}）" if when else ""


def full_day(when: date | None) -> str:
    """A day with its year, as notices write it: 2026年11月23日."""
    return f"{_day(when).year}年{short_day(when)}" if when else ""


def left_words(days: int | None, unit: str = "天") -> str:
    """What is left until a day: 还剩2天, 今天到期, 已超1个工作日; nothing where none is set."""
    if days is None:
        return ""
    if days == 0:
        return "今天到期"
    return f"还剩{days}{unit}" if days > 0 else f"已超{-days}{unit}"


def moment(at: datetime | None) -> str:
    """A day and the time of day: 11月23日 18:02."""
    return f"{short_day(at)} {at.astimezone(SHANGHAI):%H:%M}" if at else ""


def deadline(at: datetime | None) -> str:
    """A moment with its day of the week: 11月23日（周一）18:00."""
    return f"{day_words(at)}{at.astimezone(SHANGHAI):%H:%M}" if at else ""
