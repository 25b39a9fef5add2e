"""What the desk types in for each step: lengths, kinds and required fields; their names are the verbs' keywords."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Place
from xieshang.community.rules import PlaceKind
from xieshang.discussion.rules import Readers, Speakers
from xieshang.lib.clock import shown_today
from xieshang.lib.fields import Day
from xieshang.lib.officialtext import OfficialField

from ..models import Topic
from ..rules import (
    CHANNEL_LABELS,
    KIND_LABELS,
    NATURE_LABELS,
    PARTY_MEETING_LABELS,
    Channel,
    Nature,
    OwnersResult,
    PartyMeeting,
    RecordKind,
    TopicKind,
)
from .base import LONG, LinesField, NoteForm, ReasonForm, StepForm, body_id, choices_of

# The meeting that a place of this kind does not have.
MEETING_ELSEWHERE = {
    PlaceKind.COMMUNITY: Nature.VILLAGERS_MEETING.value,
    PlaceKind.VILLAGE: Nature.RESIDENTS_MEETING.value,
}


class AnswerForm(StepForm):
    """The receiver's answer."""

    answer = forms.CharField(label=_("对方的答复"), widget=forms.Textarea(attrs=LONG), max_length=2000)


class AcceptForm(StepForm):
    """What kind of matter it is, and whose decision by law."""

    submit = _("受理并告知提出人")
    nature = forms.TypedChoiceField(
        label=_("这件事依法由谁定"), coerce=Nature, choices=choices_of(NATURE_LABELS), widget=forms.RadioSelect
    )
    kind = forms.TypedChoiceField(label=_("属于哪一类"), coerce=TopicKind, choices=choices_of(KIND_LABELS))
    wide_impact = forms.BooleanField(label=_("影响面大：预告七天，还要开听证会"), required=False)
    note = forms.CharField(
        label=_("受理意见"), widget=forms.Textarea(attrs={"rows": 2}), max_length=800, required=False
    )

    def settle(self) -> None:
        """The meeting of a village in a village, that of residents elsewhere."""
        other = MEETING_ELSEWHERE.get(PlaceKind(self.topic.matter.community.kind))
        self.choose("nature", [pair for pair in choices_of(NATURE_LABELS) if pair[0] != other], empty=False)


class DispatchForm(ReasonForm):
    """Who mends it."""

    submit = _("马上转办")
    receiver_id = forms.TypedChoiceField(label=_("交给哪个单位"), coerce=body_id, empty_value=None, required=False)
    receiver_name = forms.CharField(label=_("名单里没有的，写单位或人名"), max_length=60, required=False)
    danger = forms.BooleanField(label=_("现场有危险，当天办"), required=False)
    field_order = ["receiver_id", "receiver_name", "danger", "reason"]

    def settle(self) -> None:
        """Bodies of the place."""
        self.choose("receiver_id", self.bodies())
        self.fields["receiver_id"].help_text = _("维修、危险这些不用商量的事，马上交给单位去办。")
        self.fields["danger"].initial = self.topic.danger


class RedirectForm(ReasonForm):
    """Where it belongs."""

    channel = forms.TypedChoiceField(
        label=_("转到哪里"),
        help_text=_("不归社区商量的事，转到管它的地方去，到期要有答复。"),
        coerce=Channel,
        choices=[("", _("请选择")), *choices_of(CHANNEL_LABELS)],
    )
    receiver_id = forms.TypedChoiceField(label=_("接手的单位"), coerce=body_id, empty_value=None, required=False)
    receiver_name = forms.CharField(label=_("名单里没有的，写单位名"), max_length=60, required=False)
    due = Day(label=_("哪天前答复"))
    field_order = ["channel", "receiver_id", "receiver_name", "due", "reason"]

    def settle(self) -> None:
        """Bodies of the place."""
        self.choose("receiver_id", self.bodies())


class MergeForm(ReasonForm):
    """Into which other topic."""

    into_id = forms.TypedChoiceField(label=_("并到哪一件"), coerce=int)
    field_order = ["into_id", "reason"]

    def settle(self) -> None:
        """Open topics of the same community, newest first."""
        rows = Topic.objects.filter(community_id=self.topic.community_id, matter__is_open=True, was_screened=True)
        rows = rows.exclude(pk=self.topic.pk).select_related("matter").order_by("-pk")[:200]
        found = [(str(t.pk), f"{t.matter.number} {t.matter.title}") for t in rows]
        self.choose("into_id", [("", str(_("请选择"))), *found], empty=False)


class ProofForm(StepForm):
    """That it is done."""

    text = forms.CharField(
        label=_("办成了什么样"), widget=forms.Textarea(attrs={"rows": 3}), max_length=800, required=False
    )
    photo = forms.FileField(label=_("办好后的照片"), required=False)


