"""Shapes of what is typed about motions."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.lib.refusals import RuleViolation
from xieshang.voting.rules import Channel, room
from xieshang.voting.services import Counted

from ..models import AgendaItem
from ..rules import MotionWay

WAYS = [
    (MotionWay.PHONES.value, _("手机上投，没有手机的举手")),
    (MotionWay.HANDS.value, _("全场举手")),
    (MotionWay.SECRET.value, _("无记名：手机上投，没有手机的发纸票")),
]


class MotionForm(forms.Form):
    """A motion under an item of the agenda."""

    item_id = forms.TypedChoiceField(label=_("属于哪一项议程"), coerce=int, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("请大家表决什么"),
        max_length=80,
        help_text=_("写成一句能用“同意”或“不同意”来答的话，比如“同意三天内把换热站流量调到位”。"),
    )
    way = forms.TypedChoiceField(
        label=_("怎么投"), choices=WAYS, coerce=MotionWay, initial=MotionWay.PHONES.value, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.TypedChoiceField", self.fields["item_id"])
        field.choices = [(item.pk, f"{item.position}. {item.title}") for item in items]
        if len(items) == 1:
            self.fields["item_id"].initial = items[0].pk


class VoteForm(forms.Form):
    """One line ticked; for whose right, where one has several."""

    option = forms.IntegerField(min_value=1, error_messages={"required": _("请先选一项。拿不定主意可以选“弃权”。")})
    right = forms.IntegerField(required=False, min_value=1)


class SlipForm(forms.Form):
    """Who takes a paper."""

    right = forms.IntegerField(min_value=1)


COUNT_WAYS = [
    (Channel.HANDS.value, _("举手点的数")),
    (Channel.PAPER.value, _("断网了，用纸记的数（要附计票单照片）")),
]


class CountForm(forms.Form):
    """What was counted in the room; all three left empty: nothing but the phones."""

    agree = forms.IntegerField(label=_("同意"), required=False, min_value=0, max_value=99_999)
    against = forms.IntegerField(label=_("不同意"), required=False, min_value=0, max_value=99_999)
    abstain = forms.IntegerField(label=_("弃权"), required=False, min_value=0, max_value=99_999)
    channel = forms.TypedChoiceField(
        label=_("怎么点的"),
        choices=COUNT_WAYS,
        coerce=Channel,
        required=False,
        empty_value=Channel.HANDS,
        initial=Channel.HANDS.value,
        widget=forms.RadioSelect,
    )
    sheet = forms.FileField(label=_("计票单的照片"), required=False)

    @property
    def counted(self) -> Counted | None:
        """What was counted, None where nothing was filled in."""
        given = [self.cleaned_data[name] for name in ("agree", "against", "abstain")]
        if all(one is None for one in given):
            return None
        count = room.Count(*(one or 0 for one in given))
        return Counted(self.cleaned_data["channel"], count, self.cleaned_data["sheet"])

    def must_be_counted(self) -> Counted:
        """The same where something has to be filled in."""
        found = self.counted
        if found is None:
            raise RuleViolation(room.NO_FIGURES)
        return found


class RecountForm(CountForm):
    """The same once more, with the reason."""

    reason = forms.CharField(label=_("为什么重新点"), max_length=200)
