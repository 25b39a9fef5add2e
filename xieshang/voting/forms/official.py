"""The result sheet of the authorities' own platform, as somebody types it in."""

from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from ..models import Decision
from ..rules import Tally
from ..rules.official import DEEMED_NAME, Said, Sheet
from ..rules.tally import NOBODY
from ..services.deciding import Typed
from .deciding import StepForm
from .noticecheck import Figure

SAID = [
    (Said.NOTHING.value, _("没有写")),
    (Said.PASSED.value, _("通过（或选出人选、方案）")),
    (Said.NOT_PASSED.value, _("没有通过")),
]
DECIMALS = 2


class OfficialForm(StepForm):
    """Name of the platform, figures row by row, what it concludes, the sheet."""

    platform = forms.CharField(
        label=_("官方平台的名称"), max_length=40, help_text=_("照结果单写，比如“××市业主电子投票系统”。")
    )
    said = forms.ChoiceField(label=_("结果单上写的结论"), choices=SAID, required=False)
    note = forms.CharField(
        label=_("说明"),
        max_length=200,
        required=False,
        help_text=_("没有特别的就空着；结果单上的应参加业主和本站名册不一样的，写明为什么。会印在公示里。"),
    )
    upload = forms.FileField(label=_("官方平台的结果单（照片或PDF）"))

    def __init__(self, *args: Any, decision: Decision, counts_silence: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, decision=decision, **kwargs)
        self.options = list(decision.vote.options.all())
        self.keys: dict[str, Any] = {"whole": _("应参加"), "part": _("参与表决")}
        self.keys |= {f"option{option.pk}": option.text for option in self.options}
        self.keys |= ({"deemed": DEEMED_NAME} if counts_silence else {}) | {"invalid": _("无效票")}
        for key, label in self.keys.items():
            self.fields[f"{key}_heads"] = Figure(_("%s的人数") % label, whole=True)
            self.fields[f"{key}_area"] = Figure(_("%s的面积（㎡）") % label)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Every row of the sheet with its two fields."""
        return [
            {"label": label, "heads": self[f"{key}_heads"], "area": self[f"{key}_area"]}
            for key, label in self.keys.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Every figure is asked for; an area has at most two decimals."""
        found = super().clean() or self.cleaned_data
        for key, label in self.keys.items():
            for name in (f"{key}_heads", f"{key}_area"):
                if name in found and found[name] is None:
                    self.add_error(name, _("请填“%s”的人数和面积，没有的填0。") % label)
            if len(str(found.get(f"{key}_area") or "").partition(".")[2]) > DECIMALS:
                self.add_error(f"{key}_area", _("面积最多写两位小数，例如22904.60。"))
        return found

    def typed(self) -> tuple[Typed, File]:
        """What the verb takes."""
        given = self.cleaned_data
        tallies = {key: Tally(given[f"{key}_heads"], _centi(given[f"{key}_area"])) for key in self.keys}
        options = {option.pk: tallies[f"option{option.pk}"] for option in self.options}
        said = Said(given["said"])
        deemed = tallies.get("deemed", NOBODY)
        sheet = Sheet(tallies["whole"], tallies["part"], options, tallies["invalid"], said, deemed)
        return Typed(given["platform"], sheet, given["note"]), given["upload"]


def _centi(area: str) -> int:
    whole, _point, rest = area.partition(".")
    return int(whole) * 100 + int(rest.ljust(DECIMALS, "0"))
