"""What time does: each step that has fallen due is taken once, and counts from the day it fell due."""

import logging
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q

from xieshang.lib.actor import SYSTEM
from xieshang.lib.days import day_of

from ..models import Topic
from ..queries.facts import clock_of, facts_about
from ..rules import TIMED, State, Step, due_on, timed_step
from .consulting import open_discussion
from .moving import _moving, set_due

log = logging.getLogger(__name__)
# `voting` closes polls by itself and lets us know.
OURS = {state: step for state, step in TIMED.items() if step != Step.CLOSE_POLL}
WAIT_FOR_OTHERS = frozenset({State.ANNOUNCED, State.PUBLICITY, State.IMPLEMENTING})


def due(now: datetime) -> int:
    """Take every timed step that has fallen due; gives how many were taken. One that fails keeps back no other."""
    today = day_of(now)
    return sum(_try_to_advance(topic_id, today) for topic_id in _ripe(today))


def _ripe(today: date) -> list[int]:
    """Topics whose day has gone by, and those let in without a look whose author has meanwhile been verified."""
    timed = Q(state__in=[state.value for state in OURS], due_on__lt=today)
    at_once = Q(state=State.ADOPTED.value)
    waiting = Q(state=State.SUBMITTED.value, review_needed=False)
    appealed = Q(state=State.REJECTED_CONTENT.value, appeal_made=True)
    rows = Topic.objects.exclude(appealed).filter(timed | at_once | waiting, suspended_since=None)
    # All of them: with a limit, those that cannot move yet would keep the later ones from ever being asked.
    return list(rows.order_by("due_on", "pk").values_list("pk", flat=True))


def _try_to_advance(topic_id: int, today: date) -> int:
    """One topic's steps; what goes wrong with it is written down and left for the next round."""
    try:
        return _advance(topic_id, today)
    except Exception:
        log.exception("topic %d could not go on", topic_id)
        return 0


def _advance(topic_id: int, today: date) -> int:
    """Take the steps of one topic that are due, one after the other."""
    taken = 0
    while _take_next(topic_id, today):
        taken += 1
    return taken


def _take_next(topic_id: int, today: date) -> bool:
    topic = Topic.objects.with_frame().get(pk=topic_id)
    state, facts = State(topic.state), facts_about(topic, today)
    if state == State.SUBMITTED:
        return _admit(topic) if facts.author_is_verified and not facts.review_is_needed else False
    clock = clock_of(topic)
    facts = replace(facts, due=due_on(state, topic.entered_on, facts, clock))
    ripe = timed_step(state, topic.entered_on, facts, clock)
    if ripe is None or ripe.step == Step.CLOSE_POLL:
        _reckon(topic, today)
        return False
    _take(topic, ripe.step, ripe.on)
    return True


def _admit(topic: Topic) -> bool:
    with _moving(SYSTEM, topic.pk, Step.ADMIT):
        pass
    return True


def _reckon(topic: Topic, today: date) -> None:
    """What was posted or promised since may have moved the last day."""
    if State(topic.state) not in WAIT_FOR_OTHERS:
        return
    was = topic.due_on, topic.alarm_on
    set_due(topic, today)
    if (topic.due_on, topic.alarm_on) != was:
        topic.save(update_fields=["due_on", "alarm_on"])


def _take(topic: Topic, step: Step, on: date) -> None:
    if step == Step.OPEN_DISCUSSION:
        open_discussion(SYSTEM, topic.pk, fell_due=on)
        return
    with _moving(SYSTEM, topic.pk, step, fell_due=on) as moved:
        if step == Step.RECORD_NO_ANSWER:
            moved.party_opinion = "no_answer"
