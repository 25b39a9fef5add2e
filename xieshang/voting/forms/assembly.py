"""The rules of owners' decisions at a place, as the street's officer writes them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..rules.deciding import DEFAULTS, MARKED_UNSURE, SOURCES

LABELS = {
    "assembly.notice_days": _("会议公告提前几天"),
    "assembly.window_days_least": _("投票最少开几天"),
    "assembly.window_days_most": _("投票最多开几天"),
    "assembly.party_answer_workdays": _("党组织几个工作日内提意见"),
    "assembly.roll_objection_days": _("名册公布几天"),
    "assembly.count_workdays": _("截止后几个工作日内计票"),
    "assembly.inquiry_days": _("初步结果公示几天"),
    "assembly.announce_days": _("生效后几天内公告"),
    "assembly.extension_days_most": _("最多延长几天"),
    "assembly.may_extend": _("可以延长一次投票"),
    "assembly.may_change_vote": _("截止前可以改投"),
    "assembly.paper_wins": _("线上和纸质都投了，以纸质为准"),
    "assembly.invalid_participates": _("无效票算参与"),
    "assembly.blank_is_abstain": _("空白票算弃权"),
    "assembly.deemed": _("送达后没投票的"),
    "assembly.deemed_for_special": _("四分之三的事项也可以随多数"),
    "assembly.parking": _("车位怎么算"),
    "assembly.proxies_most": _("一人最多代几位业主"),
    "assembly.tenant_receipt_counts": _("租户代收算送达"),
    "assembly.smaller_scope_allowed": _("可以只由一栋楼、一个单元表决"),
    "assembly.official_evote_required": _("必须用官方投票平台"),
    "assembly.board_seats_least": _("业委会最少几人"),
    "assembly.board_seats_most": _("业委会最多几人"),
}
WORDS = {
    "assembly.deemed": [("none", _("不推定")), ("majority", _("随多数"))],
    "assembly.parking": [
        ("exclude", _("不算")),
        ("area_only", _("只算面积")),
        ("area_and_head", _("面积和人数都算")),
    ],
}
YES_NO = [("yes", _("是")), ("no", _("否"))]


class AssemblyForm(forms.Form):
    """Every rule as it holds now; what is changed is what is proposed."""

    def __init__(self, *given: Any, now_holds: Mapping[str, object], **more: Any) -> None:
        super().__init__(*given, **more)
        self.now_holds = now_holds
        for key, default in DEFAULTS.items():
            self.fields[_name(key)] = _field(key, default, now_holds.get(key, default))
        self.fields["effective_from"] = forms.DateField(
            label=_("从哪天起"),
            widget=forms.DateInput(attrs={"type": "date"}),
            help_text=_("已经开始的表决仍按原来的规则。"),
        )
        self.fields["source"] = forms.CharField(
            label=_("依据"), max_length=200, help_text=_("哪一条规定，或者哪一次业主大会通过的议事规则。")
        )

    @property
    def changes(self) -> dict[str, object]:
        """What differs from what holds now."""
        found = {key: self.cleaned_data[_name(key)] for key in DEFAULTS}
        typed = {key: value == "yes" if isinstance(DEFAULTS[key], bool) else value for key, value in found.items()}
        return {key: value for key, value in typed.items() if value != self.now_holds.get(key, DEFAULTS[key])}


def _name(key: str) -> str:
    return key.replace(".", "_")


def _field(key: str, default: object, holds: object) -> forms.Field:
    unsure = _("待核实，请对照当地规定。") if key in MARKED_UNSURE else ""
    given: dict[str, Any] = {"label": LABELS[key], "help_text": f"{SOURCES[key]}。{unsure}"}
    if isinstance(default, bool):
        return forms.ChoiceField(choices=YES_NO, initial="yes" if holds else "no", **given)
    if isinstance(default, int):
        return forms.IntegerField(min_value=0, max_value=365, initial=holds, **given)
    return forms.ChoiceField(choices=WORDS[key], initial=holds, **given)


def said(key: str, value: object) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return str(dict(YES_NO)["yes" if value else "no"])
    return str(dict(WORDS.get(key, [])).get(str(value), str(value)))
