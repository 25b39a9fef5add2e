"""Shapes of a count and of a published notice to be checked."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CountForm(forms.Form):
    """Why it is counted anew; empty for the first count."""

    reason = forms.CharField(
        label=_("为什么重新计票"),
        help_text=_("公布时和两次的结果写在一起，不要写人名和门牌。"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
