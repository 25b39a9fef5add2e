"""The reminder on the day before a meeting. Pure."""

from datetime import datetime, time, timedelta

from xieshang.lib.days import SHANGHAI

# At an hour at which nobody is woken.
HOUR = time(8)


def remind_from(starts_at: datetime) -> datetime:
    """When the reminder falls due: the morning of the day before."""
    return datetime.combine(starts_at.astimezone(SHANGHAI).date() - timedelta(days=1), HOUR, SHANGHAI)


def is_due(starts_at: datetime, at: datetime) -> bool:
    """Whether the morning before has come and the meeting's own hour has not."""
    return remind_from(starts_at) <= at < starts_at


def is_wanted(told_at: datetime, starts_at: datetime) -> bool:
    """Whether people were told long enough ago to be told again."""
    return told_at < remind_from(starts_at)
