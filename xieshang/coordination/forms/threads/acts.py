"""What is typed in for the acts beside the steps; the names of fields are the verbs' keywords."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Body, Place
from xieshang.lib.fields import Day, speak_plainly

from ...queries.threads.work import delegates_of
from ...rules.threads import PART_LABELS, CoverKind, Part, sides, value
from .base import Lines, Moment, ThreadForm, long_text, side_choice


class OwnersForm(ThreadForm):
    """Which item of the owners' catalogue it belongs to."""

    owners_item = forms.CharField(
        label=_("属于业主共同决定的哪一项（留空表示不属于）"),
        max_length=60,
        required=False,
        help_text=_("例如：使用维修资金、改建共有部分、选聘物业企业。"),
    )

    def settle(self) -> None:
        """What stands there now."""
        self.fields["owners_item"].initial = self.thread.owners_item


class CoverFields(ThreadForm):
    """What residents must not read of a text."""

    personal = Lines(label=_("要遮住的个人信息，照原文写，一行一处"), help_text=_("姓名、电话、房号、健康情况等。"))
    secret = Lines(label=_("要遮住的商业秘密，照原文写，一行一处"))

    def clean(self) -> dict[str, Any]:
        """The passages with their reasons."""
        found = super().clean() or {}
        personal, secret = found.pop("personal", []), found.pop("secret", [])
        covers = [(CoverKind.PERSONAL, words) for words in personal] + [(CoverKind.SECRET, words) for words in secret]
        return {**found, "covers": covers}


class PositionForm(CoverFields):
    """A side's position."""

    submit = _("以单位名义提交")
    text = long_text(
        _("本单位的意见"), help_text=_("写明查到什么、打算怎么办、哪天办。居民会看到，提交后不能改，可以再交新的一稿。")
    )
    field_order = ["text", "personal", "secret"]

    def settle(self) -> None:
        """Asked anew, a side begins with what it said last time."""
        before = next((side.said_before for side in self.seats if side.said_before), None)
        if before is not None:
            self.fields["text"].initial = before
            self.fields["text"].help_text = _("各方重新表态。上一轮的意见已经填好，改一改再交；没有变化的，直接提交。")


class WordForm(CoverFields):
    """Something said besides."""

    submit = _("说出去")
    text = long_text(_("要说的话"))
    part = forms.TypedChoiceField(
        label=_("给谁看"),
        coerce=Part,
        choices=[(part.value, label) for part, label in PART_LABELS.items()],
        widget=forms.RadioSelect,
        help_text=_("说出去以后，只给各方看的可以再公开，公开了的不能收回。"),
    )
    field_order = ["text", "part", "personal", "secret"]


class LetterForm(CoverFields):
    """A stamped letter that is entered for a side."""

    submit = _("代录来函")
    side_id = side_choice(_("哪一方的来函"))
    text = long_text(_("来函怎么说，照原文抄"))
    letter = forms.FileField(label=_("盖章来函的照片或PDF"))
    letter_day = Day(label=_("来函的日子"))
    field_order = ["side_id", "text", "letter", "letter_day", "personal", "secret"]

    def settle(self) -> None:
        """Those who were invited."""
        self.choose("side_id", self.invited)


