"""The words in which the record is read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xieshang.community.models.homes import RESIDENCE_STATES
from xieshang.coordination.models import GUIDANCE_LABELS, RHYTHM_LABELS, THREAD_VERB_LABELS
from xieshang.coordination.rules import fourtwo
from xieshang.coordination.rules.guidance import Step as GuidanceStep
from xieshang.coordination.rules.threads import STATE_LABELS as THREAD_STATES
from xieshang.discussion.models import STATE_LABELS as POST_STATES
from xieshang.discussion.models import VERB_LABELS as DISCUSSION_LABELS
from xieshang.meetings.models import STATE_LABELS as MEETING_STATES
from xieshang.meetings.models import VERB_LABELS as MEETING_LABELS
from xieshang.outcomes.models import ITEM_LABELS
from xieshang.outcomes.models import KIND_LABELS as NOTICE_LABELS
from xieshang.topics.models import VERB_LABELS as TOPIC_LABELS
from xieshang.topics.rules import STATE_LABELS as TOPIC_STATES
from xieshang.voting.models import DECISION_LABELS
from xieshang.voting.models import STATE_LABELS as VOTE_STATES

# What a verb of the record is called. Discussion and topics bring their own words.
VERB_LABELS: dict[str, str | Promise] = {
    "accounts.agree": _("同意个人信息说明"),
    "accounts.withdraw_consent": _("撤回个人信息同意"),
    "accounts.close": _("注销账号"),
    "community.set_up": _("批量建社区"),
    "community.found_body": _("登记组织"),
    "community.appoint": _("任职"),
    "community.change_office": _("修改任职"),
    "community.end_office": _("登记任期结束"),
    "community.ask_to_leave": _("提出离任"),
    "community.name_deputy": _("请人代理"),
    "community.end_deputy": _("结束代理"),
    "community.set_rules": _("设定规则"),
    "community.write_rules": _("起草规则"),
    "community.confirm_rules": _("复核规则"),
    "community.drop_rules": _("收回规则草稿"),
    "community.ask_for_home": _("申请认证住房"),
    "community.confirm_home": _("确认住房"),
    "community.return_home": _("退回住房申请"),
    "community.end_residence": _("注销住房认证"),
    "community.let_in": _("共用号码登记"),
    "community.mark_minor": _("标记未成年人"),
    "community.register_resident": _("登入居民名册"),
    "community.strike_resident": _("移出居民名册"),
    "community.help": _("开始代办"),
    "community.help_ended": _("结束代办"),
    **TOPIC_LABELS,
    **MEETING_LABELS,
    **DISCUSSION_LABELS,
    **THREAD_VERB_LABELS,
    "voting.prepare": _("准备意愿征集"),
    "voting.draft_decision": _("起草业主表决"),
    "voting.open": _("开始意愿征集"),
    "voting.replace_trustee": _("换保管人"),
    "voting.register_key": _("登记保管人的钥匙"),
    "voting.hand_out_paper": _("发无记名纸质票"),
    "voting.tally_paper": _("点无记名纸质票"),
    "voting.unseal": _("无记名投票开封"),
    "voting.withdraw_secret": _("撤回无记名投票"),
    "voting.ask_end": _("提出中止无记名投票"),
    "voting.answer_end": _("答复中止无记名投票"),
    "voting.close": _("投票截止"),
    "voting.put_to_room": _("在会上付表决"),
    "voting.close_room": _("会上表决计票"),
    "voting.recount_room": _("会上重新点票"),
    "voting.count": _("计票"),
    "voting.take_named": _("查看带姓名的选票"),
    "voting.send_code": _("发送投票验证码"),
    "voting.issue_papers": _("印发纸质票"),
    "voting.reissue_paper": _("换发纸质票"),
    "voting.take_stack": _("扫描一叠票"),
    "voting.ask_exclusion": _("提出几套不计入表决"),
    "voting.answer_exclusion": _("答复几套不计入表决"),
    "voting.ask_lift": _("提出恢复计入表决"),
    "voting.answer_lift": _("答复恢复计入表决"),
    "voting.set_contract": _("记下物业合同"),
    "voting.open_consent": _("开始住改商核对"),
    "voting.add_party": _("加一位有利害关系的业主"),
    "voting.keep_answers": _("记下住改商答复"),
    "voting.close_consent": _("结束住改商核对"),
    "voting.receive_paper": _("收下纸质票"),
    "voting.key_paper": _("录入纸质票"),
    "voting.settle_conflict": _("处理重票"),
    "voting.cast_at_door": _("上门代办投票"),
    "voting.offer_proxy": _("交委托书"),
    "voting.accept_proxy": _("接受委托"),
    "voting.refuse_proxy": _("不接受委托"),
    "voting.withdraw_proxy": _("撤回委托"),
    "voting.record_delivery": _("登记送达"),
    "voting.dispute": _("对投票提出异议"),
    "voting.settle_dispute": _("答复投票异议"),
    "voting.import_register": _("导入业主名册"),
    "voting.answer_same_name": _("认定同名业主"),
    "voting.claim_owner": _("申请认证业主身份"),
    "voting.decide_claim": _("核对业主身份"),
    "voting.publish_roll": _("公布表决权名册"),
    "voting.object_to_roll": _("对名册提异议"),
    "voting.answer_roll_objection": _("答复名册异议"),
    "voting.ask_roll_change": _("提出改名册"),
    "voting.answer_roll_change": _("确认改名册"),
    "voting.freeze_roll": _("锁定表决权名册"),
    "voting.write_succession": _("登记接替投票的新业主"),
    "voting.confirm_succession": _("确认接替投票的新业主"),
    **{f"coordination.fourtwo_{step}": label for step, label in fourtwo.STEP_LABELS.items()},
    "coordination.begin_fourtwo": _("发起四议两公开"),
    "coordination.redraft_fourtwo": _("改四议两公开的方案"),
    "coordination.draft_resolution": _("起草决议公告"),
    "coordination.ask_guidance": _("请求指导意见"),
    "coordination.give_guidance": _("提出指导意见"),
    "coordination.answer_guidance": _("答复指导意见"),
    "coordination.take_back_guidance": _("收回指导请求"),
    "coordination.withdraw_guidance": _("撤回指导意见"),
    "coordination.guidance_overdue": _("指导意见到期未提或未答"),
    "coordination.enter_term": _("登记业委会任期"),
    "coordination.hand_over": _("登记交接"),
    "coordination.file_paper": _("登记备案材料"),
    "coordination.add_scan": _("存材料扫描件"),
    "coordination.recuse": _("登记回避"),
    "coordination.term_alarm": _("任期提醒"),
    "coordination.set_rhythm": _("定下多久研究一次"),
    "coordination.call_study": _("召集定期研究"),
    "coordination.call_study_meeting": _("召集研究会"),
    "coordination.gather_points": _("补进研究议程"),
    "coordination.add_point": _("加一条研究议程"),
    "coordination.drop_point": _("去掉一条研究议程"),
    "coordination.record_study": _("记录定期研究"),
    "coordination.answer_help": _("答复社区请求的帮助"),
    "coordination.study_reminder": _("定期研究提醒"),
    "outcomes.draft": _("起草公示或公告"),
    "outcomes.redraft": _("改公示或公告的稿子"),
    "outcomes.return_draft": _("退回公示或公告的稿子"),
    "outcomes.publish": _("发布公示或公告"),
    "outcomes.correct": _("更正公示或公告"),
    "outcomes.withdraw": _("撤下公示或公告"),
    "outcomes.record_posting": _("登记张贴"),
    "outcomes.object": _("提出异议"),
    "outcomes.answer_objections": _("答复异议"),
    "outcomes.appeal": _("对异议答复申诉"),
    "outcomes.answer_appeal": _("答复申诉"),
    "outcomes.set_item": _("定下要办的事"),
    "outcomes.drop_item": _("取消要办的事"),
    "outcomes.report_progress": _("报告进展"),
    "outcomes.report_done": _("报告办好"),
    "outcomes.verify_item": _("确认办好"),
    "outcomes.reopen_item": _("退回重办"),
    "outcomes.move_due": _("改期"),
    "outcomes.item_overdue": _("逾期未办"),
    "outcomes.rate": _("评价"),
    "home.file": _("归档"),
    "home.give": _("移交案卷"),
    "home.receive": _("接收案卷"),
    "home.take_back": _("收回移交"),
}

# What stood before and after, by app, or by verb where a word means another thing there; what is not here, such as
# a number or a day, is readable as it is.
STATE_WORDS: dict[str, dict[str, str | Promise]] = {
    "community": {state.value: words[0] for state, words in RESIDENCE_STATES.items()},
    "coordination": {state.value: word for state, word in THREAD_STATES.items()},
    "topics": {state.value: word for state, word in TOPIC_STATES.items()},
    **{
        f"coordination.fourtwo_{step}": {state.value: word for state, word in fourtwo.STATE_LABELS.items()}
        for step in fourtwo.Step
    },
    "coordination.set_rhythm": {rhythm.value: word for rhythm, word in RHYTHM_LABELS.items()},
    **{
        f"coordination.{step}_guidance": {state.value: word for state, word in GUIDANCE_LABELS.items()}
        for step in GuidanceStep
    },
    "meetings": {state.value: word for state, word in MEETING_STATES.items()},
    "discussion": {state.value: word for state, word in POST_STATES.items()},
    "voting": {
        **{state.value: word for state, word in (*VOTE_STATES.items(), *DECISION_LABELS.items())},
        # A claim to be an owner.
        "asked": _("等当面核对"),
        "confirmed": _("已认证"),
        "returned": _("退回"),
        "ended": _("已结束"),
    },
    "voting.answer_same_name": {"open": _("还没有回答"), "same": _("是同一人"), "different": _("不是同一人")},
    "outcomes": {
        **{state.value: word for state, word in ITEM_LABELS.items()},
        **{kind.value: word for kind, word in NOTICE_LABELS.items()},
        "sustained": _("成立"),
        "not_sustained": _("不成立"),
        "upheld": _("申诉成立"),
        "dismissed": _("申诉不成立"),
    },
}
