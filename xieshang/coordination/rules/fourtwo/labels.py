"""What the screen calls states, steps and people."""

from xieshang.lib.refusals import later as _

from .course import State, Step, Who
from .stages import Stage

STATE_LABELS: dict[State, str] = {
    State.BEGUN: _("等党支部提议"),
    State.PROPOSED: _("等“两委”商议"),
    State.DISCUSSED: _("等党员大会审议"),
    State.REVIEWED: _("等会议决议"),
    State.RESOLVED: _("等公开决议"),
    State.RESOLUTION_PUBLISHED: _("决议公开中"),
    State.IMPLEMENTING: _("实施中"),
    State.RESULT_PUBLISHED: _("结果已公开"),
    State.REFUSED: _("会议没有通过"),
    State.WITHDRAWN: _("已撤回"),
}
STEP_LABELS: dict[Step, str] = {
    Step.PROPOSE: _("党支部提议"),
    Step.DISCUSS: _("“两委”商议"),
    Step.REVIEW: _("党员大会审议"),
    Step.RESOLVE: _("会议决议"),
    Step.SAY_NO: _("没有通过，这一稿到此为止"),
    Step.PUBLISH_RESOLUTION: _("公开决议"),
    Step.SUSTAIN_OBJECTION: _("异议成立，重新提议"),
    Step.START: _("开始实施"),
    Step.ENTER_ACCOUNT: _("填报收支"),
    Step.PASS_CHECK: _("监督委员会审核通过"),
    Step.FAIL_CHECK: _("监督委员会审核没有通过"),
    Step.PUBLISH_RESULT: _("公开实施结果"),
    Step.WITHDRAW: _("撤回"),
}
STAGE_LABELS: dict[Stage, str] = {
    Stage.PROPOSAL: _("党支部提议"),
    Stage.DISCUSSION: _("“两委”商议"),
    Stage.REVIEW: _("党员大会审议"),
    Stage.RESOLUTION: _("会议决议"),
    Stage.DISCLOSURE: _("决议公开"),
    Stage.RESULT: _("结果公开"),
}
STAGE_WHAT: dict[Stage, str] = {
    Stage.PROPOSAL: _("党支部听取群众意见后提出来。"),
    Stage.DISCUSSION: _("党组织和村（居）委会坐到一起，人人发表意见再表决。"),
    Stage.REVIEW: _("党员大会审议，过半数党员同意。"),
    Stage.RESOLUTION: _("村（居）民会议或者代表会议作出决议。"),
    Stage.DISCLOSURE: _("决议在党务、村（居）务公开栏公开够天数，有意见可以提。"),
    Stage.RESULT: _("办完以后监督委员会审核，连同收支一起公开。"),
}
WHO_LABELS: dict[Who, str] = {
    Who.SECRETARY: _("党组织书记"),
    Who.COMMITTEE: _("村（居）委会"),
    Who.SUPERVISORS: _("监督委员会"),
    Who.RESPONSIBLE: _("承办单位"),
    Who.SYSTEM: _("到期自动"),
}
BOARDS = (_("党务公开栏"), _("村（居）务公开栏"))


def local(words: str, *, village: bool) -> str:
    """Words for both as one place says them: 村（居）委会 is 村委会 in a village and 居委会 in a town."""
    return str(words).replace("村（居）", "村" if village else "居")
