"""What time itself does, in one place."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.core.cache import cache

from xieshang.accounts import services as accounts
from xieshang.audit.services import BATCH, link_entries
from xieshang.coordination import services as coordination
from xieshang.discussion import services as discussion
from xieshang.lib.clock import now
from xieshang.meetings import services as meetings
from xieshang.outcomes import services as outcomes
from xieshang.topics import services as topics
from xieshang.voting import services as voting

from .. import hooks
from ..queries import TICKED
from .filing import file_due
from .once import forget_sent

log = logging.getLogger(__name__)
MOST_ROUNDS = 50

# Lowest floor first: a poll closes before the topic that waits for it is asked.
WORK: tuple[Callable[[datetime], int], ...] = (
    accounts.forget_unproved,
    accounts.forget_sign_ins,
    discussion.due,
    outcomes.due,
    voting.due,
    meetings.due,
    coordination.due,
    topics.due,
    file_due,
    forget_sent,
)


def tick() -> int:
    """Do everything that has fallen due, then chain the record; harmless to repeat. Gives the number of things done."""
    came = [_until_nothing_is_left(work) for work in (*WORK, *hooks.due)]
    while link_entries() == BATCH:
        pass
    if all(whole for _done, whole in came):
        cache.set(TICKED, now(), None)
    return sum(done for done, _whole in came)


def _until_nothing_is_left(work: Callable[[datetime], int]) -> tuple[int, bool]:
    """The number of things done, and whether that was without a fault."""
    total = 0
    for _round in range(MOST_ROUNDS):
        try:
            done = work(now())
        except Exception:
            # What one app cannot do is written down; it keeps back neither the others nor the chain.
            log.exception("%s could not do what is due", work.__module__)
            return total, False
        total += done
        if not done:
            return total, True
    log.warning("%s still has work after %d rounds", work.__module__, MOST_ROUNDS)
    return total, True
