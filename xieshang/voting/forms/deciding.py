"""Shapes of what is typed on the pages of an owners' decision."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Place, PropertyArea
from xieshang.community.rules import PlaceKind
from xieshang.lib.days import SHANGHAI
from xieshang.lib.fields import Day, speak_plainly
from xieshang.matters.models import Matter

from ..models import Decision
from ..queries.deciding import witness_of
from ..rules import CATALOGUE, Entry, Item, Law, is_special

LONG = {"rows": 10}
SHORT = {"rows": 3}


def _by_share() -> list[tuple[str, list[tuple[str, object]]]]:
    """The catalogue as the law groups it: what most of those who vote decide, what three quarters decide, the rest."""

    def those(entries: Iterable[Entry]) -> list[tuple[str, object]]:
        return [(entry.key, entry.words) for entry in entries]

    votable = [entry for entry in CATALOGUE if entry.item is not None]
    special = [entry for entry in votable if is_special(Law.CIVIL_CODE_2021, entry.item or Item.OTHER)]
    return [
        (str(_("同意的要过半数")), those(entry for entry in votable if entry not in special)),
        (str(_("同意的要四分之三以上")), those(special)),
        (str(_("不能用表决代替")), those(entry for entry in CATALOGUE if entry.needs_everybody)),
    ]


class DraftForm(forms.Form):
    """A draft: about what, the question, the text, the options, the window."""

    entries = forms.MultipleChoiceField(
        label=_("这次表决是关于什么事的"),
        choices=_by_share,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("选最贴近的一项。属于法律哪一项、要多少人同意，由它决定；同意比例不同的事要分开表决。"),
    )
    question = forms.CharField(
        label=_("要大家表决的问题"), max_length=80, help_text=_("一句话，比如“同意续聘安居物业三年”。")
    )
    text = forms.CharField(
        label=_("表决事项全文"),
        widget=forms.Textarea(attrs=LONG),
        max_length=6000,
        help_text=_("做什么、花多少钱、钱从哪里来、怎么做。公告里一字不改地印出来。"),
    )
    options = forms.CharField(
        label=_("选项或候选人，一行一个"),
        widget=forms.Textarea(attrs=SHORT),
        required=False,
        help_text=_("空着就是“同意、不同意、弃权”。写了方案，会自动加上“以上都不同意”和“弃权”。选举写候选人姓名。"),
    )
    seats = forms.IntegerField(label=_("选几人（选举才填）"), min_value=1, max_value=11, required=False)
    unsplit_reason = forms.CharField(label=_("几件事比例不同又分不开的，写明为什么"), max_length=200, required=False)
    opens_on = Day(label=_("投票从哪天开始"), required=False)
    closes_on = Day(label=_("投票到哪天截止"), required=False)
    paper_place = forms.CharField(label=_("到哪里领纸质票"), max_length=120, required=False)
    scope_ids = forms.TypedMultipleChoiceField(
        label=_("只由部分楼栋、单元表决的，选范围"),
        coerce=int,
        required=False,
        help_text=_("不选就是全体业主。只由部分业主表决，要有当地规定。"),
    )
    scope_source = forms.CharField(label=_("部分表决依据哪份当地规定"), max_length=200, required=False)
    convener_source = forms.CharField(
        label=_("由您单位召集的依据"),
        max_length=200,
        help_text=_("例如：业主委员会任满没有换届，按本市物业管理条例第几条代为召集。公告里印出来。"),
    )
    deemed_clause = forms.CharField(
        label=_("没投票的算到多数一边，依据议事规则第几条"),
        max_length=200,
        required=False,
        help_text=_("本地规则允许时才有用；没有这一条就空着。"),
    )

    about = forms.TypedChoiceField(
        label=_("从哪件协商议题转来的"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("选了以后，表决通过，那件事接着往下办；没有就不选。"),
    )

    def __init__(
        self, *args: Any, area: PropertyArea, matters: Sequence[Matter] = (), stands_in: bool = False, **kwargs: Any
    ) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        if not stands_in:
            del self.fields["convener_source"]
        speak_plainly(self)
        self._matters = {matter.pk: matter for matter in matters}
        about = self.fields["about"]
        if isinstance(about, forms.ChoiceField):
            named = [(pk, f"{matter.title}（{matter.number}）") for pk, matter in self._matters.items()]
            about.choices = [("", _("没有")), *named]
        scope = self.fields["scope_ids"]
        if isinstance(scope, forms.ChoiceField):
            scope.choices = _places_in(area)

    def clean_options(self) -> list[str]:
        """One option a line, without blanks."""
        return [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]

    def clean_about(self) -> Matter | None:
        """The matter that the vote is about."""
        return self._matters.get(self.cleaned_data["about"] or 0)


def _places_in(area: PropertyArea) -> list[tuple[int, str]]:
    """Buildings and stairwells of an estate."""
    kinds = [PlaceKind.BUILDING.value, PlaceKind.STAIRWELL.value]
    paths = list(area.places.values_list("path", flat=True))
    rows = Place.objects.filter(kind__in=kinds, community=area.community).order_by("path")[:600]
    return [(place.pk, place.label) for place in rows if any(place.path.startswith(path) for path in paths)]


class StepForm(forms.Form):
    """The form of a step that brings nothing."""

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        self.decision = decision
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        speak_plainly(self)


class NoteForm(StepForm):
    """A note that may be left out."""

    note = forms.CharField(label=_("说明"), widget=forms.Textarea(attrs=SHORT), max_length=400, required=False)


class ReasonForm(StepForm):
    """A reason that everybody reads."""

    reason = forms.CharField(label=_("原因"), widget=forms.Textarea(attrs=SHORT), max_length=400)


class OpinionForm(StepForm):
    """The Party organisation's opinion."""

    opinion = forms.CharField(
        label=_("意见"),
        widget=forms.Textarea(attrs=SHORT),
        max_length=1000,
        help_text=_("供业主参考，在会议公告里写一次，不影响表决。"),
    )


