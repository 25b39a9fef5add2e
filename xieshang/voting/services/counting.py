"""Counting an owners' vote: from its ballots only, by the one engine, kept beside every earlier count."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.shortcuts import get_object_or_404

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.live.services import tell

from ..models import CountLine, Vote, VoteCount
from ..queries import count_owners, loose_ends
from ..queries.deciding import setting
from ..rules import Counted, CountRow, Mark, Result, State, Tally
from ..rules.blocking import NOT_COUNTING, blocks
from ..rules.deciding import State as Stage
from ..rules.official import OFFICIAL_COUNTS
from .ledger import write_result
from .locks import shut_out

# A deemed vote came by no channel.
NO_CHANNEL = ""


@transaction.atomic
def count_vote(actor: Actor, vote_id: int, *, reason: str = "") -> VoteCount:
    """Count a closed owners' vote from its ballots; a recount stands beside the first count, with its reason.

    Refused while the box is not keyed, or while two ballots for one right or a dispute wait to be settled.
    """
    get_object_or_404(Vote.objects.visible_to(actor), pk=vote_id)
    vote = shut_out(vote_id)
    if not has_perm("voting.count", actor, vote):
        raise NotAllowed("voting.count")
    number = vote.counts.count() + 1
    require_countable(vote, is_recount=number > 1, reason=reason)
    kept = keep(vote, count_owners(vote), number=number, reason=reason.strip() if number > 1 else "", at=now())
    detail = {"number": number, "outcome": kept.outcome, "flags": kept.flags}
    record(actor, "voting.count", number=vote.matter.number, place=vote.place_path, reason=kept.reason, detail=detail)
    tell(f"matter.{vote.matter_id}", "poll")
    return kept


def require_countable(vote: Vote, *, is_recount: bool, reason: str) -> None:
    """RuleViolation with every reason why this vote cannot be counted now."""
    decision = getattr(vote, "decision", None)
    if decision is None:
        raise RuleViolation(NOT_COUNTING)
    if setting(decision, "official_evote_required"):
        raise RuleViolation(OFFICIAL_COUNTS)
    is_closed = vote.state == State.CLOSED
    found = blocks(Stage(decision.state), loose_ends(vote), is_closed=is_closed, is_recount=is_recount, reason=reason)
    if found:
        raise RuleViolation(*found)


def keep(vote: Vote, result: Result[int], *, number: int, reason: str, at: datetime) -> VoteCount:
    """Write down a count with its lines, and enter it into the ledger."""
    kept = store(vote, result, number=number, reason=reason, at=at)
    write_result(kept)
    return kept


def store(vote: Vote, result: Result[int], *, number: int, reason: str, at: datetime) -> VoteCount:
    """Write down a count with its lines. A result from elsewhere has no ballots here, and no place in the ledger."""
    counted, decision = result.counted, result.decision
    kept = VoteCount.objects.create(
        vote=vote,
        number=number,
        reason=reason,
        counted_at=at,
        heads=counted.whole.heads,
        area_centi=counted.whole.area_centi,
        outcome=decision.outcome.value,
        choice_id=decision.choice,
        elected=list(decision.elected),
        reserve=list(decision.reserve),
        flags=[flag.value for flag in result.flags],
    )
    CountLine.objects.bulk_create(
        CountLine(
            count=kept,
            row=row.value,
            option_id=option,
            channel=channel,
            heads=tally.heads,
            area_centi=tally.area_centi,
        )
        for row, option, channel, tally in lines_of(counted)
    )
    return kept


def lines_of(counted: Counted[int]) -> Iterator[tuple[CountRow, int | None, str, Tally]]:
    """The rows of a count: valid ballots, every option, invalid ones, each by channel; deemed votes in a row apart."""
    for channel, tally in counted.took_part.items():
        yield CountRow.PART, None, channel.value, tally
    for (option, channel), tally in counted.by_option.items():
        yield CountRow.OPTION, option, channel.value, tally
    invalid: dict[str, Tally] = {}
    for (mark, channel), tally in counted.set_aside.items():
        if mark is Mark.DISPUTED:
            continue
        invalid[channel.value] = invalid.get(channel.value, Tally()) + tally
    for name, tally in invalid.items():
        yield CountRow.INVALID, None, name, tally
    if counted.deemed != Tally():
        yield CountRow.DEEMED, None, NO_CHANNEL, counted.deemed
