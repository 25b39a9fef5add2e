"""Opinions as they are typed in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Body
from xieshang.lib.fields import Day

from ..models import OCCASION_LABELS
from ..rules.guidance import Occasion

LONG = forms.Textarea(attrs={"rows": 7})
SHORT = forms.Textarea(attrs={"rows": 4})


class SubjectForm(forms.Form):
    """What it is about, and who answers."""

    title = forms.CharField(
        label=_("一句话说明是什么事"), max_length=80, error_messages={"required": _("请用一句话说明是什么事。")}
    )
    occasion = forms.ChoiceField(
        label=_("因为什么"),
        choices=[(key.value, label) for key, label in OCCASION_LABELS.items()],
        error_messages={"required": _("请选因为什么。")},
    )
    body_id = forms.TypedChoiceField(
        label=_("由哪个组织答复"), coerce=int, error_messages={"required": _("请选由哪个组织答复。")}
    )
    for_assembly = forms.BooleanField(
        label=_("这是给业主大会的"),
        required=False,
        help_text=_("业主大会自己没有办公的人，由召集它的业委会、物管会或居委会答复。"),
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        choice = self.fields["body_id"]
        if isinstance(choice, forms.TypedChoiceField):
            choice.choices = [("", _("请选择")), *((body.pk, body.name) for body in bodies)]

    def clean_occasion(self) -> Occasion:
        """The occasion as the rules know it."""
        return Occasion(self.cleaned_data["occasion"])


class AskForm(SubjectForm):
    """A request to the Party organisation."""

    request = forms.CharField(
        label=_("想请党组织指导什么"),
        widget=LONG,
        max_length=3000,
        error_messages={"required": _("请写清楚想请党组织指导什么。")},
    )


class GiveForm(forms.Form):
    """An opinion."""

    text = forms.CharField(
        label=_("指导意见"),
        widget=LONG,
        max_length=4000,
        help_text=_("只提建议，不代替业主、业委会和物业企业作决定。"),
        error_messages={"required": _("请写指导意见。")},
    )
    basis = forms.CharField(
        label=_("依据"),
        max_length=300,
        help_text=_("例如《物业管理条例》第二十条，或哪次会议。"),
        error_messages={"required": _("请写依据，例如哪部法规第几条、哪份文件、哪次会议。")},
    )
    answer_due = Day(label=_("请在哪天以前答复"), error_messages={"required": _("请定哪天以前答复，要晚于今天。")})
    shown_to_residents = forms.BooleanField(
        label=_("同时给居民看"), required=False, help_text=_("不勾选时，只有收到的组织、居委会、党组织和街道能看。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class OfferForm(SubjectForm, GiveForm):
    """An opinion that nobody asked for."""

    # About what and to whom first, then the opinion.
    field_order = ("title", "occasion", "body_id", "for_assembly")


class AnswerForm(forms.Form):
    """What the body will do about it."""

    text = forms.CharField(
        label=_("答复"),
        widget=LONG,
        max_length=3000,
        help_text=_("怎么办、哪天办；不照办的写明为什么。"),
        error_messages={"required": _("请写答复：怎么办、哪天办、不照办的为什么。")},
    )


class WhyForm(forms.Form):
    """Why it is taken back."""

    reason = forms.CharField(
        label=_("原因"), widget=SHORT, max_length=300, error_messages={"required": _("请写明原因。")}
    )