class StudyForm(StepForm):
    """The Party organisation's study."""

    studied_on = Day(label=_("哪天研究的"), initial=shown_today)
    meeting = forms.TypedChoiceField(
        label=_("在哪个会上"), coerce=PartyMeeting, choices=choices_of(PARTY_MEETING_LABELS)
    )
    conclusion = forms.CharField(label=_("研究结论"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    signer = forms.CharField(label=_("签署人"), max_length=60)


class AgreeForm(StudyForm):
    """A study that says yes: who is asked to take part, in which form."""

    form = forms.CharField(
        label=_("用什么形式协商"), max_length=60, initial="议事会", help_text=_("比如议事会、小区协商、听证会")
    )
    body_ids = forms.TypedMultipleChoiceField(
        label=_("请哪些单位来"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    other_parties = LinesField(label=_("还请哪些人，一行一个"), required=False, help_text=_("比如：本单元全体业主"))

    def settle(self) -> None:
        """Bodies of the place."""
        self.choose("body_ids", self.bodies(), empty=False)


class AnnounceForm(StepForm):
    """The advance notice."""

    submit = _("发布预告")
    title = forms.CharField(label=_("预告标题"), max_length=120)
    body = OfficialField(label=_("预告内容"), max_length=20000)
    days = forms.IntegerField(label=_("预告几天"), min_value=1, max_value=60)
    discussion_days = forms.IntegerField(label=_("讨论几天"), min_value=1, max_value=180)
    boards = LinesField(label=_("贴在哪些公告栏，一行一块"), required=False, help_text=_("空着就只在网上发布。"))

    def settle(self) -> None:
        """The least days of the place; a text to begin with."""
        values = self.topic.values
        wide = self.topic.wide_impact
        self.fields["days"].initial = values.get("topics.notice_days_wide" if wide else "topics.notice_days", 3)
        self.fields["discussion_days"].initial = values.get("topics.discussion_days", 14)
        title = self.topic.matter.title.removeprefix("关于").removesuffix("的议题")
        self.fields["title"].initial = f"关于{title}的协商预告"
        self.fields["body"].initial = f"现就“{title}”组织协商，请相关居民先看情况和材料，再发表意见。"


class OpinionForm(StepForm):
    """What the discussion came to."""

    text = OfficialField(
        label=_("协商意见"),
        max_length=20000,
        help_text=_("大家商量下来怎么办：办什么、在哪里、谁来办、钱从哪里来、多久办好。只写结果，不写谁说了什么。"),
    )
    minority = forms.CharField(
        label=_("不同意见"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
        required=False,
        help_text=_("照实写，不写名字和门牌。公示时和协商意见一起给大家看。"),
    )
    explanation = forms.CharField(
        label=_("怎样向持不同意见的人说明"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
        required=False,
        help_text=_("写为什么没有照他们说的办，哪天、怎样向他们说过。"),
    )

    def settle(self) -> None:
        """Where a session heard other views, they are asked for before the notice."""
        if self.topic.dissent:
            for name in ("minority", "explanation"):
                vars(self.fields[name])["when_empty"] = _("会上有不同意见，确认以前要写")


class TalkAgainForm(ReasonForm):
    """Talk once more."""

    days = forms.IntegerField(label=_("再讨论几天"), min_value=1, max_value=60, initial=7)


class SendBackForm(NoteForm):
    """The meeting asks to talk again."""

    days = forms.IntegerField(label=_("再讨论几天"), min_value=1, max_value=60, initial=7)


class EscalateForm(ReasonForm):
    """To the meeting."""

    meeting_on = Day(label=_("打算哪天开会"), required=False)


class DecisionForm(StepForm):
    """What a meeting decided."""

    form = forms.CharField(label=_("什么会"), max_length=40, initial="居民代表会议")
    held_on = Day(label=_("哪天开的"))
    host = forms.CharField(label=_("主持人"), max_length=60)
    expected = forms.IntegerField(label=_("应到人数"), min_value=1)
    present = forms.IntegerField(label=_("实到人数"), min_value=0)
    agree = forms.IntegerField(label=_("同意"), min_value=0)
    against = forms.IntegerField(label=_("反对"), min_value=0)
    abstain = forms.IntegerField(label=_("弃权"), min_value=0)
    conclusion = forms.CharField(label=_("决定"), widget=forms.Textarea(attrs=LONG), max_length=3000)
    minutes = forms.FileField(label=_("会议记录（PDF）"))
    quorum_met = forms.BooleanField(label=_("到会人数够，决定有效"), required=False)
    sends_back = forms.BooleanField(label=_("会议没有决定，请大家再商量"), required=False)


class HandToOwnersForm(StepForm):
    """Who convenes the owners, and by when."""

    convener_id = forms.TypedChoiceField(label=_("由谁召集业主表决"), coerce=body_id, empty_value=None, required=False)
    convener_name = forms.CharField(label=_("名单里没有的，写名称"), max_length=60, required=False)
    by = Day(label=_("最晚哪天前召集"))

    def settle(self) -> None:
        """Bodies of the place."""
        self.choose("convener_id", self.bodies())
        self.fields["convener_id"].initial = self.topic.convener_id
        self.fields["convener_name"].initial = self.topic.convener_name
        self.fields["by"].initial = self.topic.owners_by


class OwnersPassedForm(StepForm):
    """The owners decided for it."""

    held_on = Day(label=_("表决结果公布的日子"))
    conclusion = forms.CharField(label=_("结果"), widget=forms.Textarea(attrs=LONG), max_length=3000)
    feedback_by = Day(label=_("哪天前向大家反馈"))

    def settle(self) -> None:
        """What the platform counted itself is not typed again."""
        known = self.topic.records.filter(kind=RecordKind.OWNERS_DECISION.value, step=None).order_by("-pk").first()
        if known:
            self.fields["held_on"].initial, self.fields["conclusion"].initial = known.held_on, known.conclusion


class OwnersFailedForm(StepForm):
    """No valid decision."""

    held_on = Day(label=_("哪天知道结果的"))
    result = forms.TypedChoiceField(
        label=_("结果"),
        coerce=OwnersResult,
        choices=[(OwnersResult.NO_DECISION.value, _("未形成有效决定")), (OwnersResult.ABORTED.value, _("不再表决"))],
    )
    conclusion = forms.CharField(label=_("情况说明"), widget=forms.Textarea(attrs=LONG), max_length=3000)


class NoticeForm(StepForm):
    """An official text."""

    title = forms.CharField(label=_("标题"), max_length=120)
    body = OfficialField(label=_("正文"), max_length=20000)


class DraftForm(NoticeForm):
    """The notice of the outcome."""

    boards = LinesField(label=_("贴在哪些公告栏，一行一块"), required=False, help_text=_("空着就只在网上公示。"))


class FeedbackForm(NoticeForm):
    """What came of it."""

    def settle(self) -> None:
        """A title to begin with."""
        title = self.topic.matter.title.removeprefix("关于").removesuffix("的议题")
        self.fields["title"].initial = f"关于{title}办理结果的反馈"


class CorrectForm(NoticeForm):
    """The street's correction."""

    legal_ground = forms.CharField(label=_("违反哪条规定"), max_length=400)
    reason = forms.CharField(label=_("为什么要更正"), widget=forms.Textarea(attrs=LONG), max_length=2000)
    field_order = ["legal_ground", "reason", "title", "body"]


class ItemForm(StepForm):
    """One thing to be done."""

    what = forms.CharField(label=_("办什么"), max_length=200)
    body_id = forms.TypedChoiceField(label=_("由哪个单位办"), coerce=int)
    due = Day(label=_("哪天前办好"))
    proof = forms.CharField(label=_("凭什么算办好"), max_length=200, required=False, help_text=_("比如照片、验收单"))

    def settle(self) -> None:
        """Bodies of the place."""
        self.choose("body_id", [("", str(_("请选择"))), *self.bodies()], empty=False)


class PlanForm(StepForm):
    """By when neighbours hear."""

    feedback_by = Day(label=_("哪天前向大家反馈"))

    def settle(self) -> None:
        """The day set already."""
        self.fields["feedback_by"].initial = self.topic.feedback_by


class NotSolvedForm(ReasonForm):
    """It goes on."""

    feedback_by = Day(label=_("新的反馈日期"), required=False)


class TextForm(StepForm):
    """A text for everybody."""

    text = forms.CharField(label=_("内容"), widget=forms.Textarea(attrs=LONG), max_length=3000)


class ExtendForm(ReasonForm):
    """More time, openly."""

    to = Day(label=_("延到哪天"))
    field_order = ["to", "reason"]


class EntrustForm(StepForm):
    """A department entrusted it."""

    department = forms.CharField(label=_("哪个部门委托的"), max_length=60)
    reply_due = Day(label=_("部门哪天前答复"), required=False)


class MaterialForm(StepForm):
    """A document for everybody."""

    name = forms.CharField(label=_("材料名称"), max_length=80)
    upload = forms.FileField(label=_("文件（PDF）"))


class CircleForm(StepForm):
    """Who reads and who speaks."""

    readers = forms.TypedChoiceField(
        label=_("谁能看大家说的话"),
        coerce=Readers,
        choices=[(Readers.PLACE.value, _("本社区认证的居民")), (Readers.PUBLIC.value, _("所有人"))],
    )
    speakers = forms.TypedChoiceField(
        label=_("谁能说"),
        coerce=Speakers,
        choices=[(Speakers.COMMUNITY.value, _("本社区认证的居民")), (Speakers.SCOPE.value, _("只是范围内的住户"))],
    )


class WidenForm(StepForm):
    """Another scope."""

    place_id = forms.TypedChoiceField(label=_("涉及的范围"), coerce=int)

    def settle(self) -> None:
        """Places of the community, and what contains it."""
        home = self.topic.matter.community
        above = Place.objects.filter(path__in=home.ancestor_paths, depth__gt=1)
        inside = Place.objects.filter(path__startswith=home.path).exclude(kind="unit")
        rows = (above | inside).order_by("path")[:600]
        self.choose("place_id", [(str(place.pk), place.label or place.name) for place in rows], empty=False)
        self.fields["place_id"].initial = self.topic.matter.place_id
