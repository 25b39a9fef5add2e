"""What forms of every app are made of: a day, and a form that says what to do by the name of the field."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from .blanks import says_something

# Nobody means a day of another year; so no day that is counted on from one is beyond what a calendar holds.
YEARS = range(1900, 2200)


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        """A slip in the year is said, not taken."""
        day = super().to_python(value)
        if day and day.year not in YEARS:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


def speak_plainly(form: forms.Form) -> None:
    """Say what to do where a field is empty or wrong, by the name of the field; the rest is in xieshang/locale."""
    for field in form.fields.values():
        asks = _("请选一选“%s”。") if isinstance(field, forms.ChoiceField) else _("请填写“%s”。")
        field.error_messages["required"] = asks % field.label
        field.error_messages["invalid_choice"] = _("请从“%s”里选一项。") % field.label
        if isinstance(field, forms.CharField) and field.required:
            field.validators.append(partial(_require_words, field))
        if isinstance(field, forms.DateField):
            field.error_messages["invalid"] = _("“%s”请写成年-月-日，例如2026-11-30。") % field.label


def _require_words(field: forms.Field, value: str) -> None:
    """What nobody can read is as good as empty."""
    if not says_something(value):
        raise forms.ValidationError(field.error_messages["required"], code="required")


class PlainForm(forms.Form):
    """A form that speaks plainly, without colons behind its labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        speak_plainly(self)
