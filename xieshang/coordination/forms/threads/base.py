"""What the forms of a thread are made of: days, moments, lines, and a form that knows its thread."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.lib.days import SHANGHAI
from xieshang.lib.fields import YEARS, speak_plainly

from ...models import Side, Thread

LONG = {"rows": 6, "data-count": ""}
SHORT = {"rows": 3}


class Moment(forms.DateTimeField):
    """A day and an hour in Shanghai, chosen in the browser's own calendar."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> Any:
        """The instant that is meant by the typed hour."""
        found = super().to_python(value)
        if isinstance(found, datetime.datetime):
            if found.year not in YEARS:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
            return found.replace(tzinfo=SHANGHAI)
        return found


class Lines(forms.CharField):
    """Several short passages, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=800, **kwargs)

    def clean(self, value: Any) -> Any:
        """A list without blanks."""
        return [line.strip()[:200] for line in super().clean(value).splitlines() if line.strip()]


def long_text(label: Any, **more: Any) -> forms.CharField:
    """A text of some length."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs=LONG), max_length=3000, **more)


def reason(label: Any) -> forms.CharField:
    """A reason that everybody reads."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs=SHORT), max_length=300)


class ThreadForm(forms.Form):
    """The form of a step that brings nothing; it knows the thread and its table for its choices."""

    submit: Any = _("确定")

    def __init__(self, *args: Any, thread: Thread, table: Sequence[Side] = (), **kwargs: Any) -> None:
        self.thread, self.seats = thread, table
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.settle()
        speak_plainly(self)

    def settle(self) -> None:
        """Fill in choices and first values from the thread."""

    def choose(self, name: str, sides: Sequence[Side]) -> None:
        """Offer these sides in a field."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(side.pk, side.name) for side in sides]

    @property
    def standing(self) -> list[Side]:
        """The sides that were not invited."""
        return [side for side in self.seats if side.is_standing]

    @property
    def invited(self) -> list[Side]:
        """The sides that were invited."""
        return [side for side in self.seats if not side.is_standing]


def side_choice(label: Any) -> forms.TypedChoiceField:
    """One side."""
    return forms.TypedChoiceField(label=label, coerce=int)


def side_choices(label: Any, **more: Any) -> forms.TypedMultipleChoiceField:
    """Several sides."""
    return forms.TypedMultipleChoiceField(label=label, coerce=int, widget=forms.CheckboxSelectMultiple, **more)
