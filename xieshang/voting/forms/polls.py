"""Shape of a ballot as the browser sends it."""

from django import forms


class Ids(forms.TypedMultipleChoiceField):
    """Numbers of ticked options; whether they stand on the paper is the rules' question."""

    def valid_value(self, value: object) -> bool:
        """Any number has the right shape."""
        return str(value).isdigit() and len(str(value)) < 19


class PaperForm(forms.Form):
    """Which options are ticked, and which of one's rights the paper is for."""

    option = Ids(coerce=int, required=False)
    right = forms.IntegerField(required=False)


class CastForm(PaperForm):
    """A paper that has been looked over, with the key that makes a second sending the same as the first."""

    key = forms.SlugField(max_length=40)


class NumberForm(forms.Form):
    """A receipt number as people type it."""

    number = forms.CharField(max_length=40)
