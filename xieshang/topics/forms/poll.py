"""The form of a poll."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.voting.rules import Base, Kind

from .base import LinesField, StepForm

LEAST_TO_ORDER, MOST_BUT_ONE = 3, 2


class PollForm(StepForm):
    """The question, the options, who is asked, how long."""

    submit = _("发起意愿征集")
    question = forms.CharField(label=_("问什么"), max_length=80)
    options = LinesField(label=_("选项，一行一个"), required=False, help_text=_("空着就问“同意”还是“不同意”。"))
    kind = forms.TypedChoiceField(
        label=_("怎么选"),
        coerce=Kind,
        choices=[
            (Kind.POLL.value, _("选一项，或者几项")),
            (Kind.PRIORITIES.value, _("按要紧的先后排，看先办哪几项")),
        ],
        widget=forms.RadioSelect,
        required=False,
        empty_value=Kind.POLL,
        initial=Kind.POLL.value,
    )
    base = forms.TypedChoiceField(
        label=_("怎么算票"),
        coerce=Base,
        choices=[(Base.HOUSEHOLD.value, _("一户一票")), (Base.PERSON.value, _("一人一票"))],
        widget=forms.RadioSelect,
        initial=Base.HOUSEHOLD.value,
    )
    days = forms.IntegerField(label=_("征集几天"), min_value=1, max_value=60)
    most_choices = forms.IntegerField(label=_("最多选几项，或排几项"), min_value=1, max_value=20, initial=1)
    allow_change = forms.BooleanField(label=_("截止前可以改票"), required=False, initial=True)
    turnout = forms.CharField(
        label=_("至少多少人参与才算数"), max_length=12, required=False, help_text=_("写成分数，比如1/3；空着就不设。")
    )

    def clean(self) -> dict[str, Any]:
        """An order needs something to put in order, and more than one place."""
        given = super().clean() or self.cleaned_data
        if given.get("kind") == Kind.PRIORITIES and "options" in given:
            if len(given["options"]) < LEAST_TO_ORDER:
                self.add_error("options", _("要排先后，请写至少三项，一行一个。"))
            if (given.get("most_choices") or 0) < MOST_BUT_ONE:
                self.add_error("most_choices", _("要排先后，请写最多排几项，至少2项。"))
        return given

    def settle(self) -> None:
        """The least days of the place."""
        self.fields["days"].initial = self.topic.values.get("topics.poll_days", 5)
        title = self.topic.matter.title.removeprefix("关于").removesuffix("的议题")
        self.fields["question"].initial = f"您同意{title}的协商意见吗？"[:80]
