"""What a matter's own app asks about its poll."""

from dataclasses import dataclass
from datetime import date

from xieshang.lib.clock import day_of, shown_now
from xieshang.matters.models import Matter

from ..models import Decision, Vote
from ..rules import Base, State
from ..rules.deciding import State as Stage
from .results import Result, result


@dataclass(frozen=True, slots=True)
class PollFacts:
    """The latest poll about a matter, as plain values; the result only after closing."""

    vote: Vote
    days: int
    last_day: date | None
    time_is_up: bool
    is_closed: bool
    turnout_met: bool
    result: Result | None


def poll_facts(matter: Matter) -> PollFacts | None:
    """Facts of the latest poll about this matter, None when there was none; at most five queries."""
    polls = Vote.objects.filter(of=matter).exclude(base=Base.OWNERS.value).exclude(state=State.VOIDED.value)
    vote = polls.order_by("-pk").first()
    if vote is None:
        return None
    counted = result(vote)
    return PollFacts(
        vote=vote,
        days=vote.days,
        last_day=day_of(vote.closes_at) if vote.closes_at else None,
        time_is_up=vote.closes_at is not None and shown_now() >= vote.closes_at,
        is_closed=vote.state == State.CLOSED,
        turnout_met=bool(counted and counted.turnout_met),
        result=counted,
    )


def owners_vote_runs(matter_id: int) -> bool:
    """Whether the owners are being asked about this matter, or have been: withdrawn and aborted votes do not count."""
    ended = [Stage.WITHDRAWN.value, Stage.ABORTED.value]
    return Decision.objects.filter(vote__of_id=matter_id).exclude(state__in=ended).exists()
