"""Shapes of what is typed on the pages of meetings."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Body, Place
from xieshang.community.rules import PlaceKind
from xieshang.lib.days import SHANGHAI
from xieshang.lib.fields import Day, PlainForm
from xieshang.lib.text import one_line

from ..models import BASE_LABELS
from ..rules import KINDS, Base, MeetingKind
from ..rules.party import TITLES, PartyForm
from ..services import Item, Side

ROWS = 10
LONG = {"rows": 5}
SHORT = {"rows": 3}


class HourField(forms.TimeField):
    """An hour, chosen in the browser's own clock."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def _instant(day: date | None, hour: time | None) -> datetime | None:
    return datetime.combine(day, hour, SHANGHAI) if day and hour else None


class WhenForm(PlainForm):
    """Another day and hour; another place where that changes too."""

    day = Day(label=_("改到哪天"))
    hour = HourField(label=_("几点"))
    venue = forms.CharField(label=_("地点（不变就空着）"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """Day and hour as one instant."""
        given = super().clean() or {}
        given["starts_at"] = _instant(given.pop("day", None), given.pop("hour", None))
        return given


class PostponeForm(WhenForm):
    """Putting it off, with the reason."""

    reason = forms.CharField(label=_("原因（收到通知的人会看到）"), max_length=200, required=False)


class ReasonForm(PlainForm):
    """A reason."""

    reason = forms.CharField(label=_("原因（收到通知的人会看到）"), max_length=200, required=False)


class NothingForm(PlainForm):
    """A step that needs no word."""


class PlanForm(PlainForm):
    """A meeting as it is planned, of one kind."""

    title = forms.CharField(label=_("会议名称"), max_length=80, help_text=_("比如“供暖问题三方联席会议”。"))
    place_id = forms.TypedChoiceField(label=_("和哪里有关"), coerce=int)
    day = Day(label=_("哪天开"))
    hour = HourField(label=_("几点开"))
    venue = forms.CharField(label=_("在哪里开"), max_length=120, required=False)
    room_url = forms.URLField(
        label=_("网络会议的链接（没有就空着）"), required=False, max_length=300, assume_scheme="https"
    )
    text = forms.CharField(
        label=_("为什么开这个会"), widget=forms.Textarea(attrs=LONG), max_length=3000, required=False
    )
    base = forms.TypedChoiceField(label=_("人数怎么算"), coerce=Base)
    expected = forms.IntegerField(label=_("应到多少人（户）"), min_value=1, max_value=1_000_000, required=False)
    expected_source = forms.CharField(
        label=_("应到人数从哪里来"), max_length=120, required=False, help_text=_("比如“3月1日居民名册”。")
    )
    body_ids = forms.TypedMultipleChoiceField(
        label=_("请哪几方到会"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    stand_ins = forms.CharField(
        label=_("缺的一方由谁代表（没有就空着）"),
        max_length=60,
        required=False,
        help_text=_("小区没有业委会或物业公司的，写“业主代表”，页面上会说明。"),
    )
    guests = forms.CharField(
        label=_("还请谁列席，一行一个"),
        widget=forms.Textarea(attrs=SHORT),
        required=False,
        help_text=_("比如供热公司、派出所。不来也能开会。"),
    )

    def __init__(
        self, *args: Any, kind: MeetingKind, places: Sequence[Place], bodies: Sequence[Body] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = KINDS[kind]
        self.bodies = {body.pk: body for body in bodies}
        self.places = {place.pk: place for place in places}
        self._choose("place_id", [(place.pk, place.label or place.name) for place in places])
        self._choose("base", [(base.value, BASE_LABELS[base]) for base in known.bases])
        self._choose("body_ids", [(body.pk, body.name) for body in bodies])
        unused = {
            "base": len(known.bases) > 1,
            "expected": bool({Base.PERSONS, Base.HOUSEHOLDS} & set(known.bases)),
            "expected_source": bool({Base.PERSONS, Base.HOUSEHOLDS} & set(known.bases)),
            "body_ids": Base.SIDES in known.bases,
            "stand_ins": Base.SIDES in known.bases,
            "guests": Base.SIDES in known.bases,
        }
        for name, is_used in unused.items():
            if not is_used:
                del self.fields[name]

    def _choose(self, name: str, choices: Sequence[tuple[object, object]]) -> None:
        shown = self.fields[name]
        if isinstance(shown, forms.ChoiceField):
            shown.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """Day and hour as one instant; the sides as they sit at the table."""
        given = super().clean() or {}
        given["starts_at"] = _instant(given.pop("day", None), given.pop("hour", None))
        given["place"] = self.places.get(given.pop("place_id", None) or 0)
        chosen = [self.bodies[pk] for pk in given.pop("body_ids", []) if pk in self.bodies]
        sides = [Side(body.short_name, body) for body in chosen]
        stand_ins = given.pop("stand_ins", "").strip()
        if stand_ins:
            sides.append(Side(stand_ins, stands_in=str(_("这一方还没有成立，由居委会请业主代表参加。"))))
        names = [line.strip() for line in given.pop("guests", "").splitlines() if line.strip()]
        given["sides"] = (*sides, *(Side(name[:60], is_needed=False) for name in names))
        given.setdefault("base", None)
        return given


class ItemForm(PlainForm):
    """One line of the agenda."""

    title = forms.CharField(label=_("议什么"), max_length=80, required=False)
    is_voted = forms.BooleanField(label=_("会上表决"), required=False)


AgendaForms = forms.formset_factory(ItemForm, extra=ROWS, max_num=ROWS)


def items_of(agenda: Any) -> tuple[Item, ...]:
    """The lines that were filled in."""
    given = [form.cleaned_data for form in agenda.forms if form.cleaned_data.get("title", "").strip()]
    return tuple(Item(line["title"], is_voted=line["is_voted"]) for line in given)


class CodeForm(PlainForm):
    """The digits on the screen."""

    code = forms.CharField(
        label=_("大屏幕上的六位签到码"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code-input"}),
    )


class AnswerForm(PlainForm):
    """What somebody answers to the notice."""

    answer = forms.ChoiceField(label=_("来不来"), choices=[("coming", _("会来")), ("absent", _("来不了"))])
    reason = forms.CharField(label=_("来不了的，写一句为什么"), max_length=120, required=False)


class NamesForm(PlainForm):
    """People for the list, one a line."""

    names = forms.CharField(
        label=_("姓名，一行一个"),
        widget=forms.Textarea(attrs=LONG),
        max_length=4000,
        help_text=_("用真实姓名。在平台上认证过的，会收到通知；没有的，到会时在签到台签。"),
    )

    def clean_names(self) -> list[str]:
        """The lines that say something."""
        return [one_line(line) for line in self.cleaned_data["names"].splitlines() if line.strip()]


class SeatForm(PlainForm):
    """Somebody whom the clerk signs in by name."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    room = forms.CharField(
        label=_("哪一户"), max_length=60, required=False, help_text=_("比如“3号楼2单元501室”。列席的空着。")
    )
    side_id = forms.TypedChoiceField(label=_("代表哪一方"), coerce=int, empty_value=None, required=False)
    is_guest = forms.BooleanField(label=_("列席，不算人数"), required=False)

    def __init__(
        self, *args: Any, place: Place, base: Base, sides: Sequence[tuple[int, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        choice = self.fields["side_id"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", _("都不代表")), *sides]
        if base != Base.SIDES:
            del self.fields["side_id"]
        else:
            del self.fields["room"]

    def clean(self) -> dict[str, Any]:
        """The home as its id, where one was written."""
        given = super().clean() or {}
        room = one_line(given.pop("room", "")).replace(" ", "")
        given["unit_id"] = self._unit(room) if room else None
        return given

    def _unit(self, room: str) -> int | None:
        units = Place.objects.filter(path__startswith=self.place.path, kind=PlaceKind.UNIT.value, label__endswith=room)
        found = list(units.values_list("pk", flat=True)[:2])
        if len(found) != 1:
            self.add_error("room", _("没有找到这一户，请写全，比如“3号楼2单元501室”。"))
            return None
        return found[0]


class ProxyForm(SeatForm):
    """Somebody who is represented, by whom, for what."""

    agent_id = forms.TypedChoiceField(label=_("受托人（已经签到的）"), coerce=int)
    powers = forms.CharField(
        label=_("委托什么"), max_length=200, help_text=_("照委托书写，比如“本次会议全部议题，会后失效”。")
    )

    paper = forms.FileField(
        label=_("委托书的照片或扫描件"),
        required=False,
        help_text=_("只有办这次会议的人能打开。纸质的也请收好。"),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )

    def __init__(self, *args: Any, agents: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_guest"]
        choice = self.fields["agent_id"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = list(agents)


class MaterialForm(PlainForm):
    """A document to read beforehand."""

    name = forms.CharField(label=_("材料名称"), max_length=80)
    file = forms.FileField(label=_("文件（PDF）"))


class PartyMeetingForm(PlainForm):
    """A Party meeting held elsewhere, by its numbers."""

    form = forms.TypedChoiceField(label=_("开的什么会"), coerce=PartyForm, choices=list(TITLES.items()))
    held_on = Day(label=_("哪天开的"))
    entitled = forms.IntegerField(label=_("应到会、有表决权的人数"), min_value=1, max_value=100_000)
    present = forms.IntegerField(label=_("实到的人数"), min_value=0, max_value=100_000)
    agree = forms.IntegerField(label=_("赞成的人数"), min_value=0, max_value=100_000)
    is_election = forms.BooleanField(label=_("是选举"), required=False)
    file_number = forms.CharField(label=_("纸质记录的文号或档案号"), max_length=60)
