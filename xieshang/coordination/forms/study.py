"""Studies as they are typed in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Body
from xieshang.lib.fields import Day

from ..models import RHYTHM_LABELS
from ..rules.study import Rhythm
from .bodies import Plain
from .guidance import LONG, SHORT
from .threads.base import Moment


class RhythmForm(Plain):
    """How often."""

    every = forms.ChoiceField(
        label=_("多久研究一次"),
        choices=[(rhythm.value, label) for rhythm, label in RHYTHM_LABELS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选每月，或者每季度。")},
    )

    def clean_every(self) -> Rhythm:
        """The rhythm as the rules know it."""
        return Rhythm(self.cleaned_data["every"])


class CallForm(Plain):
    """When and where."""

    held_on = Day(
        label=_("哪天开"),
        help_text=_("上一期开过、还没有记录的，写开会的那一天，补上记录。"),
        error_messages={"required": _("请填哪天开。")},
    )
    where = forms.CharField(label=_("在哪里"), max_length=80, required=False)


class MeetingForm(Plain):
    """When and where it is held on the platform."""

    starts_at = Moment(label=_("哪天几点"), error_messages={"required": _("请填哪天几点开。")})
    venue = forms.CharField(label=_("在哪里"), max_length=80, error_messages={"required": _("请写在哪里开。")})


class PointForm(Plain):
    """Something put on the table by hand."""

    title = forms.CharField(label=_("要研究什么"), max_length=200, error_messages={"required": _("请写要研究什么。")})


class DropForm(Plain):
    """Which point is taken off."""

    point_id = forms.IntegerField()


class RecordForm(Plain):
    """The record."""

    present = forms.IntegerField(
        label=_("到会几人"),
        min_value=1,
        max_value=500,
        help_text=_("只记人数，不登记名单。"),
        error_messages={"required": _("请填到会几人，至少1人。")},
    )
    conclusion = forms.CharField(
        label=_("研究的结论"), widget=LONG, max_length=4000, error_messages={"required": _("请写研究的结论。")}
    )
    file_number = forms.CharField(label=_("文号"), max_length=60, required=False)
    help_wanted = forms.CharField(
        label=_("要请街道帮什么忙"), widget=SHORT, max_length=1000, required=False, help_text=_("没有就空着。")
    )


class DecideForm(Plain):
    """One decision: what, who, by when, with what proof."""

    what = forms.CharField(label=_("做什么"), max_length=200, error_messages={"required": _("请写做什么。")})
    body_id = forms.TypedChoiceField(label=_("谁来办"), coerce=int, error_messages={"required": _("请选谁来办。")})
    due = Day(label=_("哪天以前办好"), error_messages={"required": _("请填哪天以前办好。")})
    proof = forms.CharField(label=_("怎么算办好"), max_length=200, required=False)

    def __init__(self, *args: Any, bodies: Sequence[Body] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["body_id"]
        if isinstance(choice, forms.TypedChoiceField):
            choice.choices = [("", _("请选择")), *((body.pk, body.name) for body in bodies)]


class HelpForm(Plain):
    """What those above answer."""

    text = forms.CharField(
        label=_("怎么帮"),
        widget=SHORT,
        max_length=1000,
        error_messages={"required": _("请写怎么帮、什么时候帮，或者为什么帮不了。")},
    )
