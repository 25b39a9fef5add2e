"""The ledger of a vote: what its chain covers, where it breaks, and what a receipt proves."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from xieshang.lib.actor import Actor
from xieshang.lib.text import half_width

from ..models import CHANNEL_LABELS, Ballot, BallotVersion, LedgerLink, Vote
from ..rules import Channel, moment
from ..rules.ledger import GENESIS, chain_value


def first_broken(vote: Vote) -> int | None:
    """The first position whose link does not follow from the ones before; None when the chain is whole."""
    before = GENESIS
    links = LedgerLink.objects.filter(vote=vote).select_related("entry").order_by("position")
    for expected, link in enumerate(links, start=1):
        sound = link.position == expected and link.before == before
        if not sound or link.value != chain_value(before, link.entry.content):
            return link.position
        before = link.value
    return None


def receipt_of(vote: Vote, code: str) -> BallotVersion | None:
    """The ledger's entry for a receipt number as people type it; None when this vote knows no such number."""
    typed = "".join(half_width(code).upper().split()).replace("-", "")
    number = "-".join(typed[start : start + 4] for start in range(0, len(typed), 4))
    return BallotVersion.objects.filter(vote=vote, receipt=number).select_related("ballot").first()


def vote_to_check(actor: Actor, vote_id: int, code: str) -> tuple[Vote, BallotVersion | None, bool]:
    """The vote, the ledger's entry for a number, and whether this actor may see the vote itself.

    Of a vote hidden from this actor something is told only to who has one of its numbers.
    """
    vote = get_object_or_404(Vote.objects.select_related("matter"), pk=vote_id)
    version = receipt_of(vote, code) if code else None
    may_see = Vote.objects.visible_to(actor).filter(pk=vote_id).exists()
    if version is None and not may_see:
        raise Http404
    return vote, version, may_see


def check_address(version: BallotVersion) -> str:
    """The address behind the QR of a receipt: shows whether this ballot is counted, to anybody who has the number."""
    return f"{settings.SITE_URL}{reverse('voting:check', args=[version.vote_id])}?number={version.receipt}"


def receipt_text(vote: Vote, version: BallotVersion) -> str:
    """The receipt to keep as a file, the same bytes every time; it does not show the choice."""
    lines = [
        "投票回执",
        f"投票编号：{vote.matter.number}",
        f"问题：{vote.question}",
        f"回执号：{version.receipt}",
        f"收到时间：{moment(version.cast_at)}（北京时间）",
        f"方式：{CHANNEL_LABELS[Channel(version.channel)]}",
        f"查我的一票在不在：{check_address(version)}",
    ]
    return "\n".join(lines) + "\n"


def known_ballots(person_id: int) -> dict[str, object]:
    """What is kept of a person's part in votes, for their own page and to take along; what was chosen is left out."""
    ballots = Ballot.objects.filter(cast_by_id=person_id).select_related("vote__matter").order_by("pk")
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
    }


def received(version: BallotVersion) -> str:
    """When and how a ballot was received: 11月23日 18:02，线上."""
    return f"{moment(version.cast_at)}，{CHANNEL_LABELS[Channel(version.channel)]}"
