"""Shapes of what is asked of who looks at ballots with names."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why somebody looks."""

    reason = forms.CharField(
        label=_("为什么要看"),
        help_text=_("比如“法院调取”“核对某号异议”。您的名字、时间和这句话会留在操作记录里。"),
        max_length=200,
    )
