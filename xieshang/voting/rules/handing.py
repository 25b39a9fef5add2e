"""Handing in an owners' ballot: which of one's rights is still open, and why another is not. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

from .kinds import Channel

CODE_DIGITS = 6
CODE_SECONDS = 300
CODE_TRIES = 5


class Hold(StrEnum):
    """How a right stands towards somebody who may cast it."""

    FREE = "free"
    MAY_CHANGE = "may_change"
    VOTED = "voted"
    CO_OWNER_VOTED = "co_owner_voted"
    OWNER_VOTED = "owner_voted"
    ON_PAPER = "on_paper"


@dataclass(frozen=True, slots=True)
class Cast:
    """The ballot that stands for a right: its channel, and whether this person's own hand cast it."""

    channel: Channel
    is_own: bool


def hold_of(cast: Cast | None, *, on_paper: bool, is_agent: bool, allow_change: bool) -> Hold:
    """Paper that was received shuts the other ways; an owner's own vote goes before the agent's, whatever the rule."""
    if on_paper:
        return Hold.ON_PAPER
    if cast is None:
        return Hold.FREE
    if cast.is_own:
        return Hold.MAY_CHANGE if allow_change else Hold.VOTED
    if is_agent:
        return Hold.OWNER_VOTED
    return Hold.MAY_CHANGE if cast.channel == Channel.PROXY else Hold.CO_OWNER_VOTED


OPEN_HOLDS = frozenset({Hold.FREE, Hold.MAY_CHANGE})

HOLD_SENTENCES = {
    Hold.VOTED: _("您已经投过了（{channel}，{when}），这次表决投出后不能改。"),
    Hold.CO_OWNER_VOTED: _("这一票已经由{who}投过了（{channel}，{when}）。共有的房屋合起来一票，以先投的为准。"),
    Hold.OWNER_VOTED: _("业主本人已经投过了（{channel}，{when}），以本人的为准，您不用再代投。"),
    Hold.ON_PAPER: _("您的纸质票已经在{when}收到，线上不能再投。截止后开箱录入，和线上票一起计算。"),
}

NO_PHONE = Refusal(
    "no_phone", _("您还没有登记手机号码，收不到验证码。请到居委会登记，也可以领一张纸质票。"), "电子签名法第13条"
)
SHARED_PHONE = Refusal(
    "shared_phone",
    _("您的手机号码和家人共用，验证码不能说明是您本人。请换成自己的号码，也可以领一张纸质票或请人上门代办。"),
    "电子签名法第13条",
)
TOO_MANY_TEXTS = Refusal("too_many_texts", _("验证码发得太多了，请过一个小时再试，也可以领一张纸质票。"))
JUST_SENT = Refusal("just_sent", _("验证码刚发过，要等{seconds}秒才能再发。先前那条还有效，收到了直接填在下面就行。"))
JUST_USED = Refusal("just_used", _("刚发过一条验证码，已经用过了。请等{seconds}秒再发新的。"))
CODE_MISSING = Refusal("code_missing", _("请填写短信里的6位验证码，再确认投票。"))
CODE_WRONG = Refusal("code_wrong", _("验证码不对，请看一看最近一条短信。"))
CODE_OVER = Refusal("code_over", _("验证码已经过期或试错太多，请再要一个。您选好的内容还在。"))
AT_THE_DOOR = Refusal(
    "at_the_door", _("业主的票不能这样代投。请用“上门代办”，要有业主签名的那张纸的照片。"), "电子签名法第14条"
)
NOT_THE_SIGNER = Refusal("not_the_signer", _("签名的人不在这一票的业主里。请核对姓名，要和名册上写的一样。"))
SIGNED_LATER = Refusal("signed_later", _("签名时间要在投票时间里面，也不能晚于现在。"))
SHEET_MISSING = Refusal("sheet_missing", _("请拍下业主签名的那张纸，再提交。"))
ALREADY_THERE = Refusal("already_there", _("这一票已经投过了，不能再代办。业主想改，请本人在线上改。"))

NOT_YOUR_UNIT = Refusal("not_your_unit", _("只有这一票的其他业主可以提出异议。"))
DISPUTE_WORDS = Refusal("dispute_words", _("请写一句为什么这一票不对。"))
DISPUTED_ALREADY = Refusal("disputed_already", _("您已经提出过异议，请等计票人答复。"))
DISPUTE_SETTLED = Refusal("dispute_settled", _("这条异议已经答复过了。"))
REASON_MISSING = Refusal("reason_missing", _("请写明理由。"))
COUNTED_ALREADY = Refusal("counted_already", _("票已经计完，不能再改。要重计，请先由召集人提出。"))