class ExtendForm(ReasonForm):
    """A later end."""

    closes_at = Day(label=_("延长到哪天"), help_text=_("截止的钟点和原来一样。只能延长一次。"))
    field_order = ["closes_at", "reason"]

    def clean_closes_at(self) -> datetime:
        """The same hour on the new day."""
        day: date = self.cleaned_data["closes_at"]
        before = self.decision.closes_at
        return datetime.combine(day, before.astimezone(SHANGHAI).time() if before else time(18), SHANGHAI)


class BoardsForm(StepForm):
    """On which boards a notice hangs beside the net."""

    boards = forms.CharField(
        label=_("还贴在哪些公告栏，一行一块"),
        widget=forms.Textarea(attrs=SHORT),
        max_length=400,
        required=False,
        help_text=_("写了的，每块都要拍照登记，公示期从贴好最后一块那天起算。空着就只在网上公示。"),
    )

    def clean_boards(self) -> list[str]:
        """One board a line."""
        return [line.strip()[:60] for line in self.cleaned_data["boards"].splitlines() if line.strip()]


class SheetForm(StepForm):
    """The count sheet, signed by hand."""

    tellers = forms.CharField(label=_("计票人"), max_length=60)
    scrutineers = forms.CharField(label=_("监票人"), max_length=60)
    witness = forms.CharField(label=_("见证人"), max_length=60)
    upload = forms.FileField(label=_("签好字的计票单（照片或PDF）"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["witness"].label = _("见证人（%s）") % witness_of(self.decision)


class AnnulForm(ReasonForm):
    """A judgment or an order."""

    basis = forms.CharField(label=_("文书名称和文号"), max_length=120)
    upload = forms.FileField(label=_("判决书或决定书（照片或PDF）"))
    field_order = ["basis", "reason", "upload"]
