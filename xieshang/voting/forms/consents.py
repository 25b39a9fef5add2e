"""Shapes of what is typed into a check of unanimous consent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.lib.fields import Day

from .polls import Ids

ANSWERS = [("yes", _("书面同意")), ("no", _("不同意"))]


class OpenConsentForm(forms.Form):
    """Which home, and what business."""

    unit = forms.CharField(
        label=_("哪一户"),
        max_length=80,
        help_text=_("照名册写，比如3号楼2单元501室。"),
        error_messages={"required": _("请写是哪一户，比如3号楼2单元501室。")},
    )
    business = forms.CharField(
        label=_("打算做什么经营"),
        max_length=60,
        help_text=_("比如“理发店”。"),
        error_messages={"required": _("请写打算做什么经营，比如“理发店”。")},
    )


class OtherPartyForm(forms.Form):
    """An owner of another building, and why it touches them."""

    name = forms.CharField(label=_("姓名"), max_length=60, required=False)
    units = forms.CharField(label=_("房屋"), max_length=80, required=False)
    basis = forms.CharField(label=_("凭什么说有利害关系"), max_length=200, required=False)


class AnswersForm(forms.Form):
    """What some owners answered."""

    party = Ids(coerce=int, required=False)
    agreed = forms.ChoiceField(
        label=_("答复"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选同意还是不同意。")},
    )
    signed_on = Day(label=_("签名的日子"), error_messages={"required": _("请填签名的日子。")})
    proof = forms.FileField(label=_("签名的书面材料（照片或PDF）"), required=False)
