"""A count file that somebody brings along."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 4_000_000


class RecountForm(forms.Form):
    """The text of a file of the format xieshang-count/1."""

    text = forms.CharField(
        label=_("计票文件"),
        help_text=_("格式xieshang-count/1，逐票的或者合计数的都行。也可以用下面的按钮选一个文件。"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "voting-code"}),
    )
