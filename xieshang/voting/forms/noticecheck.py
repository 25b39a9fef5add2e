"""The figures of a published notice as a neighbour types them in."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.lib.text import half_width, one_line

from ..rules import ITEM_WORDS, Item, Law, Outcome
from ..rules.noticecheck import Notice, Pair
from ..rules.noticeend import Said
from ..rules.noticetext import Draft, Found
from ..rules.paper import ABSTAIN, AGAINST, AGREE, NONE_OF_THESE
from ..rules.totals import Base

LONGEST = 24
_UNITS = re.compile(r"(?:人|户|票|㎡|m²|m2|平方米|平米|平方|%|,|\s)+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_LINE = re.compile(
    r"^(.+?)[\s:：,，、]+(\d[\d,]*)\s*[人户票]?[\s,，、/;；]+(\d[\d,]*(?:\.\d+)?)\s*(?:㎡|m2|平方米|平米)?$"
)
MOST_PLANS = 12
LAWS = [
    (Law.CIVIL_CODE_2021.value, _("2021年1月1日以后（民法典）")),
    (Law.PROPERTY_LAW_2007.value, _("2020年底以前（物权法）")),
]
ENDS = [
    ("", _("没写，或者不知道")),
    (Said.PASSED.value, _("通过")),
    (Said.FAILED.value, _("没有通过、未形成决定")),
    (Said.QUORUM.value, _("参与的人不够")),
]
INVALID_RULES = [("", _("不算参与，或者没写")), ("yes", _("公告写了算参与"))]


class Figure(forms.CharField):
    """A number as people write it: 22,904.60㎡, full-width digits; plain digits come out, None for nothing."""

    def __init__(self, label: Any, *, whole: bool = False, **given: Any) -> None:
        self.whole = whole
        mode = {"inputmode": "numeric" if whole else "decimal", "autocomplete": "off"}
        super().__init__(label=label, required=False, max_length=LONGEST, widget=forms.TextInput(attrs=mode), **given)

    def clean(self, value: Any) -> Any:
        """Digits, or a sentence that shows how."""
        text = _UNITS.sub("", half_width(super().clean(value) or ""))
        if not text:
            return None
        if not _FIGURE.fullmatch(text) or (self.whole and "." in text):
            example = _("请填整数，例如228。") if self.whole else _("请填数字，例如22904.60，不用写单位。")
            raise forms.ValidationError(example)
        return int(text) if self.whole else text


def _heads(label: Any, **given: Any) -> Figure:
    return Figure(label, whole=True, **given)


class NoticeForm(forms.Form):
    """Form B in a neighbour's words; what the notice does not print stays empty."""

    item = forms.TypedChoiceField(
        label=_("表决的是什么事"),
        coerce=int,
        choices=[(int(item), words) for item, words in ITEM_WORDS.items()],
        initial=int(Item.OTHER),
        help_text=_("民法典第278条的九项，公示上一般写着第几项。"),
    )
    law = forms.ChoiceField(label=_("什么时候表决的"), choices=LAWS)
    all_heads, all_area = _heads(_("应参加的人数")), Figure(_("应参加的面积（㎡）"))
    part_heads, part_area = _heads(_("参与表决的人数")), Figure(_("参与表决的面积（㎡）"))
    part_heads_percent, part_area_percent = Figure(_("公布的人数参与率（%）")), Figure(_("公布的面积参与率（%）"))
    agree_heads, agree_area = _heads(_("同意的人数")), Figure(_("同意的面积（㎡）"))
    agree_heads_percent, agree_area_percent = (
        Figure(_("公布的同意人数占参与（%）")),
        Figure(_("公布的同意面积占参与（%）")),
    )
    against_heads, against_area = _heads(_("不同意的人数")), Figure(_("不同意的面积（㎡）"))
    abstain_heads, abstain_area = _heads(_("弃权的人数")), Figure(_("弃权的面积（㎡）"))
    plans = forms.CharField(
        label=_("有几个方案的，每行写一个"),
        help_text=_("方案名 人数 面积，中间空一格，例如：更换楼道灯 131 13180.20。有了方案，上面“同意”就空着。"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    invalid_heads, invalid_area = _heads(_("无效票人数")), Figure(_("无效票面积（㎡）"))
    invalid_takes_part = forms.ChoiceField(label=_("无效票算不算参与"), choices=INVALID_RULES, required=False)
    deemed_heads, deemed_area = _heads(_("推定随多数的人数")), Figure(_("推定随多数的面积（㎡）"))
    deemed_to = forms.CharField(
        label=_("推定到哪一项"), help_text=_("同意、不同意，或者方案的名字。"), required=False, max_length=30
    )
    published = forms.ChoiceField(label=_("公示写的结论"), choices=ENDS, required=False)

    def clean_plans(self) -> dict[str, Pair]:
        """Every line a plan with heads and area."""
        plans: dict[str, Pair] = {}
        for line in filter(None, map(one_line, self.cleaned_data["plans"].splitlines())):
            match = _LINE.match(line)
            if match is None:
                raise forms.ValidationError(
                    _("“%(line)s”这一行没有看懂，请写成：方案名 人数 面积。") % {"line": line[:40]}
                )
            name = match[1]
            if name in plans or name in (AGREE, AGAINST, ABSTAIN, NONE_OF_THESE):
                raise forms.ValidationError(_("“%(name)s”重复了，或者应填在上面的格子里。") % {"name": name[:30]})
            plans[name] = Pair(int(match[2].replace(",", "")), match[3].replace(",", ""))
        if len(plans) > MOST_PLANS:
            raise forms.ValidationError(_("方案最多写12个。"))
        return plans

    def clean(self) -> dict[str, Any]:
        """What cannot be together, or is missing to say anything."""
        found = super().clean() or self.cleaned_data
        for name in ("all_heads", "all_area"):
            if name in found and found[name] is not None and not float(found[name]):
                self.add_error(name, _("总数是0，算不了，请核对。"))
        if not (found.get("all_heads") or found.get("all_area") or self.errors):
            self.add_error("all_heads", _("请至少填应参加的人数或者面积，没有总数就没有比例。"))
        if found.get("plans") and not self.pair("agree").is_blank:
            self.add_error("plans", _("有几个方案的，“同意”请空着，数字写在各个方案后面。"))
        self._clean_deemed(found)
        return found

    def _clean_deemed(self, found: dict[str, Any]) -> None:
        to = half_width(found.get("deemed_to") or "")
        options = [*(found.get("plans") or [AGREE]), NONE_OF_THESE if found.get("plans") else AGAINST]
        if to and to not in options:
            self.add_error("deemed_to", _("请填这几个里的一个：%(words)s。") % {"words": "、".join(options)})
        if not to and any(found.get(name) for name in ("deemed_heads", "deemed_area")):
            self.add_error("deemed_to", _("有推定的票，请写明推定到哪一项。"))

    def pair(self, name: str) -> Pair:
        """Heads and area of one row."""
        return Pair(self.cleaned_data.get(f"{name}_heads"), self.cleaned_data.get(f"{name}_area"))

    def notice(self) -> Notice:
        """The notice that was typed in; invalid and deemed votes that it does not speak of are none."""
        found, plans = self.cleaned_data, self.cleaned_data["plans"]
        none, against = Pair(0, "0"), NONE_OF_THESE if self.cleaned_data["plans"] else AGAINST
        first = plans or {AGREE: self.pair("agree")}
        agreed = [] if plans else [(AGREE, Base.PARTICIPATING, *self._percents("agree"))]
        ends = {Said.PASSED.value: Outcome.PASSED, Said.QUORUM.value: Outcome.QUORUM_NOT_MET}
        ends[Said.FAILED.value] = Outcome.NO_EFFECTIVE_DECISION if plans else Outcome.NOT_PASSED
        return Notice(
            item=Item(found["item"]),
            law=Law(found["law"]),
            everybody=self.pair("all"),
            part=self.pair("part"),
            choices={**first, against: self.pair("against"), ABSTAIN: self.pair("abstain")},
            invalid=none if self.pair("invalid").is_blank else self.pair("invalid"),
            invalid_takes_part=bool(found.get("invalid_takes_part")),
            deemed=none if self.pair("deemed").is_blank else self.pair("deemed"),
            deemed_to=half_width(found.get("deemed_to") or "") or None,
            percents=[(None, Base.ALL, *self._percents("part")), *agreed],
            published=ends.get(found.get("published") or ""),
        )

    def _percents(self, name: str) -> tuple[str | None, str | None]:
        return self.cleaned_data.get(f"{name}_heads_percent"), self.cleaned_data.get(f"{name}_area_percent")

    @property
    def end(self) -> str:
        """The end that the notice states, in words; empty where none was chosen."""
        value = self["published"].value()
        return str(dict(ENDS)[value]) if value else ""

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The rows of the page: a heading, its fields, and whether they are folded away."""

        def row(title: Any, *names: str, folded: bool = False) -> dict[str, Any]:
            return {"title": title, "fields": [self[name] for name in names], "folded": folded}

        return [
            row(_("应参加表决的业主"), "all_heads", "all_area"),
            row(_("参与表决的"), "part_heads", "part_area", "part_heads_percent", "part_area_percent"),
            row(_("同意"), "agree_heads", "agree_area", "agree_heads_percent", "agree_area_percent"),
            row(_("不同意（几个方案的，填“以上都不同意”）"), "against_heads", "against_area"),
            row(_("弃权"), "abstain_heads", "abstain_area"),
            row(_("有几个方案的"), "plans", folded=True),
            row(_("无效票"), "invalid_heads", "invalid_area", "invalid_takes_part", folded=True),
            row(_("没投票、推定随多数的"), "deemed_heads", "deemed_area", "deemed_to", folded=True),
        ]


class PasteForm(forms.Form):
    """The text of a notice as it was published."""

    text = forms.CharField(
        label=_("把公示的文字粘贴在这里"),
        help_text=_("系统从里面找出人数和面积，填到下面，您核对以后再算。粘贴的文字不保存。"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def filled(draft: Draft) -> dict[str, str]:
    """The figures found in a pasted text, under the names of the form."""
    data: dict[str, str] = {"item": str(draft.item or int(Item.OTHER)), "law": Law.CIVIL_CODE_2021.value}
    data["published"] = draft.said or ""
    choices = dict(draft.choices)
    rows = {"all": draft.everybody, "part": draft.part, "invalid": draft.invalid, "agree": choices.pop(AGREE, None)}
    rows["abstain"] = choices.pop(ABSTAIN, None)
    rows["against"] = choices.pop(AGAINST, None) or choices.pop(NONE_OF_THESE, None)
    for name, found in rows.items():
        data |= _row(name, found) if found else {}
    data["plans"] = "\n".join(f"{name} {found.heads} {found.area}" for name, found in choices.items())
    return data


def _row(name: str, found: Found) -> dict[str, str]:
    shares = {f"{name}_heads_percent": found.heads_percent, f"{name}_area_percent": found.area_percent}
    return {f"{name}_heads": found.heads, f"{name}_area": found.area} | {k: v for k, v in shares.items() if v}


EXAMPLES: dict[str, dict[str, str]] = {
    "1": {
        "item": "4",
        "law": Law.CIVIL_CODE_2021.value,
        "all_heads": "300",
        "all_area": "30,000.00",
        "part_heads": "228",
        "part_area": "22,904.60",
        "part_heads_percent": "76.00",
        "part_area_percent": "76.35",
        "agree_heads": "131",
        "agree_area": "13,180.20",
        "against_heads": "90",
        "against_area": "9,024.40",
        "abstain_heads": "7",
        "abstain_area": "700.00",
        "published": "passed",
    },
    "2": {
        "item": "6",
        "law": Law.CIVIL_CODE_2021.value,
        "all_heads": "300",
        "all_area": "30000",
        "part_heads": "212",
        "part_area": "21000",
        "agree_heads": "126",
        "agree_area": "12600",
        "agree_heads_percent": "60.00",
        "against_heads": "84",
        "against_area": "8400",
        "published": "passed",
    },
}
