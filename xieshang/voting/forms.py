"""Shape of a ballot as the browser sends it."""

from django import forms


class PaperForm(forms.Form):
    """Which options are ticked, and which of one's rights the paper is for."""

    option = forms.TypedMultipleChoiceField(coerce=int, required=False)
    right = forms.IntegerField(required=False)

    def __init__(self, *args: object, options: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = [(pk, pk) for pk in options]


class CastForm(PaperForm):
    """A paper that has been looked over, with the key that makes a second sending the same as the first."""

    key = forms.SlugField(max_length=40)


class NumberForm(forms.Form):
    """A receipt number as people type it."""

    number = forms.CharField(max_length=40)
