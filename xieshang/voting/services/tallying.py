"""Keeping the count of a poll; of a secret vote once its envelopes are open and its paper box is counted by two."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.audit.services import record
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.live.services import tell
from xieshang.matters.rules import Audience
from xieshang.matters.services import settle, tell_followers

from .. import hooks
from ..models import BoxTally, CountLine, Opening, RightUsed, Vote, VoteCount
from ..queries import agreed_tally, count_ballots
from ..rules import Channel, Counted, CountRow, Kind, Mark, State, Tally, secret
from .ledger import write_result
from .linking import settle_ledger
from .locks import shut_out


def store_count(vote: Vote, counted: Counted, at: datetime) -> VoteCount:
    """Keep the count: what took part by channel, every option by channel, and what was void."""
    kept = VoteCount.objects.create(
        vote=vote, counted_at=at, heads=counted.whole.heads, area_centi=counted.whole.area_centi
    )
    lines: list[tuple[CountRow, int | None, Channel, Tally]] = [
        (CountRow.PART, None, channel, tally) for channel, tally in counted.took_part.items()
    ]
    lines += [(CountRow.OPTION, option, channel, tally) for (option, channel), tally in counted.by_option.items()]
    void = [(channel, tally) for (mark, channel), tally in counted.set_aside.items() if mark == Mark.INVALID]
    lines += [(CountRow.INVALID, None, channel, tally) for channel, tally in void]
    CountLine.objects.bulk_create(
        CountLine(
            count=kept,
            row=row.value,
            option_id=option,
            channel=channel.value,
            heads=tally.heads,
            area_centi=tally.area_centi,
        )
        for row, option, channel, tally in lines
    )
    return kept


@transaction.atomic
def tally_paper(actor: Actor, vote_id: int, figures: Mapping[int, int], *, void: int = 0) -> Vote:
    """What one person counted in the paper box of a closed secret vote: papers by place of the option, and void ones.

    Counted once by each of two people who do not see each other's figures; equal figures are the box's.
    """
    get_object_or_404(Vote.objects.visible_to(actor), pk=vote_id, kind=Kind.SECRET.value)
    vote = shut_out(vote_id)
    if not has_perm("voting.tally_paper", actor, vote):
        raise NotAllowed("voting.tally_paper")
    handed_out = RightUsed.objects.filter(right__vote=vote, channel=Channel.PAPER.value).count()
    done = BoxTally.objects.filter(vote=vote)
    mine = done.filter(by=actor.hands).exists()
    secret.require_tally(
        sum(figures.values()) + void,
        handed_out=handed_out,
        is_closed=vote.state == State.CLOSED,
        is_settled=agreed_tally(vote) is not None,
        is_mine=mine,
    )
    kept = {"places": {str(place): number for place, number in sorted(figures.items()) if number}, "void": void}
    BoxTally.objects.create(vote=vote, by_id=actor.hands, figures=kept, at=now())
    record(actor, "voting.tally_paper", number=vote.matter.number, place=vote.place_path)
    count_when_ready(vote)
    return vote


def count_when_ready(vote: Vote) -> VoteCount | None:
    """Count a closed secret vote as soon as its envelopes are open and two people agree about its paper box."""
    papers = RightUsed.objects.filter(right__vote=vote, channel=Channel.PAPER.value).exists()
    sealed = vote.envelopes.exists() and not Opening.objects.filter(envelope__vote=vote).exists()
    if vote.state != State.CLOSED or vote.counts.exists() or sealed or (papers and agreed_tally(vote) is None):
        return None
    kept = store_count(vote, count_ballots(vote), now())
    write_result(kept)
    settle_ledger(vote.pk)
    settle(vote.matter, standing=_("已公布结果"), audience=Audience(vote.matter.audience), is_open=False)
    tell_followers(vote.of or vote.matter, body=_("无记名投票已经开封计票，结果和每一张票都可以看了。"))
    for matter_id in filter(None, (vote.matter_id, vote.of_id)):
        tell(f"matter.{matter_id}", "poll")
    for move_on in hooks.on_closed:
        move_on(vote)
    return kept
