"""What the screen calls states, steps, kinds and people; glosses for the words of officials."""

from dataclasses import dataclass

from xieshang.lib.refusals import later as _

from .states import Nature, PartyMeeting, PartyOpinion, State, Step, TopicKind, Who

STATE_LABELS: dict[State, str] = {
    State.DRAFT: _("草稿"),
    State.SUBMITTED: _("待审核"),
    State.REJECTED_CONTENT: _("未通过审核"),
    State.SCREENING: _("待受理"),
    State.DISPATCHED: _("已转办"),
    State.HANDLED: _("已处理"),
    State.REDIRECTED: _("转其他渠道"),
    State.RETURNED: _("已退回"),
    State.MERGED: _("已并入"),
    State.PARTY_REVIEW: _("待研究"),
    State.ANNOUNCED: _("预告中"),
    State.DELIBERATING: _("协商讨论"),
    State.OPINION_FORMED: _("形成意见"),
    State.VOTING: _("意愿征集"),
    State.ESCALATED: _("上会决定"),
    State.PUBLICITY: _("公示中"),
    State.TO_OWNERS: _("待业主表决"),
    State.ADOPTED: _("已采纳"),
    State.IMPLEMENTING: _("办理中"),
    State.FEEDBACK: _("已反馈"),
    State.EVALUATED: _("已评价"),
    State.ARCHIVED: _("已归档"),
    State.CLOSED: _("已办结"),
    State.CORRECTED: _("更正中"),
    State.WITHDRAWN: _("已撤回"),
}

STEP_LABELS: dict[Step, str] = {
    Step.SUBMIT: _("提交"),
    Step.WITHDRAW: _("撤回"),
    Step.MEND: _("修改"),
    Step.EXPIRE: _("到期没有补充或申诉，视为撤回"),
    Step.ADMIT: _("审核通过"),
    Step.REJECT_CONTENT: _("不予通过"),
    Step.APPEAL: _("申诉"),
    Step.UPHOLD_APPEAL: _("申诉成立"),
    Step.DISMISS_APPEAL: _("申诉不成立"),
    Step.ACCEPT: _("受理"),
    Step.DISPATCH: _("转办"),
    Step.REDIRECT: _("转其他渠道"),
    Step.RETURN_TO_AUTHOR: _("退回补充"),
    Step.MERGE: _("并入另一件"),
    Step.REPORT_HANDLED: _("办好了"),
    Step.CONFIRM_SOLVED: _("确认已解决"),
    Step.REPORT_UNSOLVED: _("还没解决"),
    Step.TAKE_AS_SOLVED: _("到期无人说没解决"),
    Step.ANSWER_REDIRECT: _("对方已答复"),
    Step.REFUSE_REDIRECT: _("对方不接"),
    Step.AGREE: _("同意开展协商"),
    Step.PARTY_RETURN: _("研究后退回"),
    Step.RECORD_NO_ANSWER: _("党组织到期未答复，报上级"),
    Step.ANNOUNCE: _("发布预告"),
    Step.OPEN_DISCUSSION: _("开始讨论"),
    Step.FORM_OPINION: _("形成协商意见"),
    Step.REVISE_OPINION: _("修改协商意见"),
    Step.CONFIRM_OPINION: _("确认协商意见"),
    Step.REOPEN_DISCUSSION: _("重新讨论"),
    Step.OPEN_POLL: _("发起意愿征集"),
    Step.CLOSE_POLL: _("意愿征集截止"),
    Step.ESCALATE: _("提交会议决定"),
    Step.RECORD_DECISION: _("记下会议决定"),
    Step.SEND_BACK: _("会议请大家再商量"),
    Step.PUBLISH_NOTICE: _("公示结果"),
    Step.SUSTAIN_OBJECTION: _("异议成立，修改意见"),
    Step.ADOPT: _("公告采纳"),
    Step.HAND_TO_OWNERS: _("转交业主表决"),
    Step.OWNERS_PASSED: _("业主表决通过"),
    Step.OWNERS_FAILED: _("业主未形成有效决定"),
    Step.CLOSE_UNCONVENED: _("到期未召集业主表决"),
    Step.START_IMPLEMENTING: _("开始办理"),
    Step.PUBLISH_FEEDBACK: _("反馈办理结果"),
    Step.NOT_SOLVED: _("没解决，继续办"),
    Step.EVALUATE: _("评价结束"),
    Step.ARCHIVE: _("归档"),
    Step.CORRECT: _("责令更正"),
    Step.REDO_OPINION: _("重新形成意见"),
    Step.CLOSE_CORRECTED: _("更正后办结"),
    Step.SUSPEND: _("暂停"),
    Step.RESUME: _("恢复"),
}

KIND_LABELS: dict[TopicKind, str] = {
    TopicKind.PUBLIC_AFFAIRS: _("关系大家切身利益的公共事务、公益事业"),
    TopicKind.PRACTICAL_PROBLEM: _("大家反映强烈的实际困难和矛盾纠纷"),
    TopicKind.POLICY: _("党和政府的政策在本地怎么落实"),
    TopicKind.REQUIRED_BY_LAW: _("法律和政策要求协商的事"),
    TopicKind.ASKED_BY_PARTY: _("参加协商的一方提出的事"),
}

KIND_SHORT_LABELS: dict[TopicKind, str] = {
    TopicKind.PUBLIC_AFFAIRS: _("公共事务"),
    TopicKind.PRACTICAL_PROBLEM: _("困难和纠纷"),
    TopicKind.POLICY: _("政策落实"),
    TopicKind.REQUIRED_BY_LAW: _("依法协商"),
    TopicKind.ASKED_BY_PARTY: _("一方提议"),
}

