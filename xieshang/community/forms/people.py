"""Shapes of what people and officers fill in about homes, people and offices."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.accounts.forms import PhoneField
from xieshang.lib.text import one_line

from ..models import RESIDENCE_LABELS, ROLE_LABELS
from ..rules import ConsentKind, ResidenceKind, Role, coming_of_age, day_from

CONSENT_LABELS = {
    ConsentKind.IN_PERSON: _("他就在旁边，当面同意"),
    ConsentKind.PHONE: _("电话里同意"),
    ConsentKind.WRITTEN: _("有他的书面委托"),
}


class DayField(forms.CharField):
    """A day in any of the ways people write one; gives a date, or None when left empty."""

    def clean(self, value: object) -> datetime.date | None:
        """Read 2026.3.1, 2026年3月1日, 2026/3/1 and the like."""
        text = one_line(super().clean(value))
        if not text:
            return None
        day = day_from(text)
        if day is None:
            raise forms.ValidationError(_("请写成2026年3月1日或2026-3-1这样的日期。"))
        return day


class BirthdayField(DayField):
    """The birthday of somebody who may be under age; gives the day they turn eighteen."""

    def clean(self, value: object) -> datetime.date | None:
        """Nothing is kept of an adult's birthday: who is of age already gives a day that has gone by."""
        born = super().clean(value)
        return coming_of_age(born) if born else None


class JoinForm(forms.Form):
    """How one belongs to the home."""

    kind = forms.ChoiceField(
        label=_("您和这一户的关系"),
        choices=[(kind.value, label) for kind, label in RESIDENCE_LABELS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个：业主、家人，还是租户。")},
    )
    note = forms.CharField(
        label=_("方便居委会核实的话"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如姓名、和户主的关系，邻居看不到。请不要写身份证号。"),
    )

    def clean_kind(self) -> ResidenceKind:
        """The kind as the rules know it."""
        return ResidenceKind(self.cleaned_data["kind"])


class ConfirmForm(forms.Form):
    """Confirming; a birthday only for somebody under eighteen."""

    minor_until = BirthdayField(
        label=_("未满18岁的，填出生日期"), required=False, help_text=_("成年人不用填。例如2012年5月1日。")
    )


class ReasonForm(forms.Form):
    """Why something is given back."""

    reason = forms.CharField(
        label=_("为什么退回，还差什么"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明原因，申请人会看到这句话。")},
    )


class RegisterForm(forms.Form):
    """Somebody for the register of a home."""

    name = forms.CharField(label=_("姓名"), max_length=40, error_messages={"required": _("请填写姓名。")})
    phone = PhoneField(label=_("手机号码"), required=False, help_text=_("没有手机可以不填。"))
    minor_until = BirthdayField(label=_("未满18岁的，填出生日期"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs["autocomplete"] = "off"


class ShareForm(forms.Form):
    """The housemate's number that somebody may sign in by."""

    phone = PhoneField(label=_("家里人的手机号码"))


class HelpForm(forms.Form):
    """How the neighbour agreed that an officer acts for them."""

    consent = forms.ChoiceField(
        label=_("他怎么同意的"),
        choices=[(kind.value, label) for kind, label in CONSENT_LABELS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个：当面、电话，还是书面。")},
    )

    def clean_consent(self) -> ConsentKind:
        """The kind as the rules know it."""
        return ConsentKind(self.cleaned_data["consent"])


class AppointForm(forms.Form):
    """Who holds which role from when."""

    name = forms.CharField(label=_("姓名"), max_length=40, error_messages={"required": _("请填写姓名。")})
    phone = PhoneField(label=_("手机号码"))
    role = forms.ChoiceField(label=_("职务"))
    starts = DayField(label=_("任期开始"), error_messages={"required": _("请填写任期从哪天开始。")})
    ends = DayField(label=_("任期结束"), required=False, help_text=_("没有定可以不填。"))

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role_field = self.fields["role"]
        if isinstance(role_field, forms.ChoiceField):
            role_field.choices = [(role.value, ROLE_LABELS[role]) for role in roles]

    def clean_role(self) -> Role:
        """The role as the rules know it."""
        return Role(self.cleaned_data["role"])


class EndOfficeForm(forms.Form):
    """The last day of a term."""

    on = DayField(label=_("最后一天"), error_messages={"required": _("请填写任期的最后一天。")})
