"""The shape of a demand for a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.lib.fields import PlainForm


class RequestForm(PlainForm):
    """What the meeting is to be about."""

    about = forms.CharField(
        label=_("要议什么事"),
        max_length=80,
        help_text=_("照这句话列进议程。比如“公共收益账目公开”。"),
    )
