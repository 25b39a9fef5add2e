"""Shapes of what is looked for, of how one wishes to be told, and of what is said when files are handed over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Office
from xieshang.lib.fields import Day, PlainForm
from xieshang.notify.models import Followed

from .models import VERB_LABELS
from .queries import RecordFilter


def _verbs() -> list[tuple[str, str]]:
    return [("", str(_("全部"))), *((verb, str(label)) for verb, label in VERB_LABELS.items())]


class RecordForm(forms.Form):
    """What to look for in the record."""

    number = forms.CharField(label=_("编号"), required=False, max_length=40)
    verb = forms.ChoiceField(label=_("做了什么"), required=False, choices=_verbs)
    first_day = Day(label=_("从哪天"), required=False)
    last_day = Day(label=_("到哪天"), required=False)

    def wanted(self) -> RecordFilter:
        """The filter; what does not parse is not filtered by."""
        self.is_valid()
        return RecordFilter(**{name: value for name, value in self.cleaned_data.items() if value})


WISHES = {
    Followed.AT_ONCE.value: _("有进展就告诉我"),
    Followed.DAILY.value: _("一天合成一条，傍晚六点给我"),
    Followed.NEVER.value: _("不用告诉我，我自己来看"),
}


class WishForm(PlainForm):
    """How a person wishes to hear of what they only follow."""

    followed = forms.ChoiceField(
        label=_("您支持过、发过言、投过票和点了关注的事"), choices=WISHES, widget=forms.RadioSelect
    )


class HandOverForm(forms.Form):
    """What the one who gives the files wants to say to the one who takes them."""

    note = forms.CharField(
        label=_("移交说明"),
        help_text=_("可以不写。例如：还有哪些纸质案卷，钥匙放在哪里。"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DeputyForm(forms.Form):
    """Who stands in, from when until when, why."""

    person_id = forms.TypedChoiceField(
        label=_("由谁代理"), coerce=int, error_messages={"required": _("请选由谁代理。")}
    )
    starts = Day(
        label=_("从哪天起"),
        error_messages={"required": _("请填从哪天起。")},
    )
    ends = Day(
        label=_("到哪天止"),
        help_text=_("这一天也算，一次最长90天。"),
        error_messages={"required": _("请填到哪天止。")},
    )
    reason = forms.CharField(
        label=_("为什么"),
        max_length=200,
        help_text=_("例如：休假、培训、住院。"),
        error_messages={"required": _("请写为什么代理，例如休假、培训。")},
    )

    def __init__(self, *args: Any, colleagues: Sequence[Office], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        choice = self.fields["person_id"]
        if isinstance(choice, forms.TypedChoiceField):
            named = [(one.person_id, f"{one.person.get_short_name()} · {one.role_word}") for one in colleagues]
            choice.choices = [("", _("请选择")), *dict(named).items()]
