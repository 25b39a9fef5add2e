"""Shapes of what is handed in beside the phone: serials, readings, proxies, sheets signed at the door, deliveries."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.lib.fields import Day

from ..queries import TAKEN_LABELS, WAY_LABELS
from ..rules.paperwork import DeliveryWay, Stands, TakenBy
from .polls import Ids

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
BY_HAND = (DeliveryWay.HAND, DeliveryWay.DOOR, DeliveryWay.MAIL, DeliveryWay.PHONE, DeliveryWay.BOARD)


def _labelled(labels: dict[Any, Any], *wanted: Any) -> Callable[[], list[tuple[str, object]]]:
    return lambda: [(one.value, labels[one]) for one in wanted or labels]


class Words(forms.MultipleChoiceField):
    """Several words as they were sent; whether they name anything is not the form's question."""

    def valid_value(self, value: object) -> bool:
        """Any short word."""
        return len(str(value)) <= 20


class SerialForm(forms.Form):
    """A serial as it is typed or scanned; for a sheet signed at the door, when and its photo."""

    serial = forms.CharField(
        label=_("票上的编号"), max_length=200, error_messages={"required": _("请填写票上的编号，或用手机扫票上的码。")}
    )
    signed_at = forms.DateTimeField(label=_("签名时间"), required=False, input_formats=FORMATS)
    sheet = forms.FileField(required=False)


class SerialsForm(forms.Form):
    """Serials ticked on a list."""

    serial = Words(required=False)


class ReadingForm(forms.Form):
    """What one person reads from a paper."""

    option = Ids(coerce=int, required=False)
    unreadable = forms.BooleanField(required=False)
    # Said by a button of its own, so that nobody writes down a blank paper by slipping.
    nothing = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Something is said, one way or another."""
        sent = super().clean() or self.cleaned_data
        if not (sent.get("option") or sent.get("unreadable") or sent.get("nothing")):
            raise forms.ValidationError(_("请照票上的勾选；一个也没勾的，点“一项也没勾”。"))
        return sent


class StandsForm(forms.Form):
    """What stands, as said by one of two people."""

    stands = forms.ChoiceField(choices=[(one.value, one.value) for one in Stands])


class WhyForm(forms.Form):
    """A sentence why."""

    reason = forms.CharField(
        label=_("理由"), max_length=200, required=False, widget=forms.TextInput(attrs={"data-count": ""})
    )


class DisputeForm(forms.Form):
    """Which ballot, and why it is not right."""

    ballot = forms.IntegerField()
    text = forms.CharField(required=False, max_length=500)


class ProxyForm(forms.Form):
    """A written proxy as the agent hands it in."""

    unit = forms.CharField(
        label=_("业主的房屋"),
        max_length=80,
        help_text=_("照房产证写，比如3号楼2单元501室。"),
        error_messages={"required": _("请写业主的房屋，比如3号楼2单元501室。")},
    )
    principal_name = forms.CharField(
        label=_("业主姓名"), max_length=60, error_messages={"required": _("请写业主的姓名。")}
    )
    powers = forms.CharField(
        label=_("业主让您怎么投"),
        max_length=200,
        help_text=_("照委托书写。代理人要按业主的意思投。"),
        error_messages={"required": _("请照委托书写业主让您怎么投。")},
    )
    until = Day(
        label=_("委托到哪一天"),
        error_messages={"required": _("请填写委托到哪一天。"), "invalid": _("请填写一个日期。")},
    )
    is_family = forms.BooleanField(label=_("我是业主的配偶、父母或子女"), required=False)
    document = forms.FileField(error_messages={"required": _("请附上业主签名的委托书照片或PDF。")})


class DoorForm(forms.Form):
    """What an owner chose and signed at the door."""

    option = Ids(coerce=int, required=False)
    key = forms.SlugField(max_length=40)
    signer = forms.CharField(
        label=_("签名的业主"),
        max_length=40,
        help_text=_("要和名册上的姓名一样。"),
        error_messages={"required": _("请写签名的业主的姓名。")},
    )
    signed_at = forms.DateTimeField(required=False, input_formats=FORMATS)
    sheet = forms.FileField(required=False)

    @property
    def given(self) -> dict[str, Any]:
        """What the verb takes."""
        sent = self.cleaned_data
        return {"option_ids": sent["option"]} | {name: sent[name] for name in ("key", "signer", "signed_at", "sheet")}


class DeliveryForm(forms.Form):
    """One record made at the door."""

    key = forms.SlugField(max_length=28)
    unit = Ids(coerce=int, required=False)
    # Whole stairwells of the building shown: all homes there that were not reached yet.
    building = forms.CharField(required=False, max_length=20)
    stairwell = Words(required=False)
    way = forms.ChoiceField(label=_("怎么送的"), choices=_labelled(WAY_LABELS, *BY_HAND))
    taken_by = forms.ChoiceField(label=_("谁收下的"), choices=_labelled(TAKEN_LABELS, *TakenBy))
    at = forms.DateTimeField(
        label=_("什么时候"), input_formats=FORMATS, error_messages={"required": _("请填写送达的时间。")}
    )
    note = forms.CharField(label=_("备注"), required=False, max_length=120)
    proof = forms.FileField(required=False)
