"""What time does: close, count once from the ballots, chain the ledger."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from xieshang.audit.rules import GENESIS, link_value
from xieshang.audit.services import record
from xieshang.lib.actor import SYSTEM
from xieshang.lib.clock import now as clock_now
from xieshang.live.services import tell
from xieshang.matters.rules import Audience
from xieshang.matters.services import settle, tell_followers

from .. import hooks
from ..models import BallotVersion, CountLine, LedgerLink, Vote, VoteCount
from ..queries import content_of, count_ballots
from ..rules import Channel, Counted, State, Tally
from .locks import shut_out

MOST_CLOSINGS = 20
MOST_LINKS = 500
_LEDGER_LOCK = 7_461_002


def due(now: datetime) -> int:
    """Close what has run out and chain what was cast; gives the number of things done. Harmless to repeat."""
    over = Vote.objects.filter(state=State.OPEN.value, closes_at__lte=now).order_by("closes_at", "pk")
    closed = sum(_close(vote_id) for vote_id in list(over.values_list("pk", flat=True)[:MOST_CLOSINGS]))
    loose = BallotVersion.objects.filter(vote__state=State.OPEN.value, link=None).order_by("vote_id")
    waiting = loose.values_list("vote_id", flat=True).distinct()[:MOST_CLOSINGS]
    return closed + sum(link_ledger(vote_id) for vote_id in list(waiting))


@transaction.atomic
def _close(vote_id: int) -> bool:
    """Shut the vote behind the last cast, count, and let upper apps move on; says whether it was still open."""
    vote = shut_out(vote_id)
    at = clock_now()
    if vote.state != State.OPEN or vote.closes_at is None or at < vote.closes_at:
        return False
    vote.state, vote.closed_at = State.CLOSED.value, at
    vote.save(update_fields=["state", "closed_at"])
    _store(vote, count_ballots(vote), at)
    while link_ledger(vote.pk):
        pass
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
    tell_followers(vote.of or vote.matter, body=_("意愿征集已截止，结果可以看了。"))
    for matter_id in filter(None, (vote.matter_id, vote.of_id)):
        tell(f"matter.{matter_id}", "poll")
    for move_on in hooks.on_closed:
        move_on(vote)
    return True


def _store(vote: Vote, counted: Counted, at: datetime) -> None:
    """Keep the count: what took part by channel, and every option by channel."""
    kept = VoteCount.objects.create(
        vote=vote, counted_at=at, heads=counted.whole.heads, area_centi=counted.whole.area_centi
    )
    lines: list[tuple[int | None, Channel, Tally]] = [(None, c, tally) for c, tally in counted.took_part.items()]
    lines += [(option, channel, tally) for (option, channel), tally in counted.by_option.items()]
    CountLine.objects.bulk_create(
        CountLine(count=kept, option_id=option, channel=channel.value, heads=tally.heads, area_centi=tally.area_centi)
        for option, channel, tally in lines
    )


@transaction.atomic
def link_ledger(vote_id: int) -> int:
    """Chain the versions of a vote that are not chained yet, in one batch; gives the number of links added."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LEDGER_LOCK, vote_id % 2**31])
    last = LedgerLink.objects.filter(vote_id=vote_id).order_by("-position").first()
    waiting = BallotVersion.objects.filter(vote_id=vote_id, link=None).order_by("pk")[:MOST_LINKS]
    links = list(_links(waiting, last.position if last else 0, last.value if last else GENESIS))
    LedgerLink.objects.bulk_create(links)
    return len(links)


def _links(versions: Iterable[BallotVersion], position: int, before: str) -> Iterable[LedgerLink]:
    for version in versions:
        position += 1
        value = link_value(before, content_of(version), hashlib.sha256)
        yield LedgerLink(vote_id=version.vote_id, version=version, position=position, before=before, value=value)
        before = value
