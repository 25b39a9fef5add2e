"""What the demo's clock may be moved to."""

from datetime import date, datetime, time, timedelta

from xieshang.lib.clock import SHANGHAI, now
from xieshang.topics.models import Topic
from xieshang.voting.models import Vote


def next_deadline() -> datetime | None:
    """The nearest instant at which something of the demo falls due: a poll closes, or a day of a topic is over."""
    at = now()
    closing = Vote.objects.filter(state="open", closes_at__gt=at).order_by("closes_at").first()
    due = Topic.objects.filter(due_on__gte=at.astimezone(SHANGHAI).date()).order_by("due_on").first()
    ends = [closing.closes_at if closing else None, _end_of(due.due_on) if due and due.due_on else None]
    return min((end for end in ends if end), default=None)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)
