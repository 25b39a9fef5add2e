"""What a place may set for itself: the keys of the rule set, their defaults; and by when each state is to go on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from xieshang.community.rules import Rule, RuleBook, counted
from xieshang.lib.refusals import later as _
from xieshang.lib.workdays import PUBLISHED, Calendar, add_workdays, period_after

from .facts import Facts
from .sides import MOST_GUEST_DAYS
from .states import State

RULE_KIND = "coordination"
PRACTICE = _("本平台默认值，可由本地规则另定")
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the rule set: its default, its unit (wd working days, d calendar days)."""

    default: int
    unit: str
    label: str
    source: str = PRACTICE


SETTINGS: dict[str, Setting] = {
    "coordination.accept_days": Setting(2, "wd", _("社区党组织受理协调的期限")),
    "coordination.assign_days": Setting(2, "wd", _("受理后定牵头方的期限")),
    "coordination.position_days": Setting(5, "wd", _("各方书面表态的期限")),
    "coordination.meeting_notice_days": Setting(3, "d", _("联席会议提前通知的天数")),
    "coordination.minutes_days": Setting(3, "wd", _("会后写好纪要的期限")),
    "coordination.sign_days": Setting(5, "wd", _("各方签纪要的期限")),
    "coordination.start_days": Setting(2, "wd", _("纪要签好后开始办理的期限")),
    "coordination.rating_days": Setting(7, "d", _("居民评价的天数")),
    "coordination.stale_days": Setting(10, "d", _("多少天没有动静就提醒")),
    "coordination.guest_days": Setting(7, "d", _("客人链接有效的天数")),
}
# The shortest silence that a place may set.
LEAST_STALE = 3
LEAST = {"coordination.stale_days": LEAST_STALE, "coordination.meeting_notice_days": 0}
MOST = {"coordination.guest_days": MOST_GUEST_DAYS}


def _rule(key: str, setting: Setting) -> Rule:
    rule = counted(key, setting.label, setting.default, unit=setting.unit, source=setting.source)
    return replace(rule, least=LEAST.get(key, 1), most=MOST.get(key, rule.most))


BOOK = RuleBook(
    RULE_KIND,
    _("议事协调规则"),
    _("几天内受理、几天内表态、几天内签纪要"),
    tuple(_rule(key, setting) for key, setting in SETTINGS.items()),
)
DEFAULTS: dict[str, int] = {key: setting.default for key, setting in SETTINGS.items()}
DEADLINES: dict[State, str] = {
    State.RAISED: "accept_days",
    State.ACCEPTED: "assign_days",
    State.ASSIGNED: "assign_days",
    State.MINUTES_DRAFT: "sign_days",
    State.CONFIRMED: "start_days",
}


def value(values: Values, key: str) -> int:
    """The number in force for a key of `SETTINGS`, named without its app; a silent rule set leaves the default."""
    found = values.get(f"coordination.{key}", DEFAULTS[f"coordination.{key}"])
    return int(found) if isinstance(found, int) else DEFAULTS[f"coordination.{key}"]


def due_on(state: State, entered_on: date, facts: Facts, values: Values, calendar: Calendar = PUBLISHED) -> date | None:
    """The last day of a state; None where nothing runs. The day of entering is not counted (民法典第201条)."""
    if state in DEADLINES:
        return add_workdays(entered_on, value(values, DEADLINES[state]), calendar)
    if state == State.POSITIONS:
        return facts.positions_due
    if state == State.MEETING and facts.meeting_on:
        if facts.today <= facts.meeting_on:
            return facts.meeting_on
        return add_workdays(facts.meeting_on, value(values, "minutes_days"), calendar)
    return facts.rated_until if state == State.VERIFIED else None


def rated_until(verified_on: date, values: Values, calendar: Calendar = PUBLISHED) -> date:
    """The last day on which residents rate what was done."""
    return period_after(verified_on, value(values, "rating_days"), calendar).last_day


def is_stale(last_event: date, today: date, values: Values) -> bool:
    """Whether nothing has happened for so long that the convenor is told."""
    return today - last_event >= timedelta(days=value(values, "stale_days"))


def positions_by(asked_on: date, values: Values, calendar: Calendar = PUBLISHED) -> date:
    """The day by which the sides take their stand where nobody names another."""
    return add_workdays(asked_on, value(values, "position_days"), calendar)
