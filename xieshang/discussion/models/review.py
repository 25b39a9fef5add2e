"""Reports, rulings and appeals."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xieshang.community.models import Office, Place

from ..rules import Rule, RulingKind
from .posts import Post

RULING_LABELS = {
    RulingKind.APPROVE: _("通过"),
    RulingKind.HIDE: _("不显示"),
    RulingKind.RESTORE: _("申诉成立，恢复显示"),
    RulingKind.UPHOLD: _("申诉不成立，维持不显示"),
}
# The verbs of this app in the words of whoever reads the record.
VERB_LABELS: dict[str, str | Promise] = {
    "discussion.say": _("发表意见"),
    "discussion.edit": _("修改意见"),
    "discussion.withdraw": _("撤回意见"),
    "discussion.thank": _("感谢意见"),
    "discussion.unthank": _("收回感谢"),
    "discussion.report": _("举报意见"),
    "discussion.approve": _("审核通过"),
    "discussion.hide": _("隐藏意见"),
    "discussion.appeal": _("申诉"),
    "discussion.restore": _("申诉成立"),
    "discussion.uphold": _("申诉不成立"),
    "discussion.set_circle": _("设定讨论范围"),
    "discussion.attach": _("上传文件"),
    "discussion.drop": _("删除未提交的文件"),
}


class Ruling(models.Model):
    """One decision about a post, by which rule, with the sentence its author reads. Rows are never changed."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="rulings")
    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    rule = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    # Of a decision on an appeal: who made the first one; never the same human being.
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in RulingKind]), name="ruling_kind_known"),
            models.CheckConstraint(condition=Q(rule__in=["", *(r.value for r in Rule)]), name="ruling_rule_known"),
            models.CheckConstraint(
                condition=Q(kind="approve") | (~Q(rule="") & ~Q(reason="")), name="ruling_with_rule_and_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["restore", "uphold"]) | Q(first_by__isnull=False), name="ruling_answers_one"
            ),
            models.CheckConstraint(
                condition=Q(first_by__isnull=True) | ~Q(first_by=F("by")), name="appeal_decided_by_another"
            ),
        ]
        indexes = [models.Index(fields=["community", "at"], name="ruling_by_month")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.kind}"


class Report(models.Model):
    """One person's report of one post, open until a ruling answers it."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="reports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=16)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    ruling = models.ForeignKey(Ruling, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "person"], condition=Q(ruling__isnull=True), name="one_open_report_a_person"
            ),
            models.CheckConstraint(condition=Q(rule__in=[r.value for r in Rule]), name="report_rule_known"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.rule}"


class Appeal(models.Model):
    """The author's appeal against a ruling, once; answered by another human being."""

    ruling = models.OneToOneField(Ruling, on_delete=models.PROTECT, related_name="appeal")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appeals")
    grounds = models.CharField(max_length=500)
    at = models.DateTimeField()
    decision = models.OneToOneField(Ruling, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")

    def __str__(self) -> str:
        return f"{self.post_id} {self.pk}"

    @property
    def place_path(self) -> str:
        """Stored path of the matter's place."""
        return self.post.place_path

    @property
    def community_id(self) -> int:
        """Id of the matter's community."""
        return self.post.community_id