NATURE_LABELS: dict[Nature, str] = {
    Nature.ADVISORY: _("社区协商（供参考）"),
    Nature.OWNERS: _("业主共同决定"),
    Nature.RESIDENTS_MEETING: _("居民会议决定"),
    Nature.VILLAGERS_MEETING: _("村民会议决定"),
}

PARTY_OPINION_LABELS: dict[PartyOpinion, str] = {
    PartyOpinion.NONE: _("还没有答复"),
    PartyOpinion.AGREED: _("同意开展协商"),
    PartyOpinion.NO_ANSWER: _("到期未答复，已报上级"),
}

PARTY_MEETING_LABELS: dict[PartyMeeting, str] = {
    PartyMeeting.COMMITTEE: _("支委会（党委会）"),
    PartyMeeting.MEMBERS: _("党员大会"),
}

WHO_LABELS: dict[Who, str] = {
    Who.AUTHOR: _("提出人"),
    Who.RESIDENTS: _("邻居们"),
    Who.PARTIES: _("参加协商的各方"),
    Who.COMMITTEE: _("居委会"),
    Who.SECRETARY: _("社区党组织书记"),
    Who.RECEIVER: _("接手的单位"),
    Who.STREET: _("街道（乡镇）"),
    Who.CONVENER: _("业主表决的召集人"),
    Who.RESPONSIBLE: _("办理单位"),
    Who.SYSTEM: _("到期自动"),
}

GLOSS: dict[str, str] = {
    _("受理"): _("居委会接手这件事"),
    _("研究"): _("党组织开会看能不能议"),
    _("预告"): _("提前告诉大家议什么"),
    _("协商意见"): _("大家商量出的看法"),
    _("意愿征集"): _("问问大家愿不愿意"),
    _("公示"): _("先贴出来听异议"),
    _("公告"): _("告诉大家定下来了"),
    _("异议"): _("您认为结果不对"),
    _("采纳"): _("意见定下来要办"),
    _("转办"): _("交给能修的人去办"),
    _("办结"): _("这件事到此结束"),
    _("归档"): _("材料收好以后可查"),
    _("反馈"): _("告诉大家办得怎样"),
}


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next and whose turn it is."""

    words: str
    who: Who | None = None


# The word of the state once the Party organisation has agreed: what is waited for is the notice.
STUDIED = _("待预告")
# What was put right without being talked over: nobody may have rated it yet.
SOLVED = _("已解决")
POLLED = _("意愿征集已截止")
NEXT_AFTER_STUDY = Next(_("党组织已同意，居委会发布预告"), Who.COMMITTEE)
NEXT_AFTER_CONFIRMING = Next(_("征集大家的意愿，或者写好公示稿交书记发布"), Who.COMMITTEE)
NEXT_AFTER_DRAFT = Next(_("书记核对公示稿，发布公示"), Who.SECRETARY)
NEXT_AFTER_POLL = Next(_("写好公示稿，交书记发布"), Who.COMMITTEE)
NEXT_WORDS: dict[State, Next] = {
    State.DRAFT: Next(_("写好后提交"), Who.AUTHOR),
    State.SUBMITTED: Next(_("工作人员看过后转给居委会受理"), Who.COMMITTEE),
    State.REJECTED_CONTENT: Next(_("不同意可以申诉，由另一位工作人员复核"), Who.AUTHOR),
    State.SCREENING: Next(_("居委会决定受理、转办或退回"), Who.COMMITTEE),
    State.DISPATCHED: Next(_("办好后上传照片或说明"), Who.RESPONSIBLE),
    State.HANDLED: Next(_("邻居们说说解决了没有，到期没人说没解决就算解决"), Who.RESIDENTS),
    State.REDIRECTED: Next(_("等接手的一方答复"), Who.RECEIVER),
    State.RETURNED: Next(_("补充后可以再提交，到期不补充视为撤回"), Who.AUTHOR),
    State.PARTY_REVIEW: Next(_("党组织研究，同意后居委会发预告"), Who.SECRETARY),
    State.ANNOUNCED: Next(_("预告期满后开始讨论"), Who.COMMITTEE),
    State.DELIBERATING: Next(_("大家发表意见、开协商会，然后形成协商意见"), Who.PARTIES),
    State.OPINION_FORMED: Next(_("各方确认意见，然后征集意愿或公示"), Who.COMMITTEE),
    State.VOTING: Next(_("截止后公布人数和结果"), Who.RESIDENTS),
    State.ESCALATED: Next(_("由居民（村民）会议或代表会议决定"), Who.COMMITTEE),
    State.PUBLICITY: Next(_("公示期满、异议都答复后往下走"), Who.SECRETARY),
    State.TO_OWNERS: Next(_("召集业主表决，由业主共同决定"), Who.CONVENER),
    State.ADOPTED: Next(_("办理单位开始办"), Who.RESPONSIBLE),
    State.IMPLEMENTING: Next(_("按期办好，再向大家反馈"), Who.RESPONSIBLE),
    State.FEEDBACK: Next(_("请邻居们评价办得怎么样"), Who.RESIDENTS),
    State.EVALUATED: Next(_("整理材料归档"), Who.COMMITTEE),
    State.CORRECTED: Next(_("修改协商意见，或者办结"), Who.COMMITTEE),
    State.ARCHIVED: Next(_("已经结束，材料可查")),
    State.CLOSED: Next(_("已经结束，答复可查")),
    State.MERGED: Next(_("请到并入的那一件看进展")),
    State.WITHDRAWN: Next(_("已经结束")),
}
