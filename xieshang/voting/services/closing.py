"""What time does: close, count once from the ballots, chain the ledger."""

import logging
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
from ..models import Vote
from ..queries import count_ballots
from ..rules import ROOM_KINDS, Base, EntryKind, Kind, State, entries
from .boxes import ask_trustees, empty_box
from .contracts import remind
from .deciding import closed as decision_closed
from .deciding import due as deciding_due
from .ledger import write_entry, write_result
from .linking import due_ledgers, settle_ledger
from .locks import shut_out
from .rooms import finish
from .tallying import count_when_ready, store_count

log = logging.getLogger(__name__)
MOST_CLOSINGS = 20


def due(now: datetime) -> int:
    """Close what has run out, move owners' decisions on, chain what was cast; harmless to repeat.

    Gives the number of things done, without the chaining.
    """
    over = Vote.objects.filter(state=State.OPEN.value, closes_at__lte=now).order_by("closes_at", "pk")
    closed = sum(_try_to_close(vote_id) for vote_id in list(over.values_list("pk", flat=True)[:MOST_CLOSINGS]))
    done = closed + deciding_due(now) + remind(now)
    # Nothing that comes to an end while people cast: what they cast meanwhile is chained the next time.
    due_ledgers(now)
    return done


def _try_to_close(vote_id: int) -> bool:
    """Close one vote; what goes wrong with it is written down, keeps back no other and is tried again next time."""
    try:
        return _close(vote_id)
    except Exception:
        log.exception("vote %d could not be closed", vote_id)
        return False


@transaction.atomic
def _close(vote_id: int) -> bool:
    """Shut the vote behind the last cast, count, and let upper apps move on; says whether it was still open."""
    vote = shut_out(vote_id)
    at = clock_now()
    if vote.state != State.OPEN or vote.closes_at is None or at < vote.closes_at:
        return False
    if vote.kind in ROOM_KINDS:
        finish(SYSTEM, vote, at)
        return True
    vote.state, vote.closed_at = State.CLOSED.value, at
    vote.save(update_fields=["state", "closed_at"])
    ballots = _shut(vote, at)
    # Sealed envelopes have yet to be opened and counted.
    sealed = vote.kind == Kind.SECRET
    standing = _("已截止，等开封") if sealed else _("已截止")
    settle(vote.matter, standing=standing, audience=Audience(vote.matter.audience), is_open=sealed)
    record(
        SYSTEM,
        "voting.close",
        number=vote.matter.number,
        place=vote.place_path,
        before=State.OPEN.value,
        after=vote.state,
        detail={"fell_due": vote.closes_at, "ballots": ballots},
    )
    tell_followers(vote.of or vote.matter, body=_news(vote))
    for matter_id in filter(None, (vote.matter_id, vote.of_id)):
        tell(f"matter.{matter_id}", "poll")
    if vote.base == Base.OWNERS:
        decision_closed(vote)
    if vote.kind == Kind.SECRET:
        ask_trustees(vote)
        count_when_ready(vote)
        return True
    for move_on in hooks.on_closed:
        move_on(vote)
    return True


def _shut(vote: Vote, at: datetime) -> object:
    """Write down the closing and, where no people have to open a box first, the count; gives the number of ballots."""
    fields = empty_box(vote) if vote.kind == Kind.SECRET else entries.closed(ballots=vote.ballots.count())
    write_entry(vote, EntryKind.CLOSED, at, fields)
    if vote.base != Base.OWNERS and vote.kind != Kind.SECRET:
        # The owners' box is opened, keyed and counted by people (counting.py), a secret one by its trustees.
        write_result(store_count(vote, count_ballots(vote), at))
    settle_ledger(vote.pk)
    return fields["ballots"]


def _news(vote: Vote) -> str:
    if vote.base == Base.OWNERS:
        return _("业主表决已截止，正在开箱计票，计完公示初步结果。")
    if vote.kind == Kind.SECRET:
        return _("无记名投票已截止，等两位保管人开封，开封以后公布结果。")
    return _("意愿征集已截止，结果可以看了。")
