"""From the ballots to the count."""

from collections.abc import Iterator
from itertools import chain, groupby

from django.db.models import Sum

from xieshang.lib.refusals import Refusal, RuleViolation

from ..models import BallotChoice, CountLine, Right, Vote, VoteCount
from ..rules import Channel, Counted, CountRow, Kind, Mark, Paper, State, Tally, count
from .rooms import papers_of_room, rule_of
from .secret import papers_of_secret

STILL_SEALED = Refusal("still_sealed", "截止以前谁也看不到票数。")
CHUNK = 5000


def whole_of(vote: Vote) -> Tally:
    """All heads and all area of the frozen roll."""
    sums = Right.objects.filter(vote=vote).aggregate(heads=Sum("head"), area=Sum("area_centi"))
    return Tally(sums["heads"] or 0, sums["area"] or 0)


def count_ballots(vote: Vote) -> Counted:
    """Count a closed vote from its ballots; one that still takes ballots is refused, whoever asks."""
    if vote.state != State.CLOSED:
        raise RuleViolation(STILL_SEALED)
    papers = papers_of_secret(vote) if vote.kind == Kind.SECRET else _papers(vote)
    return count(papers, whole_of(vote), places=vote.most_choices if vote.kind == Kind.PRIORITIES else 0)


def count_room(vote: Vote, number: int) -> Counted[int]:
    """Count a closed motion of a room: the ballots of the phones, and what was counted there."""
    return count(chain(_papers(vote), papers_of_room(vote, number)), Tally(rule_of(vote).base))


def _papers(vote: Vote) -> Iterator[Paper]:
    ticks = BallotChoice.objects.filter(ballot__vote=vote).order_by("ballot_id", "rank", "option__position")
    rows = ticks.values_list(
        "ballot_id", "option_id", "ballot__channel", "ballot__right__head", "ballot__right__area_centi"
    )
    for _ballot, group in groupby(rows.iterator(chunk_size=CHUNK), key=lambda row: row[0]):
        ticked = list(group)
        _id, _option, channel, head, area = ticked[0]
        yield Paper(Tally(head, area), Channel(channel), tuple(row[1] for row in ticked))


def kept_count(vote: Vote) -> Counted | None:
    """The count that was made at closing, in two queries; None before."""
    kept = VoteCount.objects.filter(vote=vote, vote__state=State.CLOSED.value).order_by("-number").first()
    if kept is None:
        return None
    counted: Counted[int] = Counted(Tally(kept.heads, kept.area_centi))
    for line in CountLine.objects.filter(count=kept):
        tally, channel = Tally(line.heads, line.area_centi), Channel(line.channel)
        if line.row == CountRow.INVALID:
            counted.set_aside[Mark.INVALID, channel] = tally
        elif line.option_id is None:
            counted.took_part[channel] = tally
        else:
            counted.by_option[line.option_id, channel] = tally
    return counted
