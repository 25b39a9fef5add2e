"""Receipts: what they say, what they prove, and what is shown to somebody in whose name nothing stands."""

import json
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.lib import seal
from xieshang.lib.actor import Actor
from xieshang.lib.addresses import whole_address
from xieshang.lib.days import moment
from xieshang.lib.text import half_width

from ..models import CHANNEL_LABELS, BallotVersion, Dispute, LedgerEntry, LedgerLink, Right, TreeHead, Vote
from ..rules import Channel, EntryKind, Kind, Mark, entries
from ..rules.entries import digest, slot_of
from ..rules.ledger import canonical, inclusion_proof, instant, leaf_hash
from ..rules.rolls import opening_salt
from .ledger import key_of

FORMAT = "xieshang-receipt/1"
AN_HOUR = 3600


def receipt_of(vote: Vote, code: str) -> BallotVersion | None:
    """The ledger's entry for a receipt number as people type it; None when this vote knows no such number."""
    typed = "".join(half_width(code).upper().split()).replace("-", "")
    number = "-".join(typed[start : start + 4] for start in range(0, len(typed), 4))
    return BallotVersion.objects.filter(vote=vote, receipt=number).select_related("ballot", "entry").first()


def is_secret(vote_id: int) -> bool:
    """Whether what is asked after is a secret vote, of which there is a list and no receipt."""
    return Vote.objects.filter(pk=vote_id, kind=Kind.SECRET.value).exists()


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
    return f"{whole_address('voting:check', version.vote_id)}?number={version.receipt}"


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
        "下面一行给核验程序看，不要改动：",
        receipt_line(vote, version),
    ]
    return "\n".join(lines) + "\n"


def receipt_picture(vote: Vote, version: BallotVersion) -> list[dict[str, object]]:
    """The words on the picture of a receipt, each with its size and weight; it does not show the choice."""
    return [
        {"text": _("投票回执"), "size": 40, "weight": "700"},
        {"text": vote.question, "size": 28, "weight": "400"},
        {"text": version.receipt, "size": 44, "weight": "700"},
        {"text": _("%s收到") % received(version), "size": 26, "weight": "400"},
        {"text": vote.matter.number, "size": 26, "weight": "400"},
        {"text": _("扫码查这一票在不在，看不出选了什么。请自己留着，不要发到群里。"), "size": 26, "weight": "400"},
    ]


def received(version: BallotVersion) -> str:
    """When and how a ballot was received: 11月23日 18:02，线上."""
    return f"{moment(version.cast_at)}，{CHANNEL_LABELS[Channel(version.channel)]}"


@dataclass(frozen=True, slots=True)
class ReceiptStanding:
    """Whether the ballot behind a receipt counts, in a sentence; never what was chosen."""

    title: str
    text: str
    tone: str
    icon: str


def standing_of(version: BallotVersion) -> ReceiptStanding:
    """How the ballot of a receipt stands: it counts, another one stands in its place, or co-owners disagree."""
    ballot, when = version.ballot, {"when": received(version)}
    if version.receipt != ballot.receipt:
        return _replaced(version)
    disputes = list(Dispute.objects.filter(ballot=ballot).order_by("-pk"))
    if ballot.mark == Mark.DISPUTED or any(one.upheld for one in disputes):
        reason = next((one.reason for one in disputes if one.upheld), "")
        text = _("%(when)s收下。共有人的异议成立：%(reason)s") % {**when, "reason": reason}
        return ReceiptStanding(_("在，但是不计入"), text, "closed", "users")
    if any(one.settled_at is None for one in disputes):
        text = _("%(when)s收下。计票人处理异议以后，这里会写明计不计入。") % when
        return ReceiptStanding(_("在，共有人有异议"), text, "wait", "users")
    return ReceiptStanding(_("在，这一票已经收下"), when["when"], "go", "circle-check")


