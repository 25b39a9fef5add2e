"""Shapes of what is typed into minutes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.lib.fields import Day

from ..models import Minutes
from ..queries.minutes import as_action
from ..rules import Scope
from ..rules.minutes import Action

# Empty lines of the table of what is to be done that are always there.
SPARE_ACTIONS = 2
SCOPES = [
    (Scope.PLACE.value, _("这次会议关系到的居民和各方")),
    (Scope.TABLE.value, _("只给到会的各方")),
    (Scope.PUBLIC.value, _("所有人")),
]


class MinutesForm(forms.Form):
    """The words of the minutes."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    agreed = forms.CharField(
        label=_("达成一致的"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("一条一行。"),
    )
    not_agreed = forms.CharField(
        label=_("没有达成一致的"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("不同意见如实写，谁不同意、为什么。"),
    )
    next_meeting = forms.CharField(label=_("下次会议"), required=False, max_length=200)

    def __init__(self, *args: Any, minutes: Minutes, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _words(minutes))
        super().__init__(*args, **kwargs)
        self.sides = [row["side"] for row in minutes.positions]
        for at, row in enumerate(minutes.positions):
            self.fields[f"position_{at}"] = forms.CharField(
                label=row["side"],
                required=False,
                max_length=3000,
                initial=row["text"],
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        known = [as_action(row) for row in minutes.actions]
        self.lines = max(self._sent_lines(), len(known) + SPARE_ACTIONS)
        for at in range(self.lines):
            self._add_line(at, known[at] if at < len(known) else None)

    def _sent_lines(self) -> int:
        """How many lines of the table came with the request."""
        return sum(name.startswith("what_") for name in self.data) if self.is_bound else 0

    def _add_line(self, at: int, known: Action | None) -> None:
        line = {
            "what": forms.CharField(label=_("要办的事"), required=False, max_length=200),
            "who": forms.CharField(label=_("谁负责"), required=False, max_length=60),
            "helped_by": forms.CharField(label=_("谁协助"), required=False, max_length=60),
            "due": Day(label=_("哪天以前"), required=False),
            "proof": forms.CharField(label=_("拿什么证明办好了"), required=False, max_length=120),
        }
        for name, field in line.items():
            field.initial = getattr(known, name) if known else None
            self.fields[f"{name}_{at}"] = field

    def positions_shown(self) -> list[forms.BoundField]:
        """One field a side."""
        return [self[f"position_{at}"] for at in range(len(self.sides))]

    def actions_shown(self) -> list[list[forms.BoundField]]:
        """Five fields a line."""
        names = ("what", "who", "helped_by", "due", "proof")
        return [[self[f"{name}_{at}"] for name in names] for at in range(self.lines)]

    def words(self) -> dict[str, Any]:
        """What the verb takes."""
        given = self.cleaned_data
        lines = [self._action(at) for at in range(self.lines)]
        return {
            "edition": given["edition"],
            "agreed": given["agreed"],
            "not_agreed": given["not_agreed"],
            "next_meeting": given["next_meeting"],
            "positions": {side: given[f"position_{at}"] for at, side in enumerate(self.sides)},
            "actions": [line for line in lines if line.what or line.who],
        }

    def _action(self, at: int) -> Action:
        given = {name: self.cleaned_data.get(f"{name}_{at}") or "" for name in ("what", "who", "helped_by", "proof")}
        due = self.cleaned_data.get(f"due_{at}")
        return Action(given["what"].strip(), given["who"].strip(), due, given["helped_by"], given["proof"])


def _words(minutes: Minutes) -> dict[str, Any]:
    names = ("edition", "agreed", "not_agreed", "next_meeting")
    return {name: getattr(minutes, name) for name in names}


class SignForm(forms.Form):
    """The code of the words one has read."""

    code = forms.CharField(max_length=64)


class RefuseForm(forms.Form):
    """Why one's side does not sign."""

    reason = forms.CharField(
        label=_("为什么不签"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class SheetForm(forms.Form):
    """The signed sheet."""

    sheet = forms.FileField(label=_("签字页的照片"), required=False)


class ScopeForm(forms.Form):
    """Who reads it."""

    scope = forms.TypedChoiceField(
        label=_("给谁看"), choices=SCOPES, coerce=Scope, initial=Scope.PLACE.value, widget=forms.RadioSelect
    )


class AddendumForm(forms.Form):
    """What is added."""

    text = forms.CharField(
        label=_("补充或者更正"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )
