"""What the demo's clock may be moved to."""

from datetime import date, datetime, time, timedelta

from xieshang.coordination.models import FourTwo
from xieshang.lib.clock import now
from xieshang.lib.days import SHANGHAI
from xieshang.topics.models import Topic
from xieshang.voting.models import Decision, Vote


def next_deadline() -> datetime | None:
    """The nearest instant at which something of the demo falls due: a poll closes, a day of a topic or vote is over."""
    at = now()
    closing = Vote.objects.filter(state="open", closes_at__gt=at).order_by("closes_at").first()
    due = Topic.objects.filter(due_on__gte=at.astimezone(SHANGHAI).date()).order_by("due_on").first()
    steps = Decision.objects.filter(due_on__gte=at.astimezone(SHANGHAI).date())
    public = FourTwo.objects.filter(state="published", resolution__last_day__gte=at.astimezone(SHANGHAI).date())
    days = [
        due.due_on if due else None,
        steps.order_by("due_on").values_list("due_on", flat=True).first(),
        public.order_by("resolution__last_day").values_list("resolution__last_day", flat=True).first(),
    ]
    ends = [closing.closes_at if closing else None, *(_end_of(day) for day in days if day)]
    return min((end for end in ends if end), default=None)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)
