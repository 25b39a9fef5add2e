"""The rules of a place, as an officer of the street writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.lib.fields import Day

from ..rules import Rule, RuleBook
from ..rules.rulebooks import Value

YES_NO = [("yes", _("是")), ("no", _("否"))]


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under one heading."""

    title: str
    fields: list[forms.BoundField]


class RulesForm(forms.Form):
    """Every rule as it holds now; what is changed is what is proposed."""

    effective_from = Day(
        label=_("从哪天起"),
        help_text=_("已经开始的事仍按原来的规则。"),
        error_messages={"required": _("请选从哪天起。"), "invalid": _("请选一个日期。")},
    )
    source = forms.CharField(
        label=_("依据"),
        max_length=200,
        help_text=_("哪一条规定，或者哪一次会议通过的议事规则。"),
        error_messages={"required": _("请写依据：哪一条规定，或者哪一次会议通过的议事规则。")},
    )

    def __init__(self, *given: Any, book: RuleBook, now_holds: Mapping[str, object], **more: Any) -> None:
        super().__init__(*given, label_suffix="", **more)
        self.book, self.now_holds = book, now_holds
        for rule in book.rules:
            self.fields[_name(rule)] = _field(rule, now_holds.get(rule.key, rule.default))

    @property
    def groups(self) -> list[Group]:
        """The rules under the headings of their book, in its order."""
        found: dict[str, list[forms.BoundField]] = {}
        for rule in self.book.rules:
            found.setdefault(rule.group, []).append(self[_name(rule)])
        return [Group(title, fields) for title, fields in found.items()]

    @property
    def closing(self) -> list[forms.BoundField]:
        """From when on, and by what source."""
        return [self["effective_from"], self["source"]]

    @property
    def changes(self) -> dict[str, object]:
        """What differs from what holds now."""
        found = {rule.key: _typed(rule, self.cleaned_data[_name(rule)]) for rule in self.book.rules}
        return {key: value for key, value in found.items() if value != self._held(key)}

    def _held(self, key: str) -> object:
        return self.now_holds.get(key, self.book.defaults[key])


def _name(rule: Rule) -> str:
    return rule.key.replace(".", "_")


def _typed(rule: Rule, value: object) -> Value:
    if isinstance(rule.default, bool):
        return value == "yes"
    return int(str(value)) if isinstance(rule.default, int) else str(value)


def _field(rule: Rule, holds: object) -> forms.Field:
    unsure = _("待核实，请对照当地规定。") if rule.is_unsure else ""
    given: dict[str, Any] = {"label": rule.label, "help_text": f"{rule.source}。{unsure}"}
    if isinstance(rule.default, bool):
        return forms.ChoiceField(choices=YES_NO, initial="yes" if holds else "no", **given)
    if rule.choices:
        known: list[tuple[object, str]] = list(rule.choices)
        extra = [] if holds in dict(known) else [(holds, str(holds))]
        return forms.ChoiceField(choices=[*known, *extra], initial=holds, **given)
    if isinstance(rule.default, int):
        errors = {"required": _("请填一个数。"), "invalid": _("请填一个整数。")}
        return forms.IntegerField(
            min_value=rule.least, max_value=rule.most, initial=holds, error_messages=errors, **given
        )
    return forms.CharField(max_length=200, initial=holds, **given)


def said(rule: Rule | None, value: object) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return str(dict(YES_NO)["yes" if value else "no"])
    return str(dict(rule.choices).get(value, value)) if rule and isinstance(value, int | str) else str(value)
