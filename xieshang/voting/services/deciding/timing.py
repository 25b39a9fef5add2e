"""What time does to owners' decisions: opens the vote, closes it, and lets the result stand when nobody objected."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet

from xieshang.lib.actor import SYSTEM
from xieshang.lib.clock import now
from xieshang.lib.days import day_of
from xieshang.lib.refusals import RuleViolation
from xieshang.lib.refusals import later as _

from ... import hooks
from ...models import Decision, Vote
from ...queries.deciding import setting
from ...rules import State as VoteState
from ...rules.deciding import State, Step
from ..ledger import write_opened
from .moving import _moving, tell_committee, tell_owners

MOST = 20


def due(at: datetime) -> int:
    """Open what opens and decide what is over its inquiry; gives the number of things done. Harmless to repeat."""
    opening = Decision.objects.filter(state=State.NOTICE.value, vote__opens_at__lte=at).order_by("pk")
    over = Decision.objects.filter(state=State.PRELIM_PUBLICITY.value, prelim__last_day__lt=day_of(at))
    over = over.exclude(prelim__objections__state="open").exclude(prelim__objections__sustained=True)
    over = over.exclude(prelim__objections__appeal_upheld=True).order_by("pk").distinct()
    return _each(opening, _open) + _each(_elsewhere(at), _close_elsewhere) + _each(over, _decide)


def _elsewhere(at: datetime) -> QuerySet[Decision]:
    """Votes that run on the authorities' own platform: here only their time ends."""
    running = Decision.objects.filter(state=State.VOTING.value, vote__state=VoteState.DRAFTED.value)
    return running.filter(closes_at__lte=at).order_by("pk")


def _each(found: QuerySet[Decision], act: Callable[[int], None]) -> int:
    done = 0
    for decision_id in list(found.values_list("pk", flat=True)[:MOST]):
        try:
            act(decision_id)
        except RuleViolation:
            # Somebody else was faster, or something came in between: it is looked at again next time.
            continue
        done += 1
    return done


def _open(decision_id: int) -> None:
    fell_due = Decision.objects.values_list("vote__opens_at", flat=True).get(pk=decision_id)
    with _moving(SYSTEM, decision_id, Step.OPEN, fell_due=fell_due) as decision:
        if not setting(decision, "official_evote_required"):
            vote = decision.vote
            vote.state = VoteState.OPEN.value
            vote.save(update_fields=["state"])
            write_opened(vote, now())
        tell_owners(decision, _("业主表决开始投票了。"))


def _close_elsewhere(decision_id: int) -> None:
    with _moving(SYSTEM, decision_id, Step.CLOSE) as decision:
        vote = decision.vote
        vote.state, vote.closed_at = VoteState.CLOSED.value, now()
        vote.save(update_fields=["state", "closed_at"])


def closed(vote: Vote) -> None:
    """The vote has shut behind its last ballot: the decision is being counted from now on."""
    decision = Decision.objects.filter(vote=vote).first()
    if decision is not None and decision.state == State.VOTING:
        with _moving(SYSTEM, decision.pk, Step.CLOSE, fell_due=vote.closes_at):
            pass


def _decide(decision_id: int) -> None:
    with _moving(SYSTEM, decision_id, Step.DECIDE) as decision:
        tell_committee(decision, _("初步结果的公示期已满，请召集人公告结果。"))
        for move_on in hooks.on_decided:
            move_on(decision)
