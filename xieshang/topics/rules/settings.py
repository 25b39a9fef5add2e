"""What a place may set for itself: the keys of the rule set, their defaults and where each number comes from."""

from collections.abc import Mapping
from dataclasses import dataclass

from xieshang.community.rules import Rule, RuleBook, counted
from xieshang.lib.refusals import later as _

PRACTICE = _("本平台默认值，可由本地规则另定")
CIVIL_CODE = _("按民法典第201、203条计算；天数为本平台默认值，可由本地规则另定")
FOUR_TWO = _("参照四议两公开的通常做法，可由本地规则另定")

Values = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the rule set: its default, its unit (wd working days, d calendar days, n number, yes 0 or 1)."""

    default: int
    unit: str
    label: str
    source: str = PRACTICE


SETTINGS: dict[str, Setting] = {
    "topics.moderation_days": Setting(1, "wd", _("审核新内容的期限")),
    "topics.appeal_days": Setting(15, "d", _("对未通过审核申诉的期限"), CIVIL_CODE),
    "topics.screening_days": Setting(5, "wd", _("居委会受理的期限")),
    "topics.danger_days": Setting(0, "wd", _("有危险的事转办、处理的期限，填0是当天")),
    "topics.dispatch_days": Setting(5, "wd", _("报修处理的期限")),
    "topics.handled_days": Setting(7, "d", _("邻居确认是否解决的期限"), CIVIL_CODE),
    "topics.returned_days": Setting(30, "d", _("退回后补充的期限"), CIVIL_CODE),
    "topics.party_review_days": Setting(5, "wd", _("党组织研究的期限")),
    "topics.notice_days": Setting(3, "d", _("协商预告的天数"), CIVIL_CODE),
    "topics.notice_days_wide": Setting(7, "d", _("影响面大的事预告的天数"), CIVIL_CODE),
    "topics.discussion_days": Setting(14, "d", _("讨论时间的建议天数"), CIVIL_CODE),
    "topics.sessions_least": Setting(1, "n", _("至少开几次协商会")),
    "topics.opinion_days": Setting(5, "wd", _("最后一次会后形成协商意见的期限")),
    "topics.poll_days": Setting(5, "d", _("意愿征集的天数"), CIVIL_CODE),
    "topics.publicity_days": Setting(7, "d", _("公示的天数"), FOUR_TWO),
    "topics.objection_days": Setting(5, "wd", _("答复异议的期限")),
    "topics.evaluation_days": Setting(15, "d", _("邻居评价的期限"), CIVIL_CODE),
    "topics.archive_days": Setting(15, "d", _("评价后归档的期限"), CIVIL_CODE),
    "topics.support_threshold": Setting(10, "n", _("多少人支持后优先受理")),
    "topics.withdrawal_threshold": Setting(10, "n", _("超过多少人支持后撤回要居委会同意")),
    "topics.first_posts_reviewed": Setting(1, "n", _("新邻居的前几次发言先审后发")),
    "topics.escalation_visible_days": Setting(3, "wd", _("超期多少天后上级可以看到")),
    "topics.net_notice_enough": Setting(0, "yes", _("网上公布即算张贴，不要求公告栏照片")),
}

DEFAULTS: dict[str, int] = {key: setting.default for key, setting in SETTINGS.items()}

YES_NO = ((0, _("否")), (1, _("是")))


def _rule(key: str, setting: Setting) -> Rule:
    if setting.unit == "yes":
        return Rule(key, setting.label, setting.default, setting.source, choices=YES_NO)
    return counted(key, setting.label, setting.default, unit=setting.unit, source=setting.source)


BOOK = RuleBook(
    "topics",
    _("协商议题规则"),
    _("受理几天、公示几天、多少人支持优先"),
    tuple(_rule(key, setting) for key, setting in SETTINGS.items()),
)


def value(values: Values, key: str) -> int:
    """The number in force for a key of `SETTINGS`; a rule set that is silent leaves the default."""
    return int(values.get(key, DEFAULTS[key]))


def least_notice_days(values: Values, *, wide_impact: bool) -> int:
    """How many calendar days an advance notice runs at least."""
    return value(values, "topics.notice_days_wide" if wide_impact else "topics.notice_days")


def is_lifted(supporters: int, values: Values) -> bool:
    """Whether enough people support a matter for it to come first in the screening queue."""
    return supporters >= value(values, "topics.support_threshold")
