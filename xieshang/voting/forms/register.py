"""Shapes of what is sent about an estate's list and a roll."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from xieshang.lib.fields import PlainForm

from ..rules import Sale
from ..rules.estate import AreaSource, ClaimWay
from ..rules.estatefile import SALE_WORDS, SOURCE_WORDS, OwnerCell, id_number
from ..rules.estatefile.cells import text_of
from ..rules.estatefile.words import area_in, names_in, pieces

_MOST_BYTES = 10 * 1024 * 1024


class EstateFileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("业主名册"),
        help_text=_("“.xlsx”“.xls”“.csv”都可以，一张表或者一栋楼一张表都行，不超过10兆。"),
        error_messages={"required": _("请先选一个文件。"), "empty": _("这个文件是空的，请重新选。")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.csv,.txt"}),
    )

    def clean_file(self) -> UploadedFile:
        """Not larger than what is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > _MOST_BYTES:
            raise forms.ValidationError(_("文件超过10兆了，请按楼分成几个文件。"))
        return file


class SamenessForm(forms.Form):
    """The clerk's answer about one name."""

    same = forms.ChoiceField(choices=[("yes", _("是同一个人")), ("no", _("是两个人"))])
    basis = forms.CharField(max_length=200, required=False)


# The ways to be known as an owner: what it is called, what one does, and which fields it asks for.
CLAIM_WAYS = {
    ClaimWay.ID_CHECK: (_("填身份证号"), _("填姓名和身份证号，马上核对"), ("name", "id_number")),
    ClaimWay.LETTER: (_("收到了信，填信上的码"), _("填姓名、房号和信上的码，马上核对"), ("name", "room", "code")),
    ClaimWay.DESK: (_("当面核对"), _("先填姓名和房号，再带证件到居委会或业委会"), ("name", "room")),
}


class ClaimForm(PlainForm):
    """How somebody shows that an owner of the list is they: only what the chosen way asks for."""

    way = forms.ChoiceField(choices=[(way.value, "") for way in CLAIM_WAYS], widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("姓名"),
        max_length=60,
        help_text=_("和不动产权证上一样。替孩子或老人办的监护人，写监护人自己的姓名。"),
    )
    id_number = forms.CharField(label=_("身份证号"), max_length=24, help_text=_("只用来和名册比对，不会再存一份。"))
    room = forms.CharField(label=_("房号"), max_length=40, help_text=_("例如 3号楼2单元501室，或者 3-2-501。"))
    code = forms.CharField(label=_("信上的码"), max_length=12, help_text=_("八位，印在信上，大小写都可以。"))

    def __init__(self, *args: Any, way: ClaimWay, **kwargs: Any) -> None:
        super().__init__(*args, initial={"way": way.value}, **kwargs)
        self.title, _does, asked = CLAIM_WAYS[way]
        for name in {"name", "id_number", "room", "code"} - {*asked}:
            del self.fields[name]
        for name in asked:
            self.fields[name].widget.attrs["autocomplete"] = "name" if name == "name" else "off"


class DecideClaimForm(forms.Form):
    """What the clerk found."""

    confirm = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    reason = forms.CharField(max_length=200, required=False)


class OnRollPage(forms.Form):
    """One of several forms on the page of a roll: its fields have ids of their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)


class ObjectionForm(OnRollPage):
    """What somebody says is wrong with the roll."""

    unit_label = forms.CharField(label=_("哪一套"), max_length=80, required=False)
    text = forms.CharField(
        label=_("哪里不对"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写清楚哪里不对，应该是多少。")},
    )


class ObjectionAnswerForm(forms.Form):
    """The answer to an objection."""

    sustained = forms.ChoiceField(choices=[("yes", _("说得对，要改")), ("no", _("不改"))])
    answer = forms.CharField(max_length=2000, required=False)


class RollChangeForm(OnRollPage):
    """One unit of a published roll, as it should be."""

    code = forms.CharField(label=_("房号或编号"), max_length=60, error_messages={"required": _("请填房号。")})
    area = forms.CharField(label=_("面积（平方米）"), max_length=20, error_messages={"required": _("请填面积。")})
    source = forms.ChoiceField(label=_("面积来源"), choices=[(s.value, SOURCE_WORDS[s]) for s in AreaSource])
    sale = forms.ChoiceField(label=_("销售状态"), choices=[(s.value, SALE_WORDS[s]) for s in Sale])
    owners = forms.CharField(
        label=_("业主"), max_length=200, required=False, help_text=_("卖出的要写，几个人用顿号隔开。")
    )
    numbers = forms.CharField(
        label=_("证件号码"), max_length=200, required=False, help_text=_("按业主的顺序，不知道的整格空着。")
    )
    reason = forms.CharField(
        label=_("为什么改、依据是什么"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明为什么要改、依据是什么。")},
    )

    def clean_area(self) -> int:
        """The area in 0.01 m²."""
        area, refusal = area_in(None, text_of(self.cleaned_data["area"]))
        if refusal or area is None:
            text = self.cleaned_data["area"]
            raise forms.ValidationError((refusal.sentence if refusal else "").format(text=text))
        return area

    def clean(self) -> dict[str, object]:
        """Names and numbers as owners."""
        given = super().clean() or {}
        names, numbers = names_in(text_of(given.get("owners"))), pieces(text_of(given.get("numbers")))
        read = [id_number(text, text) for text in numbers]
        if numbers and len(numbers) != len(names):
            self.add_error("numbers", _("证件号码要和业主一人一个，或者整格空着。"))
        elif any(refusal for _number, refusal in read):
            self.add_error("numbers", _("有证件号码不对，请照证件重新填。"))
        else:
            padded = [number for number, _refusal in read] or [""] * len(names)
            given["cells"] = [OwnerCell(name, number) for name, number in zip(names, padded, strict=True)]
        if given.get("sale") == Sale.SOLD.value and not names:
            self.add_error("owners", _("卖出的要写业主。"))
        return given


class SuccessionForm(OnRollPage):
    """Who casts a right after a sale."""

    number = forms.CharField(label=_("名册序号"), max_length=8, error_messages={"required": _("请填名册上的序号。")})
    name = forms.CharField(label=_("新业主姓名"), max_length=40, error_messages={"required": _("请填新业主姓名。")})
    phone = forms.CharField(
        label=_("新业主手机号"),
        max_length=20,
        required=False,
        help_text=_("在本站注册过的号码；没有的空着，发纸质票。"),
    )
    basis = forms.CharField(
        label=_("依据"), max_length=200, error_messages={"required": _("请写明看了什么，例如新的不动产权证。")}
    )
    proof = forms.FileField(
        label=_("证明（照片或PDF）"),
        help_text=_("新的不动产权证，或者买卖、继承的证明。只给核对的人看。"),
        error_messages={"required": _("请附新的不动产权证或者买卖、继承的证明。")},
    )


class ExclusionForm(OnRollPage):
    """Units that do not count in one vote, and why."""

    codes = forms.CharField(
        label=_("哪几套，一行一套"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={"required": _("请写不计入哪几套，一行一套。")},
        help_text=_("照名册写，比如3-2-501或者3号楼2单元501室。"),
    )
    reason = forms.CharField(
        label=_("为什么不计入"),
        max_length=200,
        error_messages={"required": _("请写明为什么不计入、依据是什么。")},
        help_text=_("会印在会议公告里。比如议事规则第几条。"),
    )
