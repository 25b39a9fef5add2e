"""One thing to be done for an owners' decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Body
from xieshang.lib.fields import Day

from ..models import Decision


class PlanItemForm(forms.Form):
    """What, by which body of this place, by when, and what will prove it."""

    what = forms.CharField(label=_("办什么"), max_length=200, error_messages={"required": _("请写要办什么。")})
    body_id = forms.TypedChoiceField(
        label=_("由哪个单位办"), coerce=int, error_messages={"required": _("请选由哪个单位办。")}
    )
    due = Day(label=_("哪天前办好"), error_messages={"required": _("请填哪天前办好。")})
    proof = forms.CharField(label=_("凭什么算办好"), max_length=200, required=False, help_text=_("比如照片、验收单。"))

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = Body.objects.filter(place__path__startswith=decision.community.path).select_related("place")
        field = self.fields["body_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("请选"))] + [
                (body.pk, body.name) for body in near.order_by("place__path", "pk")[:200]
            ]
