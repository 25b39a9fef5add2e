"""The rules that a place may set for its meetings, as a book that two officers of the street write in."""

from collections.abc import Callable

from xieshang.community.rules import COMMUNITY_KINDS, PlaceKind, Rule, RuleBook
from xieshang.community.rules.rulebooks import Value
from xieshang.lib.refusals import later as _

from .kinds import KIND_LABELS, KINDS, Base, MeetingKind
from .settings import (
    GROUP_LAW,
    KIND,
    LIKE_VILLAGE,
    PARTY_ELECTIONS,
    PARTY_RULES,
    REPS_LAW,
    RESIDENTS_LAW,
    SETTINGS,
    VILLAGERS_LAW,
)
from .shares import Share, share

SHARES = (">=1/5", ">=1/4", ">=1/3", ">=1/2", ">1/2", ">=3/5", ">=2/3", ">2/3", ">=3/4", ">=4/5", ">=1/1")
NOTICE, QUORUM, MAJORITY = _("开会前几天发通知"), _("到多少才能开会"), _("多少同意才通过")
REQUEST, ROOM, MINUTES = _("委员要求开业委会会议"), _("会场里"), _("纪要")
OTHERS: dict[str, tuple[str, str]] = {
    "notice_again": (NOTICE, _("人数不够改日再开，中间隔几天")),
    "quorum_party_election": (QUORUM, _("党的会议（选举）")),
    "majority_party_election": (MAJORITY, _("党的会议（选举）")),
    "request_share": (REQUEST, _("多少委员要求，主任就要召集")),
    "request_days": (REQUEST, _("主任几天内要发出会议通知")),
    "proxies_most": (ROOM, _("一个人最多代几个人（户）")),
    "speaking_minutes": (ROOM, _("一次发言几分钟")),
    "turns_most": (ROOM, _("一项议程每人说几次")),
    "sign_in_minutes": (ROOM, _("开会前几分钟起可以签到")),
    "sign_workdays": (MINUTES, _("各方几个工作日内签字")),
}
UNITS = {Base.PERSONS: _("按人算"), Base.HOUSEHOLDS: _("按户算"), Base.MEMBERS: _("按名单算"), Base.SIDES: _("按方算")}
# Written in a law or in the Party's own rules: a place may be stricter, never laxer.
FLOORS = frozenset({VILLAGERS_LAW, REPS_LAW, GROUP_LAW, PARTY_RULES, PARTY_ELECTIONS})
# A right of members: a place may make it easier, never harder.
CEILINGS = frozenset({"meetings.request_share", "meetings.request_days"})
AT_LEAST_ONE = frozenset({"speaking_minutes", "turns_most", "sign_in_minutes", "sign_workdays", "request_days"})
UNSURE = (RESIDENTS_LAW, LIKE_VILLAGE)
ELSEWHERE = "他地做法"


def _weight(value: Value) -> tuple[object, ...]:
    """How much a value asks for: a number by itself, a share by its part and whether the part itself is enough."""
    if isinstance(value, int):
        return (value,)
    found: Share = share(value)
    return found.part, found.over


def _lawful(key: str) -> Callable[[Value], bool]:
    setting = SETTINGS[key]
    line = _weight(setting.default)
    if key in CEILINGS:
        return lambda value: _weight(value) <= line
    if setting.source in FLOORS:
        return lambda value: _weight(value) >= line
    return lambda _value: True


def _words(name: str) -> tuple[str, str]:
    """Under which heading a rule stands, and what it is called there."""
    if name in OTHERS:
        return OTHERS[name]
    sort, _sep, rest = name.partition("_")
    kind = _kind(name)
    unit = UNITS.get(Base(rest[len(kind) + 1 :])) if sort == "quorum" else None
    heading = {"notice": NOTICE, "quorum": QUORUM, "majority": MAJORITY}[sort]
    return heading, KIND_LABELS[kind] + (f"（{unit}）" if unit else "")


def _only(name: str) -> frozenset[PlaceKind]:
    """The communities that have such meetings, where not all do."""
    places = COMMUNITY_KINDS if name in OTHERS else KINDS[_kind(name)].places
    return frozenset() if places == COMMUNITY_KINDS else places


def _kind(name: str) -> MeetingKind:
    """The kind of meeting that a rule of notice, quorum or majority is about."""
    rest = name.partition("_")[2]
    return max((kind for kind in MeetingKind if rest.startswith(kind)), key=len)


def _rule(key: str) -> Rule:
    setting, name = SETTINGS[key], key.partition(".")[2]
    heading, label = _words(name)
    return Rule(
        key,
        label,
        setting.default,
        setting.source,
        choices=tuple((text, share(text).words) for text in SHARES) if isinstance(setting.default, str) else (),
        group=heading,
        is_unsure=setting.source in UNSURE or ELSEWHERE in setting.source,
        least=int(name in AT_LEAST_ONE),
        is_lawful=_lawful(key),
        only=_only(name),
    )


BOOK = RuleBook(
    KIND, _("会议规则"), _("开会前几天通知、到多少人、多少同意才通过"), tuple(_rule(key) for key in SETTINGS)
)
