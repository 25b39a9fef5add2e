"""What a place, or the assembly's own rules, may set for owners' decisions; each with its source.

Copied when a decision is drafted, so that nobody moves the goalposts of one that runs.
"""

from collections.abc import Mapping

from xieshang.community.rules import Rule, RuleBook
from xieshang.lib.refusals import later as _

KIND = "assembly"
Value = int | str | bool

DEFAULTS: dict[str, Value] = {
    "assembly.notice_days": 15,
    "assembly.window_days_least": 5,
    "assembly.window_days_most": 60,
    "assembly.party_answer_workdays": 5,
    "assembly.roll_objection_days": 7,
    "assembly.count_workdays": 3,
    "assembly.inquiry_days": 5,
    "assembly.announce_days": 3,
    "assembly.extension_days_most": 15,
    "assembly.may_extend": False,
    "assembly.may_change_vote": True,
    "assembly.paper_wins": False,
    "assembly.invalid_participates": False,
    "assembly.blank_is_abstain": False,
    "assembly.deemed": "none",
    "assembly.deemed_for_special": False,
    "assembly.parking": "exclude",
    "assembly.proxies_most": 3,
    "assembly.tenant_receipt_counts": False,
    "assembly.smaller_scope_allowed": False,
    "assembly.official_evote_required": False,
    "assembly.board_seats_least": 5,
    "assembly.board_seats_most": 11,
}
SOURCES: dict[str, str] = {
    "assembly.notice_days": "物业管理条例第14条",
    "assembly.window_days_least": "平台默认",
    "assembly.window_days_most": "杭州市物业管理条例第20条（他地做法）",
    "assembly.party_answer_workdays": "平台默认",
    "assembly.roll_objection_days": "业主大会和业主委员会指导规则第12条（参照）",
    "assembly.count_workdays": "平台默认",
    "assembly.inquiry_days": "平台默认（绵阳市做法）",
    "assembly.announce_days": "北京市物业管理条例第37条（他地做法）",
    "assembly.extension_days_most": "平台默认",
    "assembly.may_extend": "业主大会议事规则",
    "assembly.may_change_vote": "平台默认",
    "assembly.paper_wins": "平台默认",
    "assembly.invalid_participates": "业主大会议事规则（法律没有规定）",
    "assembly.blank_is_abstain": "业主大会议事规则（法律没有规定）",
    "assembly.deemed": "业主大会议事规则（指导规则第26条）",
    "assembly.deemed_for_special": "平台默认",
    "assembly.parking": "业主大会议事规则（指导规则第25条）",
    "assembly.proxies_most": "平台默认（全国没有规定）",
    "assembly.tenant_receipt_counts": "业主大会议事规则",
    "assembly.smaller_scope_allowed": "当地规定",
    "assembly.official_evote_required": "当地规定",
    "assembly.board_seats_least": "业主大会和业主委员会指导规则第31条",
    "assembly.board_seats_most": "业主大会和业主委员会指导规则第31条",
}
# To be confirmed against the local text before going live; shown so on the page where they are set.
MARKED_UNSURE = frozenset({"assembly.proxies_most", "assembly.notice_days"})
LABELS = {
    "assembly.notice_days": _("会议公告提前几天"),
    "assembly.window_days_least": _("投票最少开几天"),
    "assembly.window_days_most": _("投票最多开几天"),
    "assembly.party_answer_workdays": _("党组织几个工作日内提意见"),
    "assembly.roll_objection_days": _("名册公布几天"),
    "assembly.count_workdays": _("截止后几个工作日内计票"),
    "assembly.inquiry_days": _("初步结果公示几天"),
    "assembly.announce_days": _("生效后几天内公告"),
    "assembly.extension_days_most": _("最多延长几天"),
    "assembly.may_extend": _("可以延长一次投票"),
    "assembly.may_change_vote": _("截止前可以改投"),
    "assembly.paper_wins": _("线上和纸质都投了，以纸质为准"),
    "assembly.invalid_participates": _("无效票算参与"),
    "assembly.blank_is_abstain": _("空白票算弃权"),
    "assembly.deemed": _("送达后没投票的"),
    "assembly.deemed_for_special": _("四分之三的事项也可以随多数"),
    "assembly.parking": _("车位怎么算"),
    "assembly.proxies_most": _("一人最多代几位业主"),
    "assembly.tenant_receipt_counts": _("租户代收算送达"),
    "assembly.smaller_scope_allowed": _("可以只由一栋楼、一个单元表决"),
    "assembly.official_evote_required": _("必须用官方投票平台"),
    "assembly.board_seats_least": _("业委会最少几人"),
    "assembly.board_seats_most": _("业委会最多几人"),
}
CHOICES: dict[str, tuple[tuple[Value, str], ...]] = {
    "assembly.deemed": (("none", _("不推定")), ("majority", _("随多数"))),
    "assembly.parking": (
        ("exclude", _("不算")),
        ("area_only", _("只算面积")),
        ("area_and_head", _("面积和人数都算")),
    ),
}
BOOK = RuleBook(
    KIND,
    _("业主表决规则"),
    _("公告几天、车位怎么算"),
    tuple(
        Rule(key, LABELS[key], default, SOURCES[key], CHOICES.get(key, ()), is_unsure=key in MARKED_UNSURE)
        for key, default in DEFAULTS.items()
    ),
)


def value(values: Mapping[str, object], key: str) -> Value:
    """One value of a decision, the default where its copied rules name none."""
    found = values.get(key, DEFAULTS[key])
    return found if isinstance(found, int | str) else DEFAULTS[key]
