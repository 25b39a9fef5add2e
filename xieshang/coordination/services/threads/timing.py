"""What time does: a silent thread is told of once, a rated one is closed."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from xieshang.community.queries import acting_in, officers_of
from xieshang.community.rules import Role
from xieshang.lib.actor import SYSTEM
from xieshang.lib.days import SHANGHAI, day_of
from xieshang.lib.refusals import RuleViolation
from xieshang.notify.services import send

from ...models import Thread
from ...queries.threads.facts import facts_about
from ...rules.threads import ENDS, HANDED_ON, State, is_stale
from ...rules.threads.settings import LEAST_STALE
from .moving import audit
from .seating import follow_terms
from .settling import close, not_solved

log = logging.getLogger(__name__)
BATCH = 50
# What lies with the street, the owners, the mediators or a court moves at their pace.
WATCHED = [state.value for state in State if state not in ENDS | HANDED_ON]


def due(now: datetime) -> int:
    """Close what residents have rated, tell of silence, let the seats follow the terms; gives how many it did."""
    day = day_of(now)
    return _close_rated(day) + _tell_of_silence(day) + follow_terms(now)


def _close_rated(day: date) -> int:
    rows = Thread.objects.filter(state=State.VERIFIED.value, due_on__lt=day).order_by("due_on", "pk")
    done = 0
    for thread_id in rows.values_list("pk", flat=True)[:BATCH]:
        try:
            _close(thread_id, day)
            done += 1
        except RuleViolation:
            log.exception("thread %d could not be closed", thread_id)
    return done


def _close(thread_id: int, day: date) -> None:
    """Close it, or go on with it where more of those who rated found it unsolved."""
    if facts_about(Thread.objects.with_frame().get(pk=thread_id), day).found_unsolved:
        not_solved(SYSTEM, thread_id, reason=_("居民评价到期，多数说没有解决，请接着办。"))
        return
    close(SYSTEM, thread_id)


def _tell_of_silence(day: date) -> int:
    """Once for each silence; a place may set how long that is."""
    longest = datetime.combine(day - timedelta(days=LEAST_STALE), datetime.max.time(), SHANGHAI)
    untold = Q(told_stale_of=None) | ~Q(told_stale_of=F("event_at"))
    rows = Thread.objects.filter(untold, state__in=WATCHED, event_at__lte=longest).order_by("event_at", "pk")
    found = rows.values_list("pk", "event_at", "values")
    quiet = [(pk, at) for pk, at, values in found if is_stale(day_of(at), day, values)]
    return sum(_tell(thread_id, at) for thread_id, at in quiet[:BATCH])


@transaction.atomic
def _tell(thread_id: int, event_at: datetime) -> int:
    """Whoever sets the mark tells; a second timer finds it set."""
    untold = Q(told_stale_of=None) | ~Q(told_stale_of=event_at)
    marked = Thread.objects.filter(untold, pk=thread_id, event_at=event_at).update(told_stale_of=event_at)
    if marked:
        thread = Thread.objects.with_frame().get(pk=thread_id)
        people = acting_in(officers_of(thread.matter.community.path, {Role.PARTY_SECRETARY}))
        people |= {thread.delegate_id} if thread.delegate_id else set()
        body = _("已经多日没有动静，请看看卡在哪里。")
        send(people, title=thread.title, body=body, number=thread.matter.number, url=thread.get_absolute_url())
        audit(SYSTEM, thread, "stale", {"since": day_of(event_at)})
    return marked
