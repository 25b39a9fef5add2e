"""Times as people say them: 11月23日（周一）18:00, in Shanghai."""

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"
_DIGITS = "零一二三四五六七八九十"


def moment(instant: datetime) -> str:
    """An instant without the year: 11月23日 18:02."""
    local = instant.astimezone(SHANGHAI)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def deadline(instant: datetime) -> str:
    """A deadline with its weekday: 11月23日（周一）18:00."""
    local = instant.astimezone(SHANGHAI)
    return f"{local.month}月{local.day}日（周{WEEKDAYS[local.weekday()]}）{local:%H:%M}"


def full_day(day: date) -> str:
    """A day with its year, as notices write it: 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"


def time_left(closes: datetime, at: datetime) -> str:
    """How long is left: 还剩3天, 还剩6小时, 还剩不到1小时; 已截止 when it is over."""
    if at >= closes:
        return "已截止"
    days = (day_in_shanghai(closes) - day_in_shanghai(at)).days
    if days:
        return f"还剩{days}天"
    hours = int((closes - at).total_seconds() // 3600)
    return f"还剩{hours}小时" if hours else "还剩不到1小时"


def day_in_shanghai(instant: datetime) -> date:
    """The calendar day on which an instant falls."""
    return instant.astimezone(SHANGHAI).date()


def fraction(share: Fraction) -> str:
    """A fraction in words: 三分之一; one half is 一半, the whole 全部."""
    if share == 1:
        return "全部"
    if share == Fraction(1, 2):
        return "一半"
    if max(share.numerator, share.denominator) > 10:
        return f"{share.numerator}/{share.denominator}"
    return f"{_DIGITS[share.denominator]}分之{_DIGITS[share.numerator]}"
