"""Recording a session, and adding its minutes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.lib.clock import shown_today
from xieshang.lib.days import short_day
from xieshang.lib.fields import Day

from ..rules import SESSION_KINDS
from .base import LONG, StepForm


class MinutesField(forms.FileField):
    """The minutes of a session: they may follow, but what comes next needs them."""

    when_empty = _("可以过后补")

    def __init__(self) -> None:
        hint = _("手边没有先空着；形成协商意见以前，每次会的记录都要补齐。")
        super().__init__(label=_("会议记录（PDF）"), required=False, help_text=hint)


class SessionForm(StepForm):
    """One session."""

    held_on = Day(label=_("哪天开的"), initial=shown_today)
    host = forms.CharField(label=_("主持人"), max_length=60)
    venue = forms.CharField(label=_("地点"), max_length=80)
    present = forms.IntegerField(label=_("到会人数"), min_value=1)
    conclusion = forms.CharField(label=_("说了什么"), widget=forms.Textarea(attrs=LONG), max_length=5000)
    minutes = MinutesField()
    is_hearing = forms.BooleanField(label=_("这是听证会"), required=False)
    dissent = forms.BooleanField(label=_("会上有不同意见"), required=False)


class MinutesForm(StepForm):
    """The minutes of a session that was recorded without them."""

    record_id = forms.TypedChoiceField(label=_("哪一次会"), coerce=int)
    minutes = forms.FileField(label=_("会议记录（PDF）"))

    def settle(self) -> None:
        """The sessions that still lack theirs."""
        rows = self.topic.records.filter(kind__in=SESSION_KINDS, file=None).order_by("pk")
        self.choose("record_id", [(str(row.pk), f"{short_day(row.held_on)} {row.venue}") for row in rows])
