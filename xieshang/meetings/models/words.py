"""What the screen and the record call kinds, states and acts."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..rules import STEP_LABELS, Base, MinutesAct, MinutesStep, State, Step, Way

BASE_LABELS = {
    Base.PERSONS: _("按18周岁以上的人算"),
    Base.HOUSEHOLDS: _("按户算，一户一名代表"),
    Base.MEMBERS: _("按名单算"),
    Base.SIDES: _("按到场的方算"),
    Base.OPEN: _("来的都算，不设人数门槛"),
}
UNIT_WORDS = {
    Base.PERSONS: _("人"),
    Base.HOUSEHOLDS: _("户"),
    Base.MEMBERS: _("人"),
    Base.SIDES: _("方"),
    Base.OPEN: _("人"),
}
# Word, icon and tone of each state.
STATE_LOOKS: dict[State, tuple[str | Promise, str, str]] = {
    State.PLANNED: (_("筹备中"), "clock", "plain"),
    State.NOTICED: (_("已通知"), "clock", "wait"),
    State.ADJOURNED: (_("改日再开"), "calendar", "wait"),
    State.OPEN: (_("正在开"), "circle-play", "go"),
    State.CLOSED: (_("已开完"), "circle-check", "done"),
    State.CANCELLED: (_("已取消"), "circle-minus", "closed"),
}
STATE_LABELS = {state: look[0] for state, look in STATE_LOOKS.items()}
WAY_LABELS = {Way.QR: _("扫码"), Way.CODE: _("签到码"), Way.CLERK: _("签到台")}

# Motions and minutes.
MOTION_VERBS: dict[str, str | Promise] = {
    "bring_motion": _("提出表决事项"),
    "withdraw_motion": _("撤回表决事项"),
    "put_motion": _("付表决"),
    "count_motion": _("表决计票"),
    "recount_motion": _("重新点票"),
}
MINUTES_VERBS: dict[MinutesStep | MinutesAct, str | Promise] = {
    MinutesStep.SEND: _("纪要送签"),
    MinutesStep.TAKE_BACK: _("收回纪要"),
    MinutesStep.CONCLUDE: _("纪要签定"),
    MinutesStep.PUBLISH: _("公布纪要"),
    MinutesAct.REDRAW: _("重新生成纪要"),
    MinutesAct.EDIT: _("修改纪要"),
    MinutesAct.SIGN: _("签纪要"),
    MinutesAct.PAPER: _("登记纸上签字"),
    MinutesAct.REFUSE: _("不签纪要"),
    MinutesAct.ADD: _("补充纪要"),
}
# The acts beside the steps of the course.
ACT_VERBS: dict[str, str | Promise] = {
    "call": _("筹备会议"),
    "ask_people": _("列参会名单"),
    "take_off": _("从参会名单去掉"),
    "add_material": _("放会议材料"),
    "renew_code": _("换签到码"),
    "confirm": _("答复会议通知"),
    "confirm_for": _("代记会议通知的答复"),
    "take_up": _("议下一项"),
    "sign_in_named": _("代为签到"),
    "sign_in_listed": _("按名单签到"),
    "mark_left": _("记下离场"),
    "accept_proxy": _("收下参会委托书"),
    "call_speaker": _("请人发言"),
    "raise_request": _("要求开业委会会议"),
    "sign_request": _("联名要求开会"),
    "unsign_request": _("撤回联名"),
    "reach_request": _("联名够数"),
    "late_request": _("到期没有召集"),
}
VERB_LABELS: dict[str, str | Promise] = {
    **{f"meetings.{step}": STEP_LABELS[step] for step in Step},
    **{f"meetings.{verb}": label for verb, label in (*ACT_VERBS.items(), *MOTION_VERBS.items())},
    **{f"meetings.{verb.value}": label for verb, label in MINUTES_VERBS.items()},
}
