"""四议两公开 as it is typed in: draft, the four meetings, notice, promise, account, check, result."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Body
from xieshang.community.rules import PlaceKind
from xieshang.lib.fields import Day, PlainForm
from xieshang.lib.officialtext import OfficialField
from xieshang.meetings.models import BASE_LABELS, KIND_LABELS, Meeting
from xieshang.meetings.rules import KINDS, Base, MeetingKind

from ..models import FourTwo
from ..rules.fourtwo import Entry, Side, Stage, Tally, fen_of
from ..rules.fourtwo.money import BAD_LINE
from ..rules.fourtwo.stages import FORUMS
from ..services.fourtwo import Held
from .guidance import LONG, SHORT

SIDES = {"收": Side.IN, "收入": Side.IN, "支": Side.OUT, "支出": Side.OUT}
KNOWN = frozenset(
    {
        "held_on",
        "told_on",
        "chair",
        "kind",
        "expected",
        "present",
        "agree",
        "against",
        "abstain",
        "signers",
        "minutes",
        "file_number",
    }
)
BASES = (Base.PERSONS, Base.HOUSEHOLDS)


class DraftForm(PlainForm):
    """The draft of what is to be decided."""

    text = forms.CharField(
        label=_("方案"), widget=LONG, max_length=6000, help_text=_("做什么、怎么做、钱从哪里来、谁来管，都写清楚。")
    )


class BeginForm(DraftForm):
    """What it is about."""

    title = forms.CharField(label=_("一句话说明要决定什么"), max_length=80)
    is_reserved = forms.BooleanField(
        label=_("这是要由村民会议决定的事"),
        required=False,
        help_text=_(
            "集体收益使用、公益事业筹资筹劳、土地承包、宅基地、征地补偿、处分集体财产等；代表会议来定的要有授权。"
        ),
    )
    field_order = ("title", "text", "is_reserved")


class MeetingForm(PlainForm):
    """Any of the four meetings: when, who came, how they voted, who signed."""

    held_on = Day(label=_("哪天开的"))
    chair = forms.CharField(label=_("主持人"), max_length=60)
    expected = forms.IntegerField(label=_("应到"), min_value=1, max_value=100_000)
    present = forms.IntegerField(label=_("实到"), min_value=0, max_value=100_000)
    agree = forms.IntegerField(label=_("同意"), min_value=0, max_value=100_000)
    against = forms.IntegerField(label=_("反对"), min_value=0, max_value=100_000)
    abstain = forms.IntegerField(label=_("弃权"), min_value=0, max_value=100_000)
    text = forms.CharField(label=_("会上怎么说的"), widget=SHORT, max_length=4000)
    signers = forms.CharField(label=_("谁签的字"), max_length=200, help_text=_("写姓名或者职务，用顿号隔开。"))

    def __init__(self, *args: Any, flow: FourTwo, meetings: Sequence[Meeting] = (), **kwargs: Any) -> None:
        self.flow = flow
        super().__init__(*args, **kwargs)
        if meetings:
            found = [(str(one.pk), f"{one.matter.number} {one.title}") for one in meetings]
            self.fields["meeting_id"] = forms.TypedChoiceField(
                label=_("在平台上开的会"),
                choices=[("", say("不是，用纸质记录")), *found],
                coerce=int,
                empty_value=None,
                required=False,
                help_text=_("选了会议，日期、主持、应到、实到按会议的记录算。"),
            )
            self.order_fields(["meeting_id"])
        if self.is_bound and self.data.get("meeting_id"):
            # What the meeting knows itself nobody types again.
            for name in KNOWN & set(self.fields):
                self.fields[name].required = False

    def held(self) -> Held:
        """What is handed in."""
        words = dict(self.cleaned_data)
        tally = Tally(*(words.pop(name) or 0 for name in ("expected", "present", "agree", "against", "abstain")))
        return Held(tally=tally, **words)


class PartyForm(MeetingForm):
    """A meeting of the branch: numbers and the number of its paper."""

    file_number = forms.CharField(
        label=_("纸质记录的文号"), max_length=60, help_text=_("党的会议在这里只登记日期、人数、结果和文号。")
    )


class ProposalForm(PartyForm):
    """The branch proposes."""

    text = forms.CharField(
        label=_("怎么听取群众意见的"), widget=SHORT, max_length=4000, help_text=_("问了哪些人，大家怎么说。")
    )


class ReviewForm(PartyForm):
    """The Party members review."""

    told_on = Day(label=_("哪天把议题告诉党员的"))
    text = forms.CharField(label=_("审议意见"), widget=SHORT, max_length=4000, required=False)


class MinutesForm(MeetingForm):
    """A meeting with signed minutes."""

    minutes = forms.FileField(label=_("签了字的会议记录"), help_text=_("PDF，或者拍照。"))


class DiscussionForm(MinutesForm):
    """The two committees discuss."""

    text = forms.CharField(
        label=_("各人怎么说的"), widget=SHORT, max_length=4000, help_text=_("每个人都要表态，不同意见也要记。")
    )


class ResolutionForm(MinutesForm):
    """The villagers, the residents or their representatives resolve."""

    kind = forms.ChoiceField(label=_("哪种会议"))
    base = forms.ChoiceField(
        label=_("怎么算人数"), required=False, help_text=_("村民（居民）会议可以按人，也可以按户；代表会议按名单。")
    )
    told_on = Day(label=_("哪天通知的"))
    members = forms.IntegerField(
        label=_("代表会议共有多少人"), min_value=0, max_value=10_000, required=False, help_text=_("只有代表会议要填。")
    )
    representatives = forms.IntegerField(label=_("其中代表多少人"), min_value=0, max_value=10_000, required=False)
    women = forms.IntegerField(label=_("其中妇女代表多少人"), min_value=0, max_value=10_000, required=False)
    authorisation = forms.CharField(
        label=_("村民会议的授权"),
        max_length=200,
        required=False,
        help_text=_("要由村民会议决定的事才填：哪次会授的权，授了什么事，到哪天。"),
    )
    field_order = ("kind", "base", "told_on", "held_on", "chair", "members", "representatives", "women")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = PlaceKind(self.flow.community.kind)
        kinds = [kind for kind in FORUMS if place in KINDS[kind].places]
        self._choose("kind", [(kind.value, str(KIND_LABELS[kind])) for kind in kinds])
        self._choose("base", [("", say("按名单算")), *((base.value, str(BASE_LABELS[base])) for base in BASES)])
        self.order_fields(["meeting_id", *self.field_order])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Numbers left empty are none."""
        words: dict[str, Any] = super().clean() or {}
        for name in ("members", "representatives", "women"):
            words[name] = words.get(name) or 0
        words["kind"] = MeetingKind(words["kind"]) if words.get("kind") else None
        words["base"] = Base(words["base"]) if words.get("base") else None
        return words


