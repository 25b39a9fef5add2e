"""Shapes of what is looked for, and of what is said when files are handed over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import VERB_LABELS
from .queries import RecordFilter


def _verbs() -> list[tuple[str, str]]:
    return [("", str(_("全部"))), *((verb, str(label)) for verb, label in VERB_LABELS.items())]


class RecordForm(forms.Form):
    """What to look for in the record."""

    number = forms.CharField(label=_("编号"), required=False, max_length=40)
    verb = forms.ChoiceField(label=_("做了什么"), required=False, choices=_verbs)
    first_day = forms.DateField(label=_("从哪天"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label=_("到哪天"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def wanted(self) -> RecordFilter:
        """The filter; what does not parse is not filtered by."""
        self.is_valid()
        return RecordFilter(**{name: value for name, value in self.cleaned_data.items() if value})


class HandOverForm(forms.Form):
    """What the one who gives the files wants to say to the one who takes them."""

    note = forms.CharField(
        label=_("移交说明"),
        help_text=_("可以不写。例如：还有哪些纸质案卷，钥匙放在哪里。"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
