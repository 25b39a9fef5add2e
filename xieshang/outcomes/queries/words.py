"""Days and photos as pages show them."""

from datetime import date, datetime

from xieshang.discussion.models import Attachment
from xieshang.lib.clock import day_of

WEEKDAYS = "一二三四五六日"


def day_words(day: date | None) -> str:
    """A day as a neighbour reads it: 11月24日（周二）."""
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）" if day else ""


def full_day(day: date | None) -> str:
    """A day as it stands under a notice: 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def moment_words(at: datetime | None) -> str:
    """A moment's day in Shanghai: 11月24日."""
    if at is None:
        return ""
    day = day_of(at)
    return f"{day.month}月{day.day}日"


def photo_of(attachment: Attachment) -> dict[str, object]:
    """A picture for the parts that show pictures."""
    return {
        "url": attachment.url,
        "thumb": attachment.thumb_url,
        "alt": attachment.caption or "照片",
        "caption": attachment.caption,
    }