MEETING_FORMS: dict[Stage, type[MeetingForm]] = {
    Stage.PROPOSAL: ProposalForm,
    Stage.DISCUSSION: DiscussionForm,
    Stage.REVIEW: ReviewForm,
    Stage.RESOLUTION: ResolutionForm,
}


class NoticeForm(PlainForm):
    """The notice of the resolution."""

    title = forms.CharField(label=_("标题"), max_length=120)
    body = OfficialField(label=_("正文"), max_length=20_000)
    boards = forms.CharField(
        label=_("贴在哪些公告栏"), widget=SHORT, required=False, help_text=_("每行一处，上面写好的两处都要贴。")
    )

    def clean_boards(self) -> list[str]:
        """One board a line."""
        return [line.strip() for line in self.cleaned_data["boards"].splitlines() if line.strip()]


class PublishForm(PlainForm):
    """For how many days."""

    days = forms.IntegerField(label=_("公开多少天"), min_value=1, max_value=90, help_text=_("至少七天，张贴当天不算。"))


class PromiseForm(PlainForm):
    """What is to be done."""

    what = forms.CharField(label=_("要办什么"), max_length=200)
    body_id = forms.TypedChoiceField(label=_("由谁办"), coerce=int)
    due = Day(label=_("哪天前办好"))

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", say("请选择")), *((str(body.pk), body.name) for body in bodies)]


class AccountForm(PlainForm):
    """What came in and went out, a line each."""

    entries = forms.CharField(
        label=_("收支"),
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": say("收 上级补助 120000.00\n支 水泥 35600.50")}),
        max_length=6000,
        help_text=_("每行一笔：收或者支，做什么，多少元，中间空一格。"),
    )
    papers = forms.FileField(label=_("票据明细（PDF）"), required=False)

    def clean_entries(self) -> list[Entry]:
        """Each line as an entry; what does not read is refused with its line."""
        entries = []
        for number, line in enumerate(self.cleaned_data["entries"].splitlines(), 1):
            if not line.strip():
                continue
            words = line.replace("\u3000", " ").split()
            side, fen = SIDES.get(words[0]), fen_of(words[-1])
            if side is None or fen is None or len(words) < 3:
                raise forms.ValidationError(say("第%d行看不懂。") % number + say(BAD_LINE.sentence))
            entries.append(Entry(side, " ".join(words[1:-1])[:60], fen))
        return entries


class CheckForm(PlainForm):
    """What the supervision committee found."""

    passed = forms.TypedChoiceField(
        label=_("审核结果"),
        choices=[("yes", _("通过")), ("no", _("没有通过"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("审核意见"), widget=SHORT, max_length=2000, help_text=_("看了什么，和实际相符不相符。")
    )
    signers = forms.CharField(label=_("谁签的字"), max_length=200)


class ResultForm(PlainForm):
    """What was achieved."""

    text = forms.CharField(label=_("办成什么样"), widget=LONG, max_length=4000)


class ReasonForm(PlainForm):
    """Why."""

    reason = forms.CharField(label=_("原因"), widget=SHORT, max_length=300)
