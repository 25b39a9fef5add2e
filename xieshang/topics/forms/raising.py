"""Telling what is wrong, and mending one's words."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.lib.fields import speak_plainly

TITLE_MOST = 40
TEXT_MOST = 3000


class TellForm(forms.Form):
    """Step one of 我要说事: one sentence, the story, the place."""

    title = forms.CharField(
        label=_("一句话说说是什么事"),
        max_length=TITLE_MOST,
        help_text=_("比如：3号楼2单元楼道灯不亮"),
        widget=forms.TextInput(attrs={"data-count": "", "autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("具体情况"),
        max_length=TEXT_MOST,
        help_text=_("什么时候、在哪里、影响到谁，您希望怎么办。可以用手机键盘上的语音输入。"),
        widget=forms.Textarea(attrs={"rows": 6, "data-count": ""}),
    )
    place = forms.TypedChoiceField(
        label=_("涉及哪里"), coerce=int, help_text=_("只关系到您这个单元，就选单元；关系到全小区，就选小区。")
    )
    danger = forms.BooleanField(label=_("现场有危险，比如漏电、坠物、塌陷"), required=False)

    def __init__(self, *args: object, places: Sequence[tuple[int, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.places = dict(places)
        field = self.fields["place"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [("", _("请选择")), *places]
        speak_plainly(self)

    def place_name(self) -> str:
        """The chosen place as people say it."""
        return self.places.get(self.cleaned_data["place"], "")


class PhotoForm(forms.Form):
    """Pictures that come with a form; judged by the services."""

    photos = forms.FileField(required=False)


class EditForm(forms.Form):
    """The author's words anew."""

    title = forms.CharField(
        label=_("一句话说说是什么事"), max_length=TITLE_MOST, widget=forms.TextInput(attrs={"data-count": ""})
    )
    text = forms.CharField(
        label=_("具体情况"), max_length=TEXT_MOST, widget=forms.Textarea(attrs={"rows": 8, "data-count": ""})
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        speak_plainly(self)
