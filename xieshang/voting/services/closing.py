"""What time does: close, count once from the ballots, chain the ledger."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.audit.services import record
from xieshang.lib.actor import SYSTEM
from xieshang.lib.clock import now as clock_now
from xieshang.live.services import tell
from xieshang.matters.rules import Audience
from xieshang.matters.services import settle, tell_followers

from .. import hooks
from ..models import CountLine, Vote, VoteCount
from ..queries import count_ballots
from ..rules import Base, Channel, Counted, CountRow, EntryKind, State, Tally, entries
from .deciding import closed as decision_closed
from .deciding import due as deciding_due
from .ledger import write_entry, write_result
from .linking import due_ledgers, settle_ledger
from .locks import shut_out

MOST_CLOSINGS = 20


def due(now: datetime) -> int:
    """Close what has run out, move owners' decisions on, chain what was cast; gives the number of things done.

    Harmless to repeat.
    """
    over = Vote.objects.filter(state=State.OPEN.value, closes_at__lte=now).order_by("closes_at", "pk")
    closed = sum(_close(vote_id) for vote_id in list(over.values_list("pk", flat=True)[:MOST_CLOSINGS]))
    return closed + deciding_due(now) + due_ledgers(now)


@transaction.atomic
def _close(vote_id: int) -> bool:
    """Shut the vote behind the last cast, count, and let upper apps move on; says whether it was still open."""
    vote = shut_out(vote_id)
    at = clock_now()
    if vote.state != State.OPEN or vote.closes_at is None or at < vote.closes_at:
        return False
    vote.state, vote.closed_at = State.CLOSED.value, at
    vote.save(update_fields=["state", "closed_at"])
    write_entry(vote, EntryKind.CLOSED, at, entries.closed(ballots=vote.ballots.count()))
    if vote.base != Base.OWNERS:
        # The owners' box is opened, keyed and counted by people; see counting.py.
        write_result(_store(vote, count_ballots(vote), at))
    settle_ledger(vote.pk)
    settle(vote.matter, standing=_("已截止"), audience=Audience(vote.matter.audience), is_open=False)
    record(
        SYSTEM,
        "voting.close",
        number=vote.matter.number,
        place=vote.place_path,
        before=State.OPEN.value,
        after=vote.state,
        detail={"fell_due": vote.closes_at, "ballots": vote.ballots.count()},
    )
    tell_followers(vote.of or vote.matter, body=_news(vote))
    for matter_id in filter(None, (vote.matter_id, vote.of_id)):
        tell(f"matter.{matter_id}", "poll")
    if vote.base == Base.OWNERS:
        decision_closed(vote)
    for move_on in hooks.on_closed:
        move_on(vote)
    return True


def _news(vote: Vote) -> str:
    if vote.base == Base.OWNERS:
        return _("业主表决已截止，正在开箱计票，计完公示初步结果。")
    return _("意愿征集已截止，结果可以看了。")


def _store(vote: Vote, counted: Counted, at: datetime) -> VoteCount:
    """Keep the count: what took part by channel, and every option by channel."""
    kept = VoteCount.objects.create(
        vote=vote, counted_at=at, heads=counted.whole.heads, area_centi=counted.whole.area_centi
    )
    lines: list[tuple[int | None, Channel, Tally]] = [(None, c, tally) for c, tally in counted.took_part.items()]
    lines += [(option, channel, tally) for (option, channel), tally in counted.by_option.items()]
    CountLine.objects.bulk_create(
        CountLine(
            count=kept,
            row=(CountRow.OPTION if option else CountRow.PART).value,
            option_id=option,
            channel=channel.value,
            heads=tally.heads,
            area_centi=tally.area_centi,
        )
        for option, channel, tally in lines
    )
    return kept
