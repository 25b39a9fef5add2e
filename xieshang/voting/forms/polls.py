"""Shape of a ballot as the browser sends it."""

from typing import Any

from django import forms

from xieshang.lib.paging import number_in
from xieshang.lib.text import half_width


class Ids(forms.TypedMultipleChoiceField):
    """Numbers of ticked options; whether they stand on the paper is the rules' question."""

    def to_python(self, value: Any) -> list[str]:
        """In the order sent; a place of an order of priorities that was left empty is not there."""
        return [one for one in super().to_python(value) if one]

    def valid_value(self, value: object) -> bool:
        """Any number has the right shape."""
        return number_in(str(value)) is not None


class PaperForm(forms.Form):
    """Which options are ticked, and which of one's rights the paper is for."""

    option = Ids(coerce=int, required=False)
    right = forms.IntegerField(required=False)


class CastForm(PaperForm):
    """A paper that has been looked over, with the key that makes a second sending the same as the first."""

    key = forms.SlugField(max_length=40)
    # Of an owners' vote: the one-time code, as people type it.
    code = forms.CharField(max_length=12, required=False)

    def clean_code(self) -> str:
        """The digits alone, full-width ones too."""
        return "".join(half_width(self.cleaned_data["code"]).split())

    @property
    def given(self) -> dict[str, Any]:
        """What the verb takes."""
        sent = self.cleaned_data
        return {"option_ids": sent["option"], "key": sent["key"], "right_id": sent["right"], "code": sent["code"]}


class NumberForm(forms.Form):
    """A receipt number as people type it."""

    number = forms.CharField(max_length=40)
