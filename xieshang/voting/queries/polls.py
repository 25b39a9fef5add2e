"""What a matter's own app asks about its poll."""

from dataclasses import dataclass
from datetime import date

from xieshang.lib.clock import shown_now
from xieshang.lib.days import day_of
from xieshang.matters.models import Matter

from ..models import Decision, Vote
from ..rules import Base, Kind, State
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
    """Facts of the latest poll about this matter that was opened, None when there was none; at most five queries.

    A secret one is over once its envelopes are open and counted, or when two people have ended it without a result.
    """
    opened = Vote.objects.filter(of=matter, opens_at__isnull=False).exclude(base=Base.OWNERS.value)
    vote = opened.order_by("-opens_at", "-pk").first()
    if vote is None:
        return None
    counted = result(vote)
    return PollFacts(
        vote=vote,
        days=vote.days,
        last_day=day_of(vote.closes_at) if vote.closes_at else None,
        time_is_up=vote.closes_at is not None and shown_now() >= vote.closes_at,
        is_closed=vote.state == State.VOIDED or (vote.state == State.CLOSED and not _waits_for_opening(vote, counted)),
        turnout_met=bool(counted and counted.turnout_met),
        result=counted,
    )


def _waits_for_opening(vote: Vote, counted: Result | None) -> bool:
    return vote.kind == Kind.SECRET and counted is None


def owners_vote_runs(matter_id: int) -> bool:
    """Whether the owners are being asked about this matter, or have been: withdrawn and aborted votes do not count."""
    ended = [Stage.WITHDRAWN.value, Stage.ABORTED.value]
    return Decision.objects.filter(vote__of_id=matter_id).exclude(state__in=ended).exists()
