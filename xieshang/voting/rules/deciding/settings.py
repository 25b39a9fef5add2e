"""What a place, or the assembly's own rules, may set for owners' decisions; each with its source.

Copied when a decision is drafted, so that nobody moves the goalposts of one that runs.
"""

from collections.abc import Mapping

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


def value(values: Mapping[str, object], key: str) -> Value:
    """One value of a decision, the default where its copied rules name none."""
    found = values.get(key, DEFAULTS[key])
    return found if isinstance(found, int | str) else DEFAULTS[key]
