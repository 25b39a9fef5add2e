"""States of papers and proxies, ways of delivery, and what is asked of each. Pure."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _


class PaperState(StrEnum):
    """Where a printed ballot is."""

    ISSUED = "issued"
    RECEIVED = "received"
    KEYED = "keyed"
    VOID = "void"


class ProxyState(StrEnum):
    """Where a written proxy stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    USED = "used"


class DeliveryWay(StrEnum):
    """How a notice and a ballot reached a voter."""

    HAND = "hand"
    DOOR = "door"
    MAIL = "mail"
    ONLINE = "online"
    PHONE = "phone"
    BOARD = "board"


class TakenBy(StrEnum):
    """Who took it; a tenant is not the owner."""

    OWNER = "owner"
    FAMILY = "family"
    TENANT = "tenant"
    NOBODY = "nobody"


class Stands(StrEnum):
    """What stands where two ways were used for one right, or where three readings of a paper all differ."""

    BALLOT = "ballot"
    PAPER = "paper"
    FIRST = "round1"
    SECOND = "round2"
    THIRD = "round3"
    INVALID = "invalid"


READINGS = {1: Stands.FIRST, 2: Stands.SECOND, 3: Stands.THIRD}
Reading = tuple[str, tuple[int, ...]]


def agreed(readings: Sequence[Reading]) -> Reading | None:
    """What two people read alike, blind of each other; None while nobody agrees with anybody."""
    for place, reading in enumerate(readings):
        if reading in readings[:place]:
            return reading
    return None


def stands_by_rule(cast_at: datetime, received_at: datetime, *, paper_wins: bool) -> Stands:
    """First received wins, unless the place's rules say that paper does."""
    return Stands.PAPER if paper_wins or received_at < cast_at else Stands.BALLOT


def takers(*, tenant_counts: bool) -> frozenset[TakenBy]:
    """Into whose hands it must come: the owner's or the family's; a tenant is not the owner."""
    return frozenset({TakenBy.OWNER, TakenBy.FAMILY, *([TakenBy.TENANT] if tenant_counts else [])})


def reached_words(reached: int, by_vote_alone: int) -> str:
    """How many owners were reached, and how many of these only their own ballot shows."""
    words = _("{number}人").format(number=f"{reached:,}")
    if not by_vote_alone:
        return words
    return words + _("（含没有另外登记、已经投票的{number}人）").format(number=f"{by_vote_alone:,}")


def within_limit(taken: int, most: int, *, is_family: bool) -> bool:
    """Whether one agent may act for one more; spouse, parents and children are outside the limit."""
    return is_family or taken < most


OF_ANOTHER_VOTE = Refusal(
    "serial_of_another_vote", _("编号{serial}不是这次表决的票，是“{question}”的。请到那次表决的页面上收。")
)
UNKNOWN_SERIAL = Refusal("unknown_serial", _("没有这个编号的票。请核对票上的编号，或用手机再扫一次。"))
SERIAL_USED = Refusal("serial_used", _("编号{serial}在{when}已经收过了，不用再收。"))
SERIAL_VOID = Refusal("serial_void", _("编号{serial}已经作废，换发过新票。请收编号新的那一张。"))
RIGHT_ON_PAPER = Refusal("right_on_paper", _("这一票在{when}已经收过另一张纸质票，一票只收一张。"))
PAPER_LATE = Refusal("paper_late", _("已截止，编号{serial}的票没有收下。请当面说明，把票退还业主。"))
NOT_ISSUING = Refusal("not_issuing", _("发布会议公告以后、投票截止以前才能印发纸质票。"))
NOT_KEYING = Refusal("not_keying", _("投票截止以后才能开箱录票。"))
STACK_GONE = Refusal(
    "stack_gone",
    _("这一叠已经不在了：读到一半中断了，或者过了一小时清掉了，或者已经存好了。没有存上的，请再选一次文件。"),
)
STACK_IS_READ = Refusal("stack_is_read", _("这一叠还没有读完，请等一会儿。"))
NOT_RECEIVED = Refusal("not_received", _("编号{serial}的票没有在截止前收到，不能录入。"))
KEYED_BY_YOU = Refusal("keyed_by_you", _("这张票您已经录过一遍，第二遍要换一个人录。"))
KEYED_FULLY = Refusal("keyed_fully", _("这张票已经录完了。"))
NOT_BY_THE_RULE = Refusal("not_by_the_rule", _("以哪一张为准要按规则定，不能另选。"))
SAME_PERSON = Refusal("same_person", _("要换一个人确认，不能由提出的人自己确认。"))
CONFLICT_SETTLED = Refusal("conflict_settled", _("这一条已经定下来了。"))
ANOTHER_CHOICE = Refusal("another_choice", _("您和前一位选的不一样，请两位先商量好。"))

NO_SUCH_RIGHT = Refusal("no_such_right", _("没有找到这一户，或者姓名和名册上的不一样。请按房产证上的写。"))
PROXY_OVER_LIMIT = Refusal(
    "proxy_over_limit",
    _(
        "一个人最多代{most}位业主投票（配偶、父母、子女不算在内），这份接受不了。请业主另找一位代理人，或者自己投、领纸质票。"
    ),
)
PROXY_TAKEN = Refusal("proxy_taken", _("这一票已经有一份委托，要先撤回那一份。"))
PROXY_NOT_WAITING = Refusal("proxy_not_waiting", _("这份委托已经处理过了。"))
PROXY_USED = Refusal("proxy_used", _("代理人已经用这份委托投过票，不能撤回。您可以自己再投，以本人的为准。"))
PROXY_TOO_SHORT = Refusal("proxy_too_short", _("委托期限要到投票截止那天或以后。"))
PROXY_FOR_ONESELF = Refusal("proxy_for_oneself", _("这一票您自己就能投，不用委托。"))
ALREADY_CAST = Refusal("already_cast", _("这一票已经投过了，不用再委托。"))

NOT_DELIVERING = Refusal("not_delivering", _("发布会议公告以后才登记送达；投票截止以后发生的送达不算。"))
DELIVERED_LATER = Refusal("delivered_later", _("送达时间要在公告以后，不能晚于现在，也不能晚于投票截止。"))
UNITS_MISSING = Refusal("units_missing", _("请选送到了哪几户。"))
PROOF_MISSING = Refusal("proof_missing", _("一次登记多户，请附一张签收单或张贴的照片。"))
