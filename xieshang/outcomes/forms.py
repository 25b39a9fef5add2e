"""Shapes of what people send about notices, promises and ratings."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.lib.fields import Day
from xieshang.lib.officialtext import OfficialField

MOST_PHOTOS = 6


class PhotosField(forms.FileField):
    """Several pictures from one input; each is judged when it is kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Every file sent, at most six."""
        files = data if isinstance(data, list) else [data] if data else []
        return [super(PhotosField, self).clean(one) for one in files[:MOST_PHOTOS]]


class ManyFiles(forms.FileInput):
    """A file input that hands on all of its files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The list of files under this name."""
        return files.getlist(name)


class ObjectionForm(forms.Form):
    """Why somebody objects."""

    grounds = forms.CharField(
        label=_("您对哪一条有异议，理由是什么"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6, "data-count": ""}),
        help_text=_("会和您的昵称、楼栋一起公开，不公开姓名、门牌号和电话。"),
    )


class AppealForm(forms.Form):
    """Why the street should look again."""

    text = forms.CharField(
        label=_("为什么请街道复核"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4, "data-count": ""})
    )


class AnswerForm(forms.Form):
    """One answer to one or several objections."""

    ids = forms.TypedMultipleChoiceField(label=_("答复哪几条"), coerce=int)
    sustained = forms.TypedChoiceField(
        label=_("异议成立吗"),
        coerce=lambda chosen: chosen == "yes",
        choices=[("no", _("不成立，说明理由")), ("yes", _("成立，意见退回修改"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("答复和理由"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("公开，邻居们都看得到。"),
    )

    def __init__(self, *args: Any, ids: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ids"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(pk), str(pk)) for pk in ids]


class AppealAnswerForm(forms.Form):
    """The street's second look."""

    upheld = forms.TypedChoiceField(
        label=_("复核结论"),
        coerce=lambda chosen: chosen == "yes",
        choices=[("no", _("维持居委会的答复")), ("yes", _("异议成立"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class PostingForm(forms.Form):
    """One board with its dated photo."""

    board = forms.CharField(label=_("哪块公告栏"), max_length=60)
    on = Day(label=_("哪天张贴的"))
    photo = forms.FileField(
        label=_("张贴的照片"), widget=forms.FileInput(attrs={"accept": "image/*", "data-upload": ""})
    )


class CorrectionForm(forms.Form):
    """A corrected text with its reason."""

    title = forms.CharField(label=_("标题"), max_length=120)
    body = OfficialField(label=_("正文"), max_length=20_000)
    reason = forms.CharField(
        label=_("更正了什么，为什么"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("和新文本一起公开，原来的文本仍可查看。"),
    )


class ReportForm(forms.Form):
    """How far it is, or that it is done."""

    text = forms.CharField(
        label=_("办得怎么样"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    photos = PhotosField(
        label=_("照片"), widget=ManyFiles(attrs={"accept": "image/*", "data-upload": "", "data-max": MOST_PHOTOS})
    )
    done = forms.BooleanField(label=_("已经办好，请居委会核实"), required=False)


class VerifyForm(forms.Form):
    """Found done, or sent back with the reason."""

    verdict = forms.ChoiceField(
        label=_("核实结果"),
        choices=[("done", _("办好了")), ("again", _("还没办好，退回再办"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("退回要写明原因，大家都看得到。"),
    )


class MoveForm(forms.Form):
    """A new day with its reason."""

    due = Day(label=_("改到哪天前办好"))
    reason = forms.CharField(label=_("改期的原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class RatingForm(forms.Form):
    """Solved or not, and how satisfied, kept apart."""

    solved = forms.TypedChoiceField(
        label=_("问题解决了没有"),
        coerce=lambda chosen: chosen == "yes",
        choices=[("yes", _("解决了")), ("no", _("没有解决"))],
        widget=forms.RadioSelect,
    )
    stars = forms.TypedChoiceField(
        label=_("您满意吗"),
        coerce=int,
        choices=[
            (5, _("5分，很满意")),
            (4, _("4分，满意")),
            (3, _("3分，一般")),
            (2, _("2分，不满意")),
            (1, _("1分，很不满意")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("还想说的"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-count": ""}),
        help_text=_("公布时不写是谁说的。"),
    )