def _replaced(version: BallotVersion) -> ReceiptStanding:
    if version.ballot.channel == Channel.PAPER and version.channel != Channel.PAPER:
        text = _("同一个表决权还交了纸质票，两个人按公告写明的规则确认过。")
        return ReceiptStanding(_("这一票改以纸质票为准"), text, "wait", "repeat")
    text = _("这张回执是改投之前的，计票时算后来那张，请查后来的回执号。")
    return ReceiptStanding(_("这张票后来改投过"), text, "wait", "repeat")


def receipt_line(vote: Vote, version: BallotVersion) -> str:
    """The signed line of a receipt: format, signature, fields. For ever the same bytes.

    Its head is the one that the entry names as the last when it was written. Its nonce is made from the secret one,
    which together with the public commitment would tell the choice.
    """
    entry = version.entry
    head = TreeHead.objects.filter(vote=vote, size=_head_in(entry.content)).first()
    shown: dict[str, object] = {}
    if head:
        shown = {"size": head.size, "root": head.root, "chain": head.chain, "at": instant(head.at)}
    fields = entries.receipt_content(
        vote=vote.matter.number,
        receipt=version.receipt,
        at=instant(version.cast_at),
        leaf=leaf_hash(entry.content),
        nonce=digest({"nonce": version.nonce}),
        head=shown,
    )
    content = canonical(fields)
    return f"{FORMAT} {seal.sign(content.encode(), key_of(vote.pk))} {content}"


def _head_in(content: str) -> int:
    return int(json.loads(content).get("head", 0))


def receipt_details(vote: Vote, version: BallotVersion) -> list[dict[str, str]]:
    """What a machine checks on a receipt, as labelled facts for those who want to see it."""
    _format, signature, content = receipt_line(vote, version).split(" ", 2)
    fields = json.loads(content)
    head = fields["head"]
    root = f"{head['root']}（{_('前%s条') % head['size']}）" if head else _("那时还没有")
    return [
        {"label": _("叶子值"), "value": fields["leaf"]},
        {"label": _("随机数"), "value": fields["nonce"]},
        {"label": _("投票时最后的树根"), "value": root},
        {"label": _("签名"), "value": signature},
    ]


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is in the ledger under its last signed head; size 0 where no head covers it yet."""

    position: int
    size: int
    leaf: str
    path: list[str]
    root: str
    when: str


def proof_of(version: BallotVersion) -> Proof | None:
    """The inclusion proof of a ballot's entry; None before it is chained."""
    link = LedgerLink.objects.filter(entry__version=version).first()
    if link is None:
        return None
    head = TreeHead.objects.filter(vote_id=version.vote_id, size__gte=link.position).order_by("-size").first()
    if head is None:
        return Proof(link.position, 0, link.leaf, [], "", "")
    path = cache.get_or_set(
        f"voting:proof:{version.vote_id}:{head.size}:{link.position}",
        lambda: inclusion_proof(_leaves(version.vote_id, head.size), link.position - 1),
        AN_HOUR,
    )
    return Proof(link.position, head.size, link.leaf, path or [], head.root, moment(head.at))


def _leaves(vote_id: int, size: int) -> list[str]:
    links = LedgerLink.objects.filter(vote_id=vote_id, position__lte=size).order_by("position")
    return list(links.values_list("leaf", flat=True))


@dataclass(frozen=True, slots=True)
class MyPlace:
    """A right of this reader as the ledger knows it: its sign, and what stands under it."""

    slot: str
    stands: bool


def my_places(actor: Actor, vote: Vote) -> list[MyPlace]:
    """For every right this reader may cast, whether anything stands in the ledger in its name."""
    rights = Right.objects.filter(vote=vote, holders__person_id=actor.person_id or 0).exclude(salt="")
    slots = [slot_of(opening_salt(salt)) for salt in rights.order_by("pk").values_list("salt", flat=True)]
    return [MyPlace(slot, _is_named(vote, slot)) for slot in slots]


def _is_named(vote: Vote, slot: str) -> bool:
    """As the slot of an entry, or among the rights used that close a secret vote."""
    entries_of = LedgerEntry.objects.filter(vote=vote)
    in_closing = Q(kind=EntryKind.CLOSED.value, content__contains=f'"{slot}"')
    return entries_of.filter(Q(content__contains=f'"slot":"{slot}"') | in_closing).exists()
