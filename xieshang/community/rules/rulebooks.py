"""Books of rules that differ by place: each rule with its words, default, source and what the law leaves open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from xieshang.lib.refusals import Refusal, RuleViolation
from xieshang.lib.refusals import later as _

from .kinds import PlaceKind

Value = int | str | bool
MOST = 1000

NOTHING_CHANGED = Refusal("rules_nothing_changed", _("没有改动。请改一项再提交。"))
UNKNOWN_RULE = Refusal("rules_unknown", _("有一项规则系统不认识，请重新打开这一页再填。"))
RULES_SOURCE = Refusal("rules_source", _("请写明依据，例如哪一条规定、哪一次会议通过的议事规则。"))
RULES_PAST = Refusal("rules_past", _("生效日期要在今天或以后；已经开始的事仍按原来的规则。"))
RULES_WAIT = Refusal("rules_wait", _("这个地方已经有一份改动等人复核，请先复核或者收回那一份。"))
RULES_SAME_PERSON = Refusal("rules_same_person", _("要换一个人复核，不能由写的人自己确认。"))
RULES_ANSWERED = Refusal("rules_answered", _("这一份已经处理过了。"))
BELOW_LAW = Refusal("rules_below_law", _("“{label}”是法律定的底线，可以更严，不能更松：{source}"))


def _anything(_value: Value) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a book: its key, what it is called, its default, where that comes from."""

    key: str
    label: str
    default: Value
    source: str
    choices: tuple[tuple[Value, str], ...] = ()
    group: str = ""
    # To be checked against the local text before going live; shown so where it is set.
    is_unsure: bool = False
    # The smallest and the largest number that make sense.
    least: int = 0
    most: int = MOST
    # The kinds of communities it is for; none named: for all.
    only: frozenset[PlaceKind] = frozenset()
    # What the law demands.
    is_lawful: Callable[[Value], bool] = _anything

    def is_known(self, value: object) -> bool:
        """Whether this is a value of the rule at all: of its type, in its range, among its choices."""
        if type(value) is not type(self.default):
            return False
        if self.choices and not isinstance(value, bool):
            return value in dict(self.choices)
        return not isinstance(value, int) or self.least <= value <= self.most


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules of one kind, as two officers of the street set them for a place."""

    kind: str
    title: str
    note: str
    rules: tuple[Rule, ...]

    def at(self, kinds: frozenset[PlaceKind]) -> "RuleBook":
        """What of it concerns a place with these kinds of communities: no rule for villagers in a town."""
        return replace(self, rules=tuple(rule for rule in self.rules if not rule.only or rule.only & kinds))

    @property
    def defaults(self) -> dict[str, Value]:
        """What holds where nobody has set anything."""
        return {rule.key: rule.default for rule in self.rules}

    def rule(self, key: str) -> Rule | None:
        """The rule under a key."""
        return next((rule for rule in self.rules if rule.key == key), None)


UNITS = {"wd": _("工作日"), "d": _("天"), "months": _("个月"), "years": _("年")}


def counted(key: str, label: str, default: int, *, unit: str, source: str) -> Rule:
    """A rule that is a number of days or the like, its unit said behind its name."""
    return Rule(key, f"{label}（{UNITS[unit]}）" if unit in UNITS else str(label), default, source)


def require_values(book: RuleBook, values: Mapping[str, object]) -> None:
    """What is to be set changes something, is known to the book, and keeps to the law; RuleViolation otherwise."""
    if not values:
        raise RuleViolation(NOTHING_CHANGED)
    wrong: list[Refusal] = []
    for key, value in values.items():
        rule = book.rule(key)
        if rule is None or not rule.is_known(value) or not isinstance(value, int | str):
            raise RuleViolation(UNKNOWN_RULE)
        if not rule.is_lawful(value):
            label = f"{rule.group}：{rule.label}" if rule.group else rule.label
            wrong.append(Refusal(BELOW_LAW.code, BELOW_LAW.sentence.format(label=label, source=rule.source)))
    if wrong:
        raise RuleViolation(*wrong)
