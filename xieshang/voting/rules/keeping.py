"""Guards of the estate's list and of a decision's roll: what refuses a change, a publication, the freezing. Pure."""

from dataclasses import dataclass
from datetime import date

from xieshang.lib.days import short_day
from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

from . import refusals as roll_refusals
from .deciding import State

EDITION_MOVED = Refusal("register_moved", _("您看过之后，别人改过这份名册了。请重新试算，看清楚再导入。"))
ROLL_IS_OUT = Refusal("roll_is_out", _("有一次表决的名册正在公示，要改须一人提出、一人确认，请在那份名册的页面上办。"))
NO_REGISTER = Refusal("no_register", _("这个小区还没有业主名册，请先导入。"))
NO_BASIS = Refusal("sameness_no_basis", _("请写明依据，例如看了哪本不动产权证、谁打电话核对的。"))
ALREADY_ANSWERED = Refusal("sameness_answered", _("这一条已经有人答了，请刷新页面看看。"))

NOT_ON_LIST = Refusal(
    "claim_not_on_list",
    _("和名册对不上。请核对姓名、号码和房号；还是不对的，请带身份证和不动产权证到居委会或业委会当面核对。"),
)
CLAIMED_ALREADY = Refusal("claim_taken", _("这位业主已经认证过了。如果不是您本人或家里人办的，请到居委会当面核对。"))
ASKED_ALREADY = Refusal("claim_asked", _("您的申请已经收到，正在核对，不用再提一次。"))
CLAIM_DECIDED = Refusal("claim_decided", _("这条申请已经有人办了，请刷新页面看看。"))
CLAIM_NEEDS_REASON = Refusal("claim_needs_reason", _("退回要写明原因，让对方知道该带什么来。"))
OWN_CLAIM = Refusal("own_claim", _("自己的申请不能自己核对，请另一位工作人员办。"))

NOT_OPEN = Refusal("roll_not_open", _("名册只在“核对名册”这一步公布和锁定，现在不在这一步。"))
FROZEN = Refusal("roll_frozen", _("名册已经锁定，谁都不能再改。卖了房的，可以登记由谁来投这一票。"))
PUBLISHED = Refusal("roll_published", _("名册已经公布了，不用再公布一次。"))
NOT_PUBLISHED = Refusal("roll_not_published", _("名册还没有公布，请先公布，让业主核对。"))
WINDOW_RUNS = Refusal("roll_window_runs", _("名册的异议期还没有过，最后一天是{last_day}，过后才能锁定。"))
OPEN_QUESTIONS = Refusal(
    "roll_open_questions", _("还有{number}组同名的人没有问清是不是同一个，这会改变人数。请先答完。")
)
UNANSWERED = Refusal("roll_unanswered", _("还有{number}条对名册的异议没有答复，请先逐条答复。"))
CHANGE_WAITS = Refusal("roll_change_waits", _("还有一处对名册的改动等另一个人确认，请先办完。"))
ROLL_MOVED = Refusal(
    "roll_moved", _("名册在公布之后被改过，和公布的不一样了，不能锁定。请撤回这次表决，重新起草、重新公布名册。")
)
NO_WORDS = Refusal("roll_no_words", _("请写清楚，不能空着。"))
OBJECTION_CLOSED = Refusal(
    "roll_objection_closed", _("对名册提异议的时间已经过了（最后一天是{last_day}）。确实登记错了的，请直接联系召集人。")
)
OBJECTION_ANSWERED = Refusal("roll_objection_answered", _("这条异议已经答复过了。"))
SAME_PERSON = Refusal("roll_same_person", _("这件事要两个人办：提出的人不能自己确认，请另一位来。"))
CHANGE_GONE = Refusal("roll_change_gone", _("这处改动已经有人办了，请刷新页面看看。"))
NO_REASON = Refusal("roll_no_reason", _("请写明为什么要改、依据是什么。"))

UNITS_UNKNOWN = Refusal("excluded_unknown", _("名册里没有：{codes}。请照名册写，一行一套。"))
UNITS_NAMED = Refusal("excluded_none", _("请写不计入哪几套，一行一套。"))
NOTHING_LEFT = Refusal("excluded_all", _("这样一套也不剩，没有人可以表决了。请只写规定里不计入的那几套。"))
EXCLUSION_WAITS = Refusal("exclusion_waits", _("已经有一条“不计入”在等另一个人确认，请先办完。"))
EXCLUSION_GONE = Refusal("exclusion_gone", _("这几套已经恢复计入了，请刷新页面看看。"))
NO_PROOF = Refusal("succession_no_proof", _("请附新的不动产权证或者买卖、继承的证明（照片或PDF）。"))

RIGHT_USED = Refusal("succession_used", _("这一票已经投出，或者纸质票已经收到，不能再换人投。"))
VOTE_OVER = Refusal("succession_vote_over", _("投票已经截止，不用再登记由谁来投。"))
NOT_FROZEN = Refusal("succession_not_frozen", _("名册还没有锁定，请直接改名册，不用登记接替。"))
SUCCESSION_WAITS = Refusal("succession_waits", _("这一票已经有一条接替登记在等确认，请先办完。"))


@dataclass(frozen=True, slots=True)
class RollFacts:
    """How a decision's roll stands."""

    state: State
    is_published: bool
    is_frozen: bool
    last_day: date | None
    open_questions: int
    unanswered: int
    change_waits: bool
    is_moved: bool
    heads: int
    area_centi: int


def said(refusal: Refusal, **words: object) -> Refusal:
    """A refusal with its figures."""
    return Refusal(refusal.code, refusal.sentence.format(**words), refusal.source)


def against_publishing(facts: RollFacts) -> list[Refusal]:
    """Every reason why the roll cannot be published now."""
    return [
        *_against_any(facts),
        *([PUBLISHED] if facts.is_published and not facts.is_frozen else []),
        *_of_questions(facts),
        *_of_whole(facts),
    ]


def against_freezing(facts: RollFacts, today: date) -> list[Refusal]:
    """Every reason why the roll cannot be frozen now: the law's order is publish, wait, answer, then freeze."""
    found = _against_any(facts)
    if not facts.is_published:
        return [*found, NOT_PUBLISHED]
    if facts.last_day and today <= facts.last_day:
        found.append(said(WINDOW_RUNS, last_day=short_day(facts.last_day)))
    if facts.unanswered:
        found.append(said(UNANSWERED, number=facts.unanswered))
    found += [CHANGE_WAITS] if facts.change_waits else []
    found += [ROLL_MOVED] if facts.is_moved else []
    return [*found, *_of_questions(facts), *_of_whole(facts)]


def against_objecting(facts: RollFacts, today: date) -> list[Refusal]:
    """Every reason why nobody can object to the roll now."""
    if facts.is_frozen:
        return [FROZEN]
    if not facts.is_published:
        return [NOT_PUBLISHED]
    if facts.last_day and today > facts.last_day:
        return [said(OBJECTION_CLOSED, last_day=short_day(facts.last_day))]
    return []


def _against_any(facts: RollFacts) -> list[Refusal]:
    if facts.is_frozen:
        return [FROZEN]
    return [NOT_OPEN] if facts.state != State.ROSTER_OPEN else []


def _of_questions(facts: RollFacts) -> list[Refusal]:
    return [said(OPEN_QUESTIONS, number=facts.open_questions)] if facts.open_questions else []


def _of_whole(facts: RollFacts) -> list[Refusal]:
    empty = [] if facts.heads else [roll_refusals.NO_HEADS]
    return empty + ([] if facts.area_centi else [roll_refusals.NO_TOTAL_AREA])
