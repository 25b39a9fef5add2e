"""Shapes of suggestions and answers."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SuggestionForm(forms.Form):
    """What somebody says about the platform."""

    text = forms.CharField(label=_("您的意见或建议"), widget=forms.Textarea(attrs={"rows": 6}), max_length=1000)


class AnswerForm(forms.Form):
    """The answer to it."""

    answer = forms.CharField(label=_("答复"), widget=forms.Textarea(attrs={"rows": 6}), max_length=2000)