class InviteForm(ThreadForm):
    """Another body at the table."""

    submit = _("邀请列席")
    body_id = forms.TypedChoiceField(
        label=_("请哪个单位"), coerce=lambda value: int(value) if value else None, empty_value=None, required=False
    )
    name = forms.CharField(label=_("名单里没有的，写单位名称"), max_length=60, required=False)

    def settle(self) -> None:
        """Bodies of the community that do not sit there yet."""
        there = [side.body_id for side in self.seats if side.body_id]
        near = Body.objects.filter(place__path__startswith=self.thread.matter.community.path).exclude(pk__in=there)
        rows = near.exclude(pk=self.thread.convenor_id or 0).order_by("place__path", "pk")[:200]
        field = self.fields["body_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("不在名单里")), *((body.pk, body.name) for body in rows)]


class RepresentativeForm(ThreadForm):
    """An owner who sits where a body is missing."""

    submit = _("推荐")
    side_id = side_choice(_("代哪一方"))
    phone = forms.CharField(
        label=_("这位业主的手机号"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def settle(self) -> None:
        """The sides that are filled."""
        self.choose("side_id", [side for side in self.seats if side.is_filled])


class LeaveForm(ThreadForm):
    """Which of the representatives leaves the table."""

    submit = _("请这位退出")
    representative_id = forms.TypedChoiceField(label=_("哪一位"), coerce=int, help_text=_("说过的话留着。"))

    def settle(self) -> None:
        """Those who sit there now, by the name neighbours know."""
        field = self.fields["representative_id"]
        if isinstance(field, forms.ChoiceField):
            seated = [(side, row) for side in self.seats for row in getattr(side, "seated", [])]
            field.choices = [(row.pk, f"{side.name} {row.person.get_short_name()}") for side, row in seated]


class EndGuestForm(ThreadForm):
    """Whose links stop at once."""

    submit = _("停用这一方的链接")
    side_id = side_choice(_("哪一方的"))

    def settle(self) -> None:
        """Those who were invited."""
        self.choose("side_id", self.invited)


class GuestForm(ThreadForm):
    """A link for a guest of an invited side."""

    submit = _("生成链接")
    side_id = side_choice(_("给哪一方"))
    days = forms.IntegerField(label=_("几天内有效"), min_value=1, max_value=sides.MOST_GUEST_DAYS)

    def settle(self) -> None:
        """Those who were invited, for as long as the place has set."""
        self.choose("side_id", self.invited)
        self.fields["days"].initial = value(self.thread.values, "guest_days")


class DelegateForm(ThreadForm):
    """Who convenes in the secretary's stead."""

    submit = _("委托")
    person_id = forms.TypedChoiceField(
        label=_("请谁代为召集"), coerce=lambda value: int(value) if value else None, empty_value=None, required=False
    )

    def settle(self) -> None:
        """People in office in the community."""
        field = self.fields["person_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("不委托，自己召集")), *delegates_of(self.thread)]
            field.initial = self.thread.delegate_id


class PromiseFields(forms.Form):
    """What, who answers, by when, and what proves it."""

    what = forms.CharField(label=_("承诺办什么"), max_length=200)
    answerer = forms.CharField(label=_("谁负责"), max_length=40, help_text=_("写部门和称呼，例如“工程部刘师傅”。"))
    due = Day(label=_("哪天前办好"))
    proof = forms.CharField(
        label=_("凭什么算办好"),
        max_length=200,
        required=False,
        help_text=_("例如：更换前后的照片、17户复测室温表、公告一份。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        speak_plainly(self)


class PromiseForm(ThreadForm):
    """A side's commitment."""

    submit = _("作出承诺")
    side_id = side_choice(_("哪一方承诺"))
    what = PromiseFields.base_fields["what"]
    answerer = PromiseFields.base_fields["answerer"]
    due = PromiseFields.base_fields["due"]
    proof = PromiseFields.base_fields["proof"]

    def settle(self) -> None:
        """The sides this reader binds: their own, or one whose letter they entered."""
        self.choose("side_id", [side for side in self.seats if side.binds])


class AskForm(ThreadForm):
    """What another side is asked to promise."""

    submit = _("提出要求")
    side_id = side_choice(_("请哪一方承诺"))
    what = forms.CharField(label=_("请对方办什么"), max_length=200)
    due = Day(label=_("希望哪天前办好"), required=False)

    def settle(self) -> None:
        """Every side that can bind itself."""
        self.choose("side_id", [side for side in self.seats if not side.is_filled])


class TableForm(ThreadForm):
    """A pasted table of measurements."""

    submit = _("登记测温表")
    table = forms.CharField(
        label=_("测温表"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
        help_text=_("一行一户：房号 日期 时间 温度。例如：3号楼2单元501室 11月18日 19:30 16.5"),
    )
    commitment_id = forms.TypedChoiceField(
        label=_("是哪项承诺的凭据"),
        coerce=lambda value: int(value) if value else None,
        empty_value=None,
        required=False,
    )

    def settle(self) -> None:
        """The commitments of the thread."""
        field = self.fields["commitment_id"]
        rows = self.thread.commitments.select_related("item").order_by("pk")[:100]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("不是凭据，只是登记")), *((row.pk, row.item.what) for row in rows)]


class ReadingForm(forms.Form):
    """A neighbour's own measurement."""

    unit_id = forms.TypedChoiceField(label=_("哪一套"), coerce=int)
    measured_at = Moment(label=_("什么时候测的"))
    value = forms.CharField(
        label=_("多少度（℃）"), max_length=6, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )

    def __init__(self, *args: Any, homes: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        field = self.fields["unit_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(homes)
        speak_plainly(self)


class RaiseForm(forms.Form):
    """A new thread."""

    title = forms.CharField(label=_("一句话说清要协调什么"), max_length=80)
    text = long_text(_("具体情况"), help_text=_("什么时候、哪里、影响到谁，已经做过什么。不写别人的姓名、电话和房号。"))
    place_id = forms.TypedChoiceField(label=_("在哪里"), coerce=int)
    voices = forms.CharField(
        label=_("是谁反映的"), max_length=60, required=False, help_text=_("例如：17户居民。不写姓名。")
    )
    measures = forms.BooleanField(label=_("要登记室温"), required=False)

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        field = self.fields["place_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(place.pk, place.label or place.name) for place in places]
        speak_plainly(self)


class GuestSaysForm(forms.Form):
    """What a guest says by their link."""

    name = forms.CharField(label=_("您的姓名和职务"), max_length=40, help_text=_("居民会看到。"))
    text = long_text(_("您单位的意见"), help_text=_("写明查到什么、打算怎么办、哪天办。居民会看到，提交后不能改。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        speak_plainly(self)


class PlainForm(forms.Form):
    """A form of a few fields that are named when it is made: small acts of one entry or commitment."""

    def __init__(self, *args: Any, fields: Mapping[str, forms.Field], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields.update(fields)
        speak_plainly(self)
