"""Shapes of what is sent about a secret vote. A choice has no form: it is sealed before it leaves the device."""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.matters.models import Matter

from ..models import Option

APPRAISAL = ("满意", "基本满意", "不满意")


class SecretVoteForm(forms.Form):
    """What is asked, of whom, for how long, and who keeps the keys."""

    question = forms.CharField(label=_("问什么"), max_length=80, help_text=_("比如：您对物业企业今年的服务满意吗？"))
    sort = forms.ChoiceField(
        label=_("怎么答"),
        choices=[("grades", _("打分：满意、基本满意、不满意")), ("lines", _("自己写选项"))],
        widget=forms.RadioSelect,
        initial="grades",
    )
    options = forms.CharField(
        label=_("自己写的选项，一行一个"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("选了“自己写选项”才填；空着就问“同意”还是“不同意”。“弃权”会自动加上。"),
    )
    intro = forms.CharField(
        label=_("说明"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": "4", "data-count": ""})
    )
    scope = forms.TypedChoiceField(label=_("请谁投"), coerce=int)
    days = forms.IntegerField(label=_("投几天"), min_value=1, max_value=60, initial=5)
    turnout = forms.CharField(
        label=_("至少多少人参与才算数"), max_length=12, required=False, help_text=_("写成分数，比如1/3；空着就不设。")
    )
    trustee_1 = forms.CharField(label=_("第一位保管人"), max_length=40)
    trustee_2 = forms.CharField(label=_("第二位保管人"), max_length=40)
    trustee_3 = forms.CharField(label=_("第三位保管人"), max_length=40)

    def __init__(
        self, *args: Any, scopes: Iterable[tuple[int, str]] = (), about: Matter | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if about:
            self.initial = {"question": about_question(about), "sort": "lines", "scope": about.place_id}
        scope = self.fields["scope"]
        if isinstance(scope, forms.TypedChoiceField):
            scope.choices = list(scopes)
        for seat in ("trustee_1", "trustee_2", "trustee_3"):
            self.fields[seat].widget.attrs["list"] = "officers"

    @property
    def given(self) -> dict[str, Any]:
        """What the verb takes."""
        sent = self.cleaned_data
        grades = sent["sort"] == "grades"
        lines = [line.strip() for line in sent["options"].splitlines() if line.strip()]
        return {
            "question": sent["question"],
            "options": APPRAISAL if grades else lines,
            "levels": grades,
            "intro": sent["intro"],
            "scope_id": sent["scope"],
            "days": sent["days"],
            "turnout": sent["turnout"],
            "trustees": [sent["trustee_1"], sent["trustee_2"], sent["trustee_3"]],
        }


def about_question(matter: Matter) -> str:
    """The question that a topic's secret vote begins with."""
    title = matter.title.removeprefix("关于").removesuffix("的议题")
    return str(_("您同意%s的协商意见吗？") % title)[:80]


class TrusteeForm(forms.Form):
    """Another trustee for a seat."""

    seat = forms.IntegerField(min_value=1, max_value=3)
    who = forms.CharField(max_length=40)


class KeyForm(forms.Form):
    """The public half of a trustee's key."""

    x = forms.CharField(max_length=50)
    y = forms.CharField(max_length=50)


class EnvelopeForm(forms.Form):
    """A sealed envelope; what is in it nobody here can read."""

    envelope = forms.CharField(max_length=2000)

    @property
    def sealed(self) -> object:
        """The envelope as sent; nothing where it is none."""
        try:
            return json.loads(self.cleaned_data["envelope"]) if self.is_valid() else None
        except ValueError:
            return None


class OpeningsForm(forms.Form):
    """What two trustees found, as their page writes it."""

    openings = forms.CharField(widget=forms.Textarea(attrs={"rows": "4"}), label=_("开封文件的内容"))


class FindForm(forms.Form):
    """A name or a mobile number, as the desk types it."""

    who = forms.CharField(label=_("姓名或手机号"), max_length=40)


class HandOutForm(forms.Form):
    """Whose right a paper is handed out for."""

    right = forms.IntegerField()


class TallyForm(forms.Form):
    """What one person counted in the paper box."""

    void = forms.IntegerField(label=_("无效的"), min_value=0, max_value=100_000, initial=0)

    def __init__(self, *args: Any, options: Iterable[Option] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = {f"place_{one.position}": (one.position, one.text) for one in options}
        self.places = {name: position for name, (position, _text) in lines.items()}
        made = {
            name: forms.IntegerField(label=text, min_value=0, max_value=100_000, initial=0)
            for name, (_position, text) in lines.items()
        }
        self.fields = made | self.fields

    @property
    def figures(self) -> dict[int, int]:
        """Papers by place of the option."""
        return {position: self.cleaned_data[name] for name, position in self.places.items()}
