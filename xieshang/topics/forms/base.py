"""What the forms of the desk are made of: days, lines, a reason, a note."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Body
from xieshang.lib.fields import speak_plainly

from ..models import Topic

LONG = {"rows": 5}


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        """A list without blanks."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class StepForm(forms.Form):
    """The form of a step that brings nothing."""

    submit = _("确定")

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        self.topic = topic
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        speak_plainly(self)
        self.settle()

    def settle(self) -> None:
        """Fill in choices and first values from the topic."""

    def bodies(self) -> list[tuple[str, str]]:
        """Bodies of the community and of what it lies in, as choices; read once for all forms of a page."""
        kept = vars(self.topic)
        if "body_choices" not in kept:
            home = self.topic.matter.community
            near = Q(place__path__startswith=home.path) | Q(place__path__in=home.ancestor_paths)
            rows = Body.objects.filter(near).order_by("place__path", "pk")
            kept["body_choices"] = [(str(body.pk), body.name) for body in rows[:200]]
        choices: list[tuple[str, str]] = kept["body_choices"]
        return choices

    def choose(self, name: str, choices: list[tuple[str, str]], *, empty: bool = True) -> None:
        """Set the choices of a field."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("不在名单里")), *choices] if empty else choices


def body_id(value: str) -> int | None:
    """A chosen body, or none."""
    return int(value) if value else None


def choices_of(labels: dict[Any, str]) -> list[tuple[str, str]]:
    """The words of an enumeration as choices of a field."""
    return [(str(key), label) for key, label in labels.items()]


class ReasonForm(StepForm):
    """A reason that everybody reads."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=800)


class NoteForm(StepForm):
    """A note that may be left out."""

    note = forms.CharField(label=_("说明"), widget=forms.Textarea(attrs={"rows": 2}), max_length=800, required=False)
