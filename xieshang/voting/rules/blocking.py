"""What stands in the way of counting an owners' vote. Pure."""

from dataclasses import dataclass

from xieshang.lib.refusals import Refusal
from xieshang.lib.refusals import later as _

from .deciding import State

STILL_SEALED = Refusal("still_sealed", _("截止以前谁也看不到票数。"))
PUBLISHED_ALREADY = Refusal(
    "published_already", _("初步结果已经公示。要重新计票，请先由召集人写明理由、提出重新计票。")
)
NOT_COUNTING = Refusal("not_counting", _("这次表决现在不在计票阶段，请看页面上写的下一步。"))
PAPERS_WAIT = Refusal("papers_wait", _("还有{number}张收到的纸质票没有录完，要由两个人各录一遍，请先录完再计票。"))
CONFLICTS_WAIT = Refusal("conflicts_wait", _("还有{number}处一票两投没有定下以哪张为准，请监票人先定。"))
DISPUTES_WAIT = Refusal("disputes_wait", _("还有{number}条共有人的异议没有答复，请先答复再计票。"))
RECOUNT_REASON = Refusal("recount_reason", _("重新计票要写明理由；第一次的结果会留着，两次并排公布。"))


@dataclass(frozen=True, slots=True)
class Loose:
    """How many ends are loose: papers received and not keyed alike, ways used twice, disputes of co-owners."""

    papers: int = 0
    conflicts: int = 0
    disputes: int = 0


def blocks(state: State, loose: Loose, *, is_closed: bool, is_recount: bool, reason: str) -> list[Refusal]:
    """Every reason why the votes cannot be counted now; none if they can."""
    if not is_closed or state in (State.NOTICE, State.VOTING):
        return [STILL_SEALED]
    if state != State.COUNTING:
        return [PUBLISHED_ALREADY if state == State.PRELIM_PUBLICITY else NOT_COUNTING]
    ends = ((PAPERS_WAIT, loose.papers), (CONFLICTS_WAIT, loose.conflicts), (DISPUTES_WAIT, loose.disputes))
    found = [Refusal(no.code, _(no.sentence).format(number=number)) for no, number in ends if number]
    if is_recount and not reason.strip():
        found.append(RECOUNT_REASON)
    return found
