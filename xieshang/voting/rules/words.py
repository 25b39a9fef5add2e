"""Times as people say them: 11月23日（周一）18:00, in Shanghai."""

from datetime import datetime
from fractions import Fraction

from xieshang.lib.days import day_of

_DIGITS = "零一二三四五六七八九十"


def time_left(closes: datetime, at: datetime) -> str:
    """How long is left: 还剩3天, 还剩6小时, 还剩不到1小时; 已截止 when it is over."""
    if at >= closes:
        return "已截止"
    days = (day_of(closes) - day_of(at)).days
    if days:
        return f"还剩{days}天"
    hours = int((closes - at).total_seconds() // 3600)
    return f"还剩{hours}小时" if hours else "还剩不到1小时"


def fraction(share: Fraction) -> str:
    """A fraction in words: 三分之一; one half is 一半, the whole 全部."""
    if share == 1:
        return "全部"
    if share == Fraction(1, 2):
        return "一半"
    if max(share.numerator, share.denominator) > 10:
        return f"{share.numerator}/{share.denominator}"
    return f"{_DIGITS[share.denominator]}分之{_DIGITS[share.numerator]}"
