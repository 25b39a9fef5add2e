"""Shapes of what people send: lengths and choices, no rule of law."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from .models import POSITION_LABELS
from .rules import MOST_CHARACTERS, MOST_OFFICIAL_CHARACTERS, MOST_PHOTOS, RULES, Position, Rule

SIDES = (Position.FOR, Position.AGAINST, Position.SUGGEST, Position.ASK)


class ManyFiles(forms.FileInput):
    """A file input that hands on all of its files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The list of files under this name."""
        return files.getlist(name)


class PhotosField(forms.FileField):
    """Several pictures from one input; each is judged by its content when it is kept."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Every file sent; one more than allowed is let through, so that the rule can say so."""
        files = data if isinstance(data, list) else [data] if data else []
        return [super(PhotosField, self).clean(one) for one in files[: MOST_PHOTOS + 1]]


def _sides() -> list[tuple[str, object]]:
    return [(side.value, POSITION_LABELS[side]) for side in SIDES]


class WordsForm(forms.Form):
    """Words with a position; who speaks for a body takes none and may write more."""

    text = forms.CharField(
        label=_("您想说的"),
        widget=forms.Textarea(attrs={"rows": 4, "data-count": ""}),
        error_messages={"required": _("还没有写内容。请写一两句再发。"), "max_length": _("写得太长了，请精简一些。")},
    )
    position = forms.ChoiceField(
        label=_("您的看法"),
        choices=_sides,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("请从这几项里选一项。")},
    )

    def __init__(
        self, sent: Any = None, files: Any = None, *, takes_side: bool, official: bool, initial: Any = None
    ) -> None:
        super().__init__(sent, files, auto_id="say_%s", initial=initial)
        self._set_words(official=official)
        if not takes_side:
            del self.fields["position"]
            return
        self.fields["position"].required = True
        self.fields["position"].error_messages["required"] = _("请选一项：赞成、反对、建议或提问。")

    def _set_words(self, *, official: bool) -> None:
        text, most = self.fields["text"], MOST_OFFICIAL_CHARACTERS if official else MOST_CHARACTERS
        text.widget.attrs["maxlength"] = most
        text.validators.append(MaxLengthValidator(most, str(text.error_messages["max_length"])))
        if official:
            text.label = _("单位答复")


class SayForm(WordsForm):
    """A post or an answer, with photos."""

    reply_to = forms.IntegerField(required=False, widget=forms.HiddenInput)
    photos = PhotosField(required=False)


class ReportForm(forms.Form):
    """Why a post should be looked at."""

    rule = forms.ChoiceField(
        label=_("哪里不妥"),
        choices=lambda: [(rule.value, RULES[rule].label) for rule in Rule],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一条。"), "invalid_choice": _("请从这几条里选一条。")},
    )
    reason = forms.CharField(
        label=_("补充一句"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class AppealForm(forms.Form):
    """Why a hidden post should be shown after all."""

    grounds = forms.CharField(
        label=_("为什么应该显示"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写一句理由，另一位工作人员会看。")},
    )


class RulingForm(forms.Form):
    """What the desk decides; hiding takes a rule, and its own sentence where none is written."""

    verdict = forms.ChoiceField(choices=[(name, name) for name in ("approve", "hide", "restore", "uphold")])
    rule = forms.ChoiceField(choices=lambda: [(rule.value, RULES[rule].label) for rule in Rule], required=False)
    reason = forms.CharField(max_length=300, required=False)

    def clean_reason(self) -> str:
        """The sentence for the author: as written, else that of the rule chosen."""
        written: str = self.cleaned_data["reason"].strip()
        rule = self.cleaned_data.get("rule")
        return written or (str(RULES[Rule(rule)].sentence) if rule else "")
