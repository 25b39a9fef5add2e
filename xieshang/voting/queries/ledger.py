"""The ledger of a vote: where its chain breaks; and what a person's own page says of their ballots."""

import json

from django.utils.translation import gettext as _

from xieshang.lib import seal
from xieshang.lib.days import moment, short_day

from ..models import CHANNEL_LABELS, Ballot, Decision, LedgerEntry, LedgerLink, RightUsed, Vote
from ..rules import Channel, EntryKind, State
from ..rules.ledger import GENESIS, chain_value, instant, leaf_hash

CHUNK = 2000


def key_of(vote_id: int) -> str:
    """Check code of the key that signs a vote's record: its notice's, else its opening's, before both that of today."""
    noticed = Decision.objects.filter(vote_id=vote_id).values_list("key_code", flat=True).first()
    if noticed:
        return noticed
    opened = LedgerEntry.objects.filter(vote_id=vote_id, kind=EntryKind.OPENED.value).order_by("pk").first()
    return str(json.loads(opened.content)["key"]) if opened else seal.key_code()


def first_broken(vote: Vote) -> int | None:
    """The first position that does not hold: chain, leaf, or what the tables say beside it; None when all is whole.

    Of a vote that is over, an entry that hangs in no chain is named by the position it would have.
    """
    before, expected = GENESIS, 0
    links = LedgerLink.objects.filter(vote=vote).select_related("entry__version").order_by("position")
    for expected, link in enumerate(links.iterator(chunk_size=CHUNK), start=1):
        if link.position != expected or link.before != before or not _is_sound(link):
            return link.position
        before = link.value
    loose = LedgerEntry.objects.filter(vote=vote, link=None)
    return expected + 1 if vote.state != State.OPEN and loose.exists() else None


def _is_sound(link: LedgerLink) -> bool:
    """Whether a link, its entry and the version it tells of agree."""
    entry, content = link.entry, link.entry.content
    if link.value != chain_value(link.before, content) or link.leaf != leaf_hash(content):
        return False
    said, version = json.loads(content), entry.version
    if (said["kind"], said["at"]) != (entry.kind, instant(entry.at)) or entry.vote_id != link.vote_id:
        return False
    return version is None or (said["commitment"], said["receipt"]) == (version.commitment, version.receipt)


def known_ballots(person_id: int) -> dict[str, object]:
    """What is kept of a person's part in votes, for their own page and to take along; what was chosen is left out."""
    ballots = Ballot.objects.filter(cast_by_id=person_id).select_related("vote__matter").order_by("pk")
    secretly = RightUsed.objects.filter(right__person=person_id).select_related("right__vote__matter").order_by("right")
    return {
        "参加过的投票": [
            {
                "编号": ballot.vote.matter.number,
                "问题": ballot.vote.question,
                "时间": moment(ballot.cast_at),
                "方式": str(CHANNEL_LABELS[Channel(ballot.channel)]),
                "回执号": ballot.receipt,
            }
            for ballot in ballots
        ]
        + [
            {
                "编号": used.right.vote.matter.number,
                "问题": used.right.vote.question,
                "日期": short_day(used.on),
                "方式": _("无记名，%s") % CHANNEL_LABELS[Channel(used.channel)],
            }
            for used in secretly
        ]
    }
