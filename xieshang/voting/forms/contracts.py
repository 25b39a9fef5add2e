"""A property company's contract as it is typed in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.lib.fields import Day


class ContractForm(forms.Form):
    """Company, from when until when, a note."""

    company = forms.CharField(
        label=_("物业企业"), max_length=60, error_messages={"required": _("请写物业企业的名称。")}
    )
    starts = Day(label=_("从哪天开始"), error_messages={"required": _("请填合同开始的日子。")})
    ends = Day(label=_("到哪天到期"), error_messages={"required": _("请填合同到期的日子。")})
    note = forms.CharField(
        label=_("备注"), max_length=200, required=False, help_text=_("比如合同里对提前通知另有约定。")
    )
