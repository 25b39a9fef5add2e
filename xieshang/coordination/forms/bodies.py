"""Lines of the register as they are typed in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Office
from xieshang.lib.fields import Day

from ..models import PAPER_LABELS
from ..rules.bodies import PaperKind


class Plain(forms.Form):
    """A form without colons behind its labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class TermForm(Plain):
    """One term of a committee."""

    number = forms.IntegerField(
        label=_("第几届"), min_value=1, max_value=99, error_messages={"required": _("请填第几届。")}
    )
    starts = Day(label=_("从哪天开始"), error_messages={"required": _("请填任期开始的日子。")})
    ends = Day(label=_("到哪天届满"), error_messages={"required": _("请填任期届满的日子。")})
    note = forms.CharField(label=_("备注"), max_length=200, required=False)


class HandOverForm(Plain):
    """The day of the handover."""

    on = Day(label=_("哪天交接的"), error_messages={"required": _("请填交接的日子。")})


class PaperForm(Plain):
    """A paper that was filed or is kept."""

    kind = forms.ChoiceField(label=_("哪一类"), choices=[(kind.value, label) for kind, label in PAPER_LABELS.items()])
    name = forms.CharField(label=_("材料名称"), max_length=80, error_messages={"required": _("请写是什么材料。")})
    number = forms.CharField(label=_("文号或备案号"), max_length=60, required=False)
    filed_on = Day(label=_("哪天备案或签订"), error_messages={"required": _("请填备案或签订的日子。")})
    kept_at = forms.CharField(label=_("原件放在哪里"), max_length=80, required=False)
    scan = forms.FileField(
        label=_("扫描件或照片（可以以后再传）"), required=False, help_text=_("照片或者PDF，12兆以内。")
    )

    def clean_kind(self) -> PaperKind:
        """The kind as the rules know it."""
        return PaperKind(self.cleaned_data["kind"])


class ScanForm(Plain):
    """The scan of a paper that stands there already."""

    paper_id = forms.IntegerField(widget=forms.HiddenInput)
    scan = forms.FileField(
        label=_("扫描件或照片"),
        help_text=_("照片或者PDF，12兆以内。传上以后不能换。"),
        error_messages={"required": _("请选扫描件或照片。"), "empty": _("这个文件是空的，请重新选择。")},
    )


class RecusalForm(Plain):
    """A member stands aside."""

    office_id = forms.TypedChoiceField(label=_("谁回避"), coerce=int, error_messages={"required": _("请选谁回避。")})
    about = forms.CharField(
        label=_("回避哪件事、因为什么"),
        max_length=200,
        help_text=_("例如：选聘物业企业，亲属在其中一家任职。不写别人的姓名和电话。"),
        error_messages={"required": _("请写回避哪件事、因为什么。")},
    )
    starts = Day(label=_("从哪天起"), error_messages={"required": _("请填从哪天起。")})
    ends = Day(label=_("到哪天止"), required=False, help_text=_("没有定可以不填。"))

    def __init__(self, *args: Any, offices: Sequence[Office] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["office_id"]
        if isinstance(choice, forms.TypedChoiceField):
            named = [(office.pk, f"{office.role_word} · {office.person.get_short_name()}") for office in offices]
            choice.choices = [("", _("请选择")), *named]
